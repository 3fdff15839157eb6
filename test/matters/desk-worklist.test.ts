import assert from 'node:assert/strict';
import { actorOf } from '../../src/accounts/sign-in.ts';
import { makeReadMatter } from '../../src/matters/open-matter-file.ts';
import { act, aLetterIn, anAssigned } from '../support/letters.ts';
import { seen, signedInAs, type Browser } from '../support/sign-in.ts';
import { openTestTown, TEST_PEOPLE, type TestTown } from '../support/test-town.ts';

const numbersIn = (html: string): string[] =>
  [...html.matchAll(/class="work-number">([\d-]+)</g)].map(([, number = '']) => number);

describe('worklists', () => {
  let town: TestTown;
  let dispatcher: Browser;
  beforeEach(async () => {
    town = await openTestTown('2026-09-14T02:00:00Z');
    dispatcher = await signedInAs(town, 'dispatcher');
  });
  afterEach(() => town.end());

  it('due soonest › stands on top, with the days left in words', async () => {
    const early = await aLetterIn(town);
    town.at.moveTo(new Date('2026-09-16T02:00:00Z'));
    const late = await aLetterIn(town);

    const { text } = await dispatcher.get('/desk');

    assert.deepEqual(numbersIn(text), [early.number, late.number]);
    assert.match(seen(text), /还剩 3 个工作日 到期日 2026-09-20 周日.*还剩 5 个工作日/);
    const english = await signedInAs(town, 'dispatcher', 'en');
    assert.match(seen((await english.get('/desk')).text), /3 working days left Due Sun 2026-09-20/);
  });

  it('cards › for the supervisor › stand first, red before yellow, with word and tile', async () => {
    const red = await anAssigned(town, 'roads');
    town.at.moveTo(new Date('2026-09-16T02:00:00Z'));
    const yellow = await anAssigned(town, 'water');
    town.at.moveTo(new Date('2026-09-22T10:00:00Z'));
    await aLetterIn(town);
    for (const day of [20, 21, 22, 23]) await town.sweeps.advanceClocks(new Date(`2026-09-${day}T10:00:00Z`));
    town.at.moveTo(new Date('2026-09-23T10:00:00Z'));

    const supervisor = await signedInAs(town, 'supervisor');
    const { text } = await supervisor.get('/desk');

    assert.deepEqual(numbersIn(text), [red.number, yellow.number]);
    assert.match(seen(text), /红牌 1 黄牌 1 .*黄牌红牌 2/);
    assert.match(seen(text), /红牌 已超期 3 个工作日/);
    const ofWater = await supervisor.get('/desk?unit=water');
    assert.deepEqual(numbersIn(ofWater.text), [yellow.number]);
  });

  it('a report with a card › for the deputy leader › is in no list and in no count', async () => {
    await anAssigned(town, 'roads', { kind: 'report', wish: 'private' });
    for (const day of [20, 21, 22, 23]) await town.sweeps.advanceClocks(new Date(`2026-09-${day}T10:00:00Z`));
    const deputy = await signedInAs(town, 'deputy');
    assert.match(seen((await deputy.get('/desk')).text), /红牌 0 黄牌 0 .*黄牌红牌 0 在办 0/);
    const leader = await signedInAs(town, 'leader');
    assert.match(seen((await leader.get('/desk')).text), /红牌 1 黄牌 0 .*黄牌红牌 1 在办 1/);
  });

  it('tabs › carry their counts and keep the unit that was chosen', async () => {
    await aLetterIn(town);
    await anAssigned(town, 'roads');
    const asked = await aLetterIn(town);
    await act(town, 'dispatcher', asked.id, 'askCitizen', { text: '哪一段？' });

    const { text } = await dispatcher.get('/desk');
    assert.match(seen(text), /待分办 1 待补充 1 待决定 0 要求再办 0 待定公开 0 在办 3 全部/);
    const chosen = await dispatcher.get('/desk?tab=open&unit=roads');
    assert.match(chosen.text, /href="\/desk\?tab=all&amp;unit=roads"/);
    assert.match(chosen.text, /<option value="roads" selected>/);
    assert.match(seen(chosen.text), /在办 1 全部/);
    assert.match(chosen.text, /\?list=%2Fdesk%3Ftab%3Dopen%26unit%3Droads"/);
  });

  it('thirty letters due at one hour › stand on two pages, each exactly once', async () => {
    for (let i = 0; i < 30; i += 1) await aLetterIn(town);
    const first = await dispatcher.get('/desk');
    const second = await dispatcher.get('/desk?page=2');
    const all = [...numbersIn(first.text), ...numbersIn(second.text)];
    assert.equal(numbersIn(first.text).length, 25);
    assert.equal(new Set(all).size, 30);
    assert.match(first.text, /href="\/desk\?tab=sort&amp;page=2"/);
  });

  it('a number › typed with blanks › leads to its matter; a wrong one says so', async () => {
    const { id, number } = await aLetterIn(town);
    const found = await dispatcher.get(`/desk?find=${encodeURIComponent(number.replaceAll('-', ' '))}`);
    assert.equal(found.status, 303);
    assert.equal(found.headers['location'], `/desk/${id}`);
    const missed = await dispatcher.get('/desk?find=2026-000099-9');
    assert.match(seen(missed.text), /没有找到编号为“2026-000099-9”的事项/);
  });

  it('a secret letter › looked at › leaves who and which in the log, and nothing else', async () => {
    const { id, number } = await aLetterIn(town, { kind: 'report', wish: 'private' });
    const plain = await aLetterIn(town);
    const lines: unknown[] = [];
    const log = { ...town.services.log, info: (...line: unknown[]) => void lines.push(line) };
    const readMatter = makeReadMatter({ matters: town.services.matters, log });
    const person = (username: string) => {
      const found = TEST_PEOPLE.find((each) => each.username === username);
      assert.ok(found);
      return actorOf(found);
    };

    await readMatter(id, person('supervisor'));
    await readMatter(plain.id, person('supervisor'));
    await assert.rejects(readMatter(id, person('auditor')), { code: 'NOT_FOUND' });

    assert.deepEqual(lines, [[{ actor: 'p-supervisor', number }, 'secret-letter.read']]);
  });
});
