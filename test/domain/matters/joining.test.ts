import assert from 'node:assert/strict';
import { rate, reopen, withdraw } from '../../../src/domain/matters/citizen-acts.ts';
import {
  follow,
  holdOut,
  join,
  joinObstacle,
  passOnNote,
  separate,
  shareAnswer,
  startsNewRound,
  type JoinObstacle,
} from '../../../src/domain/matters/joining.ts';
import { OPEN_STATES } from '../../../src/domain/matters/lifecycle.ts';
import type { Matter } from '../../../src/domain/matters/matter.ts';
import { CLOCK } from '../../../src/domain/permissions/permissions.ts';
import type { Judgement } from '../../../src/domain/repeats/judgement.ts';
import {
  aHandedMatter,
  aLetter,
  aMatter,
  anAnsweredMatter,
  assertRefused,
  citizen,
  dispatcher,
  handler,
  LEAD,
  on,
  OTHER,
  townTime,
  wallOf,
} from '../../support/builders.ts';

const TOWN = townTime();
const NOW = on('2026-09-24 10:00');

const ANOTHER = { name: '李小满', phone: '13900005678', mail: 'li@example.com', address: '' };
const EVIDENCE: Judgement = {
  score: 0.93,
  verdict: 'same',
  veto: null,
  reasons: [{ kind: 'sameName', words: ['明州路'] }],
  weights: '1',
};

/** By somebody else than the letter that joins. */
const primary = (patch: Partial<Matter> = {}): Matter =>
  aMatter({ id: 'm2', number: '2026-000001-8', letter: aLetter({ writer: ANOTHER }), ...patch });
const answered = (patch: Partial<Matter> = {}): Matter =>
  anAnsweredMatter({ id: 'm2', number: '2026-000001-8', letter: aLetter({ writer: ANOTHER }), ...patch });

/** By the writer of `aMatter`, after the answer of `anAnsweredMatter`. */
const writtenAfter = (): Matter => aMatter({ letter: aLetter({ receivedAt: on('2026-11-02 09:00') }) });

const joined = (matter = aMatter(), to = primary(), at = NOW): Matter =>
  join(matter, [to], null, dispatcher, at).matter;

describe('join › a letter to an earlier one', () => {
  it('to an open matter › points at it, says its number, and keeps the evidence', () => {
    const { matter, event } = join(aMatter(), [primary()], EVIDENCE, dispatcher, NOW);
    assert.deepEqual([matter.state, matter.joinedTo, event.other], ['joined', 'm2', '2026-000001-8']);
    assert.deepEqual([event.evidence, event.repeat], [EVIDENCE, 'commonConcern']);
  });

  for (const state of OPEN_STATES) {
    it(`${state} › may be joined, and separated again is what it was, with its unit and its clock`, () => {
      const before = aHandedMatter({ state, supporting: [OTHER], handler: handler.id });
      const { matter } = separate(joined(before), dispatcher, on('2026-09-30 09:00'));
      assert.deepEqual(
        { ...matter, version: before.version, stateBefore: null, history: [], changedAt: before.changedAt },
        { ...before, stateBefore: null, history: [] },
      );
    });
  }

  for (const state of ['assigned', 'inHand', 'answered', 'closed', 'archived'] as const) {
    it(`to a matter that is ${state} › is possible`, () => {
      assert.equal(joined(aMatter(), primary({ state })).joinedTo, 'm2');
    });
  }

  const report = aLetter({ kind: 'report' });
  const secrecy = aLetter({ wish: 'private' });
  const impossible: readonly [why: string, matter: Matter, primary: Matter, because: JoinObstacle][] = [
    ['to itself', aMatter(), aMatter(), 'itself'],
    ['to one that is joined to it', aMatter(), primary({ state: 'joined', joinedTo: 'm1' }), 'itself'],
    ['to one that is joined itself', aMatter(), primary({ state: 'joined', joinedTo: 'm3' }), 'joinedItself'],
    ['to imported history', aMatter(), primary({ origin: { source: 'old', externalId: '1' } }), 'imported'],
    ['imported history', aMatter({ origin: { source: 'old', externalId: '1' } }), primary(), 'imported'],
    ['to a letter that was not accepted', aMatter(), primary({ state: 'notAccepted' }), 'over'],
    ['to a withdrawn letter', aMatter(), primary({ state: 'closed', resolution: 'withdrawn' }), 'over'],
    ['two answered matters', anAnsweredMatter(), answered(), 'bothAnswered'],
    ['a secret letter to a public one', aMatter({ letter: report }), primary(), 'secret'],
    ['a public letter to a secret one', aMatter(), primary({ letter: report }), 'secret'],
    ['two secret letters', aMatter({ letter: report }), primary({ letter: report }), 'secret'],
    ['a private letter to one that may be published', aMatter({ letter: secrecy }), primary(), 'private'],
    ['a letter that may be published to a private one', aMatter(), primary({ letter: secrecy }), 'private'],
    ['the same person after the answer', writtenAfter(), anAnsweredMatter({ id: 'm2' }), 'newRound'],
  ];
  for (const [why, matter, other, because] of impossible) {
    it(`${why} › is refused, saying why`, () => {
      assert.equal(joinObstacle(matter, other), because);
      const refusal = assertRefused(() => join(matter, [other], null, dispatcher, NOW), 'JOIN_NOT_POSSIBLE');
      assert.equal(refusal.params['because'], because);
    });
  }

  it('two private letters › are possible: both answers stay private', () => {
    const both = aLetter({ wish: 'private', writer: ANOTHER });
    assert.equal(joined(aMatter({ letter: secrecy }), primary({ letter: both })).joinedTo, 'm2');
  });

  it('by a unit, a leader or the writer › is refused', () => {
    for (const actor of [handler, citizen])
      assertRefused(() => join(aMatter(), [primary()], null, actor, NOW), 'ILLEGAL_ACTION');
  });
});

describe('hold out › a person says that they are two matters', () => {
  it('held out › is remembered once, with the evidence; joining takes it back', () => {
    const once = holdOut(aMatter(), primary(), EVIDENCE, dispatcher, NOW);
    const twice = holdOut(once.matter, primary(), null, dispatcher, NOW).matter;
    assert.deepEqual(once.event.evidence, EVIDENCE);
    assert.deepEqual(
      twice.heldOut.map(({ other, number }) => [other, number]),
      [['m2', '2026-000001-8']],
    );
    assert.deepEqual(joined(twice).heldOut, []);
  });

  it('from itself › is refused', () => {
    assertRefused(() => holdOut(aMatter(), aMatter(), null, dispatcher, NOW), 'JOIN_NOT_POSSIBLE');
  });
});

describe('follow › the primary was joined to another', () => {
  it('a joined letter › points where its set now leads, and knows the way back', () => {
    const other = primary({ id: 'm3', number: '2026-000009-9' });
    const { matter, event } = follow(joined(aMatter({ state: 'sorting' })), other, CLOCK, NOW);
    assert.deepEqual([matter.joinedTo, event.other, matter.state], ['m3', '2026-000009-9', 'joined']);
    assert.equal(separate(matter, dispatcher, NOW).matter.state, 'sorting');
  });
});

describe('share the answer › one answer for every writer of a set', () => {
  const share = (matter: Matter, from = answered()) =>
    shareAnswer(matter, from, CLOCK, on('2026-09-29 10:05'), TOWN)?.matter ?? assert.fail('nothing shared');

  it('joined before the answer › has it, and its own clock stops with the evidence', () => {
    const before = joined();
    const matter = share(before);
    assert.deepEqual(
      { ...matter.sharedAnswer, answeredAt: wallOf(matter.sharedAnswer?.answeredAt) },
      {
        primary: 'm2',
        number: '2026-000001-8',
        round: 1,
        unit: LEAD,
        resolution: 'solved',
        answeredAt: '2026-09-29 10:00',
        isOnTime: true,
        clock: before.clock,
      },
    );
    assert.ok(matter.clock.closesAt);
    assert.equal(matter.answer, null);
  });

  it('after its own due hour › was not on time, though the primary’s answer was', () => {
    const early = aMatter({ letter: aLetter({ receivedAt: on('2026-09-10 10:00') }) });
    const late = share(joined(early));
    assert.equal(late.sharedAnswer?.isOnTime, false);
  });

  it('joined to a matter answered already › has the answer from the hour of joining', () => {
    const later = aMatter({ letter: aLetter({ receivedAt: on('2026-10-09 10:00') }) });
    const matter = share(joined(later, answered(), on('2026-10-09 15:00')));
    assert.equal(wallOf(matter.sharedAnswer?.answeredAt), '2026-10-09 15:00');
    assert.equal(matter.sharedAnswer?.isOnTime, true);
  });

  it('told twice › nothing is there to do; a new round is told again and rated anew', () => {
    const once = share(joined());
    assert.equal(shareAnswer(once, answered(), CLOCK, NOW, TOWN), null);
    const rated = rate(once, { overall: 2, solved: 'no', words: '' }, citizen, NOW).matter;
    const first = answered();
    const again = answered({ answer: first.answer && { ...first.answer, round: 2 } });
    const twice = share(rated, again);
    assert.deepEqual([twice.sharedAnswer?.round, twice.rating], [2, null]);
    assert.equal(twice.sharedAnswer?.clock, once.sharedAnswer?.clock);
  });

  it('not joined to it, or not answered › nothing is there to do', () => {
    assert.equal(shareAnswer(aMatter(), answered(), CLOCK, NOW, TOWN), null);
    assert.equal(shareAnswer(joined(), primary(), CLOCK, NOW, TOWN), null);
    assert.equal(shareAnswer(joined(), answered({ state: 'reopened' }), CLOCK, NOW, TOWN), null);
  });

  it('separated afterwards › is where it was, with the clock as it ran; what was told stays in its history', () => {
    const before = joined(aHandedMatter({ state: 'inHand' }));
    const { matter } = separate(share(before), dispatcher, on('2026-10-08 09:00'));
    assert.deepEqual(
      [matter.state, matter.lead, matter.sharedAnswer, matter.joinedTo],
      ['inHand', LEAD, null, null],
    );
    assert.deepEqual(matter.clock, before.clock);
    assert.ok(matter.history.some(({ what }) => what === 'shareAnswer'));
  });

  it('its writer › rates it, once for a person however many letters', () => {
    const matter = share(joined());
    const good = { overall: 5, solved: 'yes', words: '' } as const;
    const rated = rate(matter, good, citizen, NOW).matter;
    assert.equal(rated.rating?.overall, 5);
    const sister = { letter: matter.letter, rating: rated.rating };
    assertRefused(() => rate(matter, good, citizen, NOW, [sister]), 'ALREADY_RATED');
    const stranger = { letter: aLetter({ writer: ANOTHER }), rating: rated.rating };
    assert.equal(rate(matter, good, citizen, NOW, [stranger]).matter.rating?.overall, 5);
  });

  it('before there is an answer › is not rated or reopened; may be withdrawn', () => {
    const good = { overall: 5, solved: 'yes', words: '' } as const;
    assertRefused(() => rate(joined(), good, citizen, NOW), 'ILLEGAL_ACTION');
    assertRefused(() => reopen(joined(), 'x', citizen, NOW, TOWN), 'ILLEGAL_ACTION');
    const { matter } = withdraw(joined(), '已解决', citizen, NOW, TOWN);
    assert.deepEqual([matter.state, matter.joinedTo, matter.resolution], ['closed', null, 'withdrawn']);
  });

  it('not settled for one writer › that letter goes on alone with a week of its own', () => {
    const { matter } = reopen(share(joined()), '没有修好', citizen, on('2026-10-09 10:00'), TOWN);
    assert.deepEqual([matter.state, matter.joinedTo, matter.sharedAnswer], ['reopened', null, null]);
    // Fri 9, Sat 10 works, Mon 12 … Thu 15.
    assert.equal(matter.clock.reply.dueOn, '2026-10-15');
    assertRefused(() => withdraw(share(joined()), 'x', citizen, NOW, TOWN), 'ILLEGAL_ACTION');
  });
});

describe('pass on a note › what is said on a joined letter', () => {
  it('reaches the primary once, without its writer’s name', () => {
    const note = { seq: 3, text: '又停水了' };
    const told = passOnNote(primary(), { number: '2026-004217-7' }, note, CLOCK, NOW);
    assert.deepEqual(
      [told?.event.text, told?.event.other, told?.event.by.role],
      ['又停水了', '2026-004217-7', 'clock'],
    );
    assert.ok(told);
    assert.equal(passOnNote(told.matter, { number: '2026-004217-7' }, note, CLOCK, NOW), null);
    assert.ok(passOnNote(told.matter, { number: '2026-004217-7' }, { ...note, seq: 4 }, CLOCK, NOW));
  });
});

describe('new round › the same person after an answer', () => {
  it('only of whoever had that answer, and only after it', () => {
    assert.equal(startsNewRound(writtenAfter(), [anAnsweredMatter({ id: 'm2' })]), true);
    assert.equal(startsNewRound(writtenAfter(), [answered()]), false);
    assert.equal(startsNewRound(writtenAfter(), [aMatter({ id: 'm2' })]), false);
  });

  it('of a joined writer too: they had that answer as well', () => {
    const other = aMatter({ id: 'm3', state: 'joined', joinedTo: 'm2' });
    assert.equal(startsNewRound(writtenAfter(), [answered(), other]), true);
    assert.equal(joinObstacle(writtenAfter(), answered(), [other]), 'newRound');
    assertRefused(
      () => join(writtenAfter(), [answered(), other], null, dispatcher, NOW),
      'JOIN_NOT_POSSIBLE',
    );
  });

  it('written before the answer and joined after it › has the answer, and no new round', () => {
    assert.equal(joinObstacle(aMatter(), anAnsweredMatter({ id: 'm2' })), null);
  });
});
