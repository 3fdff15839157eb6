import assert from 'node:assert/strict';
import { actorOf } from '../../src/accounts/sign-in.ts';
import { DomainError } from '../../src/domain/domain-error.ts';
import type { Matter } from '../../src/domain/matters/matter.ts';
import { takeForSorting } from '../../src/domain/matters/sorting.ts';
import { join } from '../../src/domain/matters/joining.ts';
import type { Writer } from '../../src/domain/letters/letter.ts';
import type { SubmitLetter } from '../../src/letters/submit-letter.ts';
import { makeActAsWriter } from '../../src/letters/act-as-writer.ts';
import { dispatcher as anyDispatcher } from '../support/builders.ts';
import {
  act,
  aLetterIn,
  anAnswered,
  anAssigned,
  anInReview,
  NOTHING_TYPED,
  WRITER,
} from '../support/letters.ts';
import { openTestTown, TEST_PEOPLE, type TestTown } from '../support/test-town.ts';

const writer = (name: string, phone: string, mail = ''): Writer => ({ name, phone, mail, address: '' });
const CHEN = writer('陈立春', '13900000001', 'chen@mail.example');
const ZHAO = writer('赵谷雨', '13900000002');

describe('sets of letters on one matter', () => {
  let town: TestTown;
  before(async () => {
    town = await openTestTown('2026-09-24T01:30:00Z');
  });
  after(() => town.end());
  beforeEach(() => {
    town.sent.mail.length = 0;
    town.sent.sms.length = 0;
  });

  const now = async (id: string): Promise<Matter> =>
    (await town.services.matters.byId(id)) ?? assert.fail(`${id} is not there`);
  const by = (person: Writer, patch: Partial<SubmitLetter> = {}) =>
    aLetterIn(town, { writer: person, ...patch });
  const joinTo = (matter: Matter, primary: Matter, username = 'dispatcher') =>
    act(town, username, matter.id, 'join', { other: primary.number });
  const deliver = () => town.sweeps.deliverNotices(town.at.now());
  const clerk = TEST_PEOPLE.find(({ username }) => username === 'dispatcher') ?? assert.fail();

  describe('one answer', () => {
    it('approved › reaches every writer with their own name, number and channel, and one receipt each', async () => {
      const primary = await anInReview(town);
      const chen = await by(CHEN);
      const zhao = await by(ZHAO);
      await joinTo(chen, primary);
      await joinTo(zhao, primary);
      await deliver();
      town.sent.mail.length = 0;
      town.sent.sms.length = 0;

      await act(town, 'roads-head', primary.id, 'approve', {
        confirmation: primary.number.replaceAll(/\D/g, '').slice(-4),
      });
      await deliver();

      const answers = town.sent.mail.filter(({ template }) => template === 'answered');
      assert.deepEqual(answers.map(({ to }) => to).sort(), [CHEN.mail, WRITER.mail].sort());
      const toChen = answers.find(({ to }) => to === CHEN.mail)?.text ?? '';
      assert.match(toChen, /陈立春/);
      assert.match(toChen, /养护队修补完毕/);
      // What the answer says about the one it was written to is not for the others.
      assert.doesNotMatch(toChen, /李小满/);
      const texts = town.sent.sms.filter(({ template }) => template === 'answered');
      assert.deepEqual(
        texts.map(({ to }) => to),
        [ZHAO.phone],
      );
      assert.match(texts[0]?.text ?? '', new RegExp(zhao.number));
      assert.doesNotMatch(texts[0]?.text ?? '', /养护队/);

      for (const { id } of [primary, chen, zhao]) {
        const ledger = (await town.services.notices.ofMatter(id)).filter(
          ({ template }) => template === 'answered',
        );
        assert.deepEqual(
          ledger.map(({ state }) => state),
          ['sent'],
        );
      }
      const told = await now(chen.id);
      assert.deepEqual(
        [told.state, told.sharedAnswer?.number, told.sharedAnswer?.isOnTime],
        ['joined', primary.number, true],
      );
    });

    it('a joined letter › is told of to its writer and to whoever handles the primary', async () => {
      const primary = await anAssigned(town, 'roads');
      await act(town, 'roads-handler', primary.id, 'signFor');
      const chen = await by(CHEN);
      await joinTo(chen, primary);
      await deliver();
      const joined = town.sent.mail.filter(({ template }) => template === 'joined');
      assert.deepEqual(joined.map(({ to }) => to).sort(), [CHEN.mail, 'roads-handler@town.example'].sort());
    });

    it('joined to a matter answered already › is answered at once', async () => {
      const primary = await anAnswered(town);
      const chen = await by(CHEN);
      await joinTo(chen, primary);
      assert.equal((await now(chen.id)).sharedAnswer?.number, primary.number);
    });

    it('written between an answer and the crash after it › is shared by the next sweep, once', async () => {
      const primary = await anInReview(town);
      const chen = await by(CHEN);
      // Written, and never announced: the process died here.
      await town.services.matters.save(
        join(await now(chen.id), [await now(primary.id)], null, actorOf(clerk), town.at.now()),
      );
      await act(town, 'roads-head', primary.id, 'approve', {
        confirmation: primary.number.replaceAll(/\D/g, '').slice(-4),
      });
      const version = (await now(chen.id)).version;
      town.at.moveTo(new Date(town.at.now().getTime() + 60_000));
      await town.sweeps.announceLeftovers(town.at.now());
      await town.sweeps.announceLeftovers(new Date(town.at.now().getTime() + 60_000));
      const told = await now(chen.id);
      assert.equal(told.history.filter(({ what }) => what === 'shareAnswer').length, 1);
      assert.ok(told.version >= version);
    });

    it('an undo after the answer › restores state and clock, and takes back nothing that was sent', async () => {
      const primary = await anInReview(town);
      const chen = await by(CHEN);
      const before = await now(chen.id);
      await joinTo(chen, primary);
      await act(town, 'roads-head', primary.id, 'approve', {
        confirmation: primary.number.replaceAll(/\D/g, '').slice(-4),
      });
      await deliver();
      await act(town, 'dispatcher', chen.id, 'separate');
      const after = await now(chen.id);
      assert.deepEqual([after.state, after.joinedTo, after.sharedAnswer], ['received', null, null]);
      assert.deepEqual(after.clock, before.clock);
      const ledger = await town.services.notices.ofMatter(chen.id);
      assert.ok(ledger.some(({ template, state }) => template === 'answered' && state === 'sent'));
    });

    it('one person with two letters in a set › rates once', async () => {
      const primary = await anAnswered(town, { writer: CHEN });
      const again = await by(writer('陈立春', CHEN.phone), { place: '另一处' });
      const zhao = await by(ZHAO);
      const actAsWriter = makeActAsWriter(town.services);
      const good = { overall: 5, solved: 'yes', text: '' } as const;
      await joinTo(zhao, primary);
      await actAsWriter(await now(primary.id), 'rate', good);
      // The same person after an answer: a new round, which is rated anew.
      await joinTo(again, primary);
      assert.equal((await now(primary.id)).state, 'reopened');
      assert.equal((await now(again.id)).joinedTo, primary.id);
      await actAsWriter(await now(zhao.id), 'rate', { ...good, overall: 2 });
      assert.equal((await now(zhao.id)).rating?.overall, 2);
    });
  });

  it('a joined writer who writes again after the answer › opens the matter anew', async () => {
    const primary = await anAnswered(town);
    await joinTo(await by(CHEN), primary);
    const again = await by(CHEN, { place: '又是这里' });
    await joinTo(again, primary);
    assert.equal((await now(primary.id)).state, 'reopened');
    const joined = await now(again.id);
    assert.deepEqual([joined.joinedTo, joined.sharedAnswer], [primary.id, null]);
    assert.equal(joined.history.findLast(({ what }) => what === 'join')?.repeat, 'dissatisfaction');
  });

  describe('the same letter once more', () => {
    it('by the same person while it is open › joins by itself, is a note, and has no clock of its own', async () => {
      const first = await aLetterIn(town, { place: '同一处', writer: CHEN });
      town.at.moveTo(new Date(town.at.now().getTime() + 60_000));
      const second = await aLetterIn(town, { place: '同一处', writer: { ...CHEN, phone: '' } });
      const joined = await now(second.id);
      assert.deepEqual([joined.state, joined.joinedTo], ['joined', first.id]);
      const event = joined.history.at(-1);
      assert.deepEqual([event?.what, event?.by.role, event?.repeat], ['join', 'clock', 'impatience']);
      const notes = (await now(first.id)).history.filter(({ what }) => what === 'addNote');
      assert.deepEqual(
        notes.map(({ other }) => other),
        [second.number],
      );

      await act(town, 'dispatcher', second.id, 'separate');
      const undone = await now(second.id);
      assert.deepEqual([undone.state, undone.joinedTo], ['received', null]);
      // Told again, what a person undid stays undone.
      await town.services.announce([{ matter: undone, events: undone.history }]);
      assert.equal((await now(second.id)).joinedTo, null);
    });

    for (const [why, patch] of [
      ['one word more', { title: '文昌路路面破损了' }],
      ['by somebody else', { writer: ZHAO }],
      ['as a report', { kind: 'report', wish: 'private' }],
    ] as const) {
      it(`${why} › is a matter of its own`, async () => {
        await aLetterIn(town, { place: `某处 ${why}`, writer: CHEN });
        const { id } = await aLetterIn(town, { place: `某处 ${why}`, writer: CHEN, ...patch });
        assert.equal((await now(id)).state, 'received');
      });
    }

    it('sent a third time after the answer › joins the second, which is open', async () => {
      const first = await anAnswered(town, { place: '三次的一处', writer: CHEN });
      town.at.moveTo(new Date(town.at.now().getTime() + 60_000));
      const second = await aLetterIn(town, { place: '三次的一处', writer: CHEN });
      town.at.moveTo(new Date(town.at.now().getTime() + 60_000));
      const third = await aLetterIn(town, { place: '三次的一处', writer: CHEN });
      assert.deepEqual(
        [(await now(first.id)).state, (await now(second.id)).state, (await now(third.id)).joinedTo],
        ['answered', 'received', second.id],
      );
    });

    it('after the answer › is a matter of its own with a clock of its own', async () => {
      const first = await anAnswered(town, { place: '答过的一处', writer: CHEN });
      const again = await aLetterIn(town, { place: '答过的一处', writer: CHEN });
      assert.equal((await now(again.id)).state, 'received');
      await joinTo(again, first);
      assert.deepEqual([(await now(first.id)).state, (await now(again.id)).state], ['reopened', 'joined']);
      assert.equal((await now(again.id)).history.at(-1)?.repeat, 'dissatisfaction');
    });
  });

  it('a new round from a page that is out of date › is refused, and the answered matter stays as it is', async () => {
    const primary = await anAnswered(town, { writer: CHEN });
    const again = await by(CHEN, { place: '又一处' });
    const { id, version } = await act(town, 'dispatcher', again.id, 'takeForSorting');
    const command = { ...NOTHING_TYPED, other: primary.number, id, action: 'join' } as const;
    await assert.rejects(
      town.services.performDeskAction({ ...command, seenVersion: version - 1 }, actorOf(clerk)),
      (error) => error instanceof DomainError && error.code === 'STALE',
    );
    assert.equal((await now(primary.id)).state, 'answered');
  });

  describe('two sets meet', () => {
    it('the primary of one is joined to that of the other › all its letters go along, one level deep', async () => {
      const [a, b, c, d] = [await by(CHEN), await by(ZHAO), await by(CHEN), await by(ZHAO)];
      await joinTo(b, a);
      await joinTo(d, c);
      await joinTo(a, c);
      for (const { id } of [a, b, d]) assert.equal((await now(id)).joinedTo, c.id);
      const back = await act(town, 'dispatcher', b.id, 'separate');
      assert.deepEqual([back.state, back.joinedTo], ['received', null]);
    });

    it('the writer of the primary withdraws › the oldest of the others leads', async () => {
      const [a, b, c] = [await by(CHEN), await by(ZHAO), await by(writer('钱白露', '13900000003'))];
      await joinTo(b, a);
      await joinTo(c, a);
      await makeActAsWriter(town.services)(await now(a.id), 'withdraw', {
        text: '',
        overall: 3,
        solved: 'no',
      });
      assert.deepEqual([(await now(b.id)).joinedTo, (await now(b.id)).state], [null, 'received']);
      assert.equal((await now(c.id)).joinedTo, b.id);
    });
  });

  describe('two clerks at once', () => {
    it('join one letter to two matters › one wins, the other is told', async () => {
      const [a, b, c] = [await by(CHEN), await by(ZHAO), await by(CHEN)];
      const outcomes = await Promise.allSettled([joinTo(a, b), joinTo(a, c)]);
      const refused = outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
      assert.equal(refused.length, 1);
      assert.ok(refused[0] instanceof DomainError);
      assert.equal(refused[0].code, 'STALE');
      assert.ok([b.id, c.id].includes((await now(a.id)).joinedTo ?? ''));
    });

    it('join two letters to each other › the older leads, whoever was first', async () => {
      for (let round = 0; round < 5; round += 1) {
        const [a, b] = [await by(CHEN), await by(ZHAO)];
        const [freshA, freshB] = [await now(a.id), await now(b.id)];
        const actor = actorOf(clerk);
        const changes = [
          join(freshA, [freshB], null, actor, town.at.now()),
          join(freshB, [freshA], null, actor, town.at.now()),
        ];
        for (const change of changes) await town.services.matters.save(change);
        await Promise.all(
          changes.map(({ matter, event }) => town.services.announce([{ matter: matter, events: [event] }])),
        );
        assert.deepEqual([(await now(a.id)).joinedTo, (await now(b.id)).joinedTo], [null, a.id]);
        assert.equal((await now(a.id)).state, 'received');
      }
    });

    it('one joins the primary away while another joins a letter to it › all end under one', async () => {
      const [a, b, c] = [await by(CHEN), await by(ZHAO), await by(CHEN)];
      const actor = actorOf(clerk);
      const [freshA, freshB, freshC] = [await now(a.id), await now(b.id), await now(c.id)];
      const toB = join(freshC, [freshB], null, actor, town.at.now());
      const toA = join(freshB, [freshA], null, actor, town.at.now());
      await town.services.matters.save(toB);
      await town.services.matters.save(toA);
      await Promise.all(
        [toB, toA].map(({ matter, event }) => town.services.announce([{ matter: matter, events: [event] }])),
      );
      for (const { id } of [b, c]) assert.equal((await now(id)).joinedTo, a.id);
    });
  });

  it('a note on a joined letter › reaches the handler of the primary, once', async () => {
    const primary = await anAssigned(town, 'roads');
    await act(town, 'roads-handler', primary.id, 'signFor');
    const chen = await by(CHEN);
    await joinTo(chen, primary);
    await deliver();
    town.sent.mail.length = 0;
    await makeActAsWriter(town.services)(await now(chen.id), 'addNote', {
      text: '昨晚又有人摔倒',
      overall: 3,
      solved: 'no',
    });
    const told = await now(chen.id);
    await town.services.announce([{ matter: told, events: told.history }]);
    await deliver();
    const notes = (await now(primary.id)).history.filter(({ what }) => what === 'addNote');
    assert.deepEqual(
      notes.map(({ text, other }) => [text, other]),
      [['昨晚又有人摔倒', chen.number]],
    );
    const mails = town.sent.mail.filter(({ template }) => template === 'noted');
    assert.ok(mails.some(({ to }) => to === 'roads-handler@town.example'));
    assert.ok(mails.every(({ text }) => !text.includes('摔倒')));
  });

  it('held out › is no longer suggested, and the decision is kept with its evidence', async () => {
    const [a, b] = [await by(CHEN), await by(ZHAO)];
    const matter = await act(town, 'dispatcher', a.id, 'holdOut', { other: b.number });
    assert.deepEqual(
      matter.heldOut.map(({ number }) => number),
      [b.number],
    );
    const { evidence } = matter.history.at(-1) ?? {};
    assert.ok(evidence && evidence.weights !== '' && evidence.score >= 0 && evidence.score <= 1);
    const found = await town.services.findRepeats(matter, actorOf(clerk));
    assert.ok(!found.some(({ primary }) => primary.id === b.id));
  });

  it('a change by somebody meanwhile › the join is refused as stale and nothing is joined', async () => {
    const [a, b] = [await by(CHEN), await by(ZHAO)];
    const seen = await now(a.id);
    await town.services.changeMatter(a.id, (matter, at) => takeForSorting(matter, anyDispatcher, at));
    await assert.rejects(
      town.services.performDeskAction(
        {
          id: a.id,
          action: 'join',
          seenVersion: seen.version,
          other: b.number,
          text: '',
          unit: '',
          supporting: [],
          accused: [],
          ground: 'litigation',
          resolution: 'solved',
          days: 0,
          confirmation: '',
        },
        actorOf(clerk),
      ),
      { code: 'STALE' },
    );
    assert.equal((await now(a.id)).joinedTo, null);
  });
});
