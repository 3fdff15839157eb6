import assert from 'node:assert/strict';
import { isOfRule } from '../../src/domain/routing/suggest-units.ts';
import { LETTERS_OF_UNITS } from '../domain/routing/letters-of-units.ts';
import { act, aLetterIn, anAssigned } from '../support/letters.ts';
import { seen, signedInAs } from '../support/sign-in.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';

/** The test town has two units that answer letters. */
const UNIT_OF: Readonly<Record<string, string>> = { buses: 'roads', sanitation: 'water' };
const TOILETS = { title: '公厕没人打扫', body: '菜场旁边的公厕又脏又臭，没人打扫，垃圾成堆，请安排保洁。' };
const BUSES = { title: '公交总晚点', body: '公交司机不停站，末班车也太早，等公交的人迟到。' };

describe('learning from what the office did', () => {
  let town: TestTown;
  before(async () => {
    town = await openTestTown('2026-09-24T02:00:00Z');
    for (const { title, body, name } of LETTERS_OF_UNITS) {
      const unit = UNIT_OF[name];
      if (!unit) continue;
      const { id } = await anAssigned(town, unit, { title, body, place: '' });
      await act(town, `${unit}-handler`, id, 'signFor');
    }
  });
  after(() => town.end());

  const night = async (instant: string): Promise<number> => {
    town.at.moveTo(new Date(instant));
    return town.sweeps.learnUnits(town.at.now());
  };
  const suggestedFor = async (letter: { title: string; body: string; kind?: 'report' }) =>
    (await aLetterIn(town, { place: '', ...letter })).suggestions;

  it('before the first night › nothing learnt is suggested', async () => {
    assert.deepEqual(await suggestedFor(TOILETS), []);
  });

  it('by day › already learnt that day or too early › does nothing', async () => {
    assert.equal(await night('2026-09-24T18:00:00Z'), 0); // 02:00 in the town
    assert.deepEqual(await suggestedFor(TOILETS), []);
  });

  it('a night later › letters like those go to the unit that had them, with the words that say so', async () => {
    assert.equal(await night('2026-09-24T19:30:00Z'), 8);
    const [first] = await suggestedFor(TOILETS);
    assert.ok(first && !isOfRule(first));
    assert.equal(first.unit, 'water');
    assert.equal(first.letters, 4);
    assert.equal(first.weights, 'units-2026-09-25');
    assert.ok(first.words.includes('公厕'), first.words.join());
    assert.equal((await suggestedFor(BUSES))[0]?.unit, 'roads');
  });

  it('the same day again › is not learnt again', async () => {
    assert.equal(await night('2026-09-25T02:00:00Z'), 0);
  });

  it('a rule › still wins, and what was learnt stands second', async () => {
    const found = await suggestedFor({ ...TOILETS, title: '路面的公厕没人打扫' });
    assert.deepEqual(
      found.map((each) => [each.unit, isOfRule(each)]),
      [
        ['roads', true],
        ['water', false],
      ],
    );
  });

  it('the desk’s page › shows both with their reasons and the topic, in both languages', async () => {
    const { id } = await aLetterIn(town, { ...TOILETS, title: '路面的公厕没人打扫', place: '' });
    const office = await signedInAs(town, 'dispatcher');
    const chinese = seen((await office.get(`/desk/${id}`)).text);
    assert.match(chinese, /交通局 依据规则“potholes”，信中提到：路面/);
    assert.match(chinese, /水务局 从该单位办理过的 4 件信件学得，主要依据：.*公厕/);
    assert.match(chinese, /内容分类（推测） \S+（\d+%），其次为/);
    const english = seen((await office.get(`/desk/${id}`).set('Accept-Language', 'en')).text);
    assert.match(english, /Roads Bureau Rule “potholes”; the letter mentions: 路面/);
    assert.match(english, /Water Bureau Learnt from 4 letters this unit dealt with; telling words: /);
    assert.match(english, /Topic \(guessed\) .+ \(\d+ %\); else /);
  });

  it('a report › is suggested by rules to a supervisor’s unit only, has no topic, and teaches nothing', async () => {
    const report = { ...TOILETS, kind: 'report' } as const;
    const { suggestions, topic } = await aLetterIn(town, { ...report, place: '' });
    assert.deepEqual([suggestions, topic], [[], null]);
    const { id } = await anAssigned(town, 'water', { ...report, place: '' });
    await act(town, 'water-handler', id, 'signFor');
    assert.equal(await night('2026-09-25T20:00:00Z'), 8);
  });

  it('a letter that was given back › teaches nothing until another unit signs for it', async () => {
    const { id } = await anAssigned(town, 'water', { ...BUSES, place: '' });
    await act(town, 'water-handler', id, 'signFor');
    await act(town, 'water-handler', id, 'askReturn', { unit: 'roads', text: '不属于水务。' });
    assert.equal(await night('2026-09-26T20:00:00Z'), 8);
    await act(town, 'dispatcher', id, 'acceptReturn');
    await act(town, 'dispatcher', id, 'assign', { unit: 'roads' });
    await act(town, 'roads-handler', id, 'signFor');
    assert.equal(await night('2026-09-27T20:00:00Z'), 9);
  });
});

describe('a town with next to no letters', () => {
  it('one unit alone › nothing is learnt, and the day counts as done', async () => {
    const town = await openTestTown('2026-09-24T02:00:00Z');
    try {
      for (let count = 0; count < 3; count += 1) {
        const { id } = await anAssigned(town, 'roads');
        await act(town, 'roads-handler', id, 'signFor');
      }
      town.at.moveTo(new Date('2026-09-25T02:00:00Z'));
      assert.equal(await town.sweeps.learnUnits(town.at.now()), 3);
      assert.equal(await town.sweeps.learnUnits(town.at.now()), 0);
      assert.deepEqual((await aLetterIn(town, { ...BUSES, place: '' })).suggestions, []);
    } finally {
      await town.end();
    }
  });
});
