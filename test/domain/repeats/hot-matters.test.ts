import assert from 'node:assert/strict';
import { addDays } from '../../../src/domain/clocks/zoned-day.ts';
import {
  countPeople,
  heatOf,
  hotMatters,
  type HotMatter,
  type HotWindow,
} from '../../../src/domain/repeats/hot-matters.ts';
import { groupLetters } from '../../../src/domain/repeats/letter-groups.ts';
import type { LinkedLetter } from '../../../src/domain/repeats/linked-letter.ts';
import { aLinkedLetter } from '../../support/linked-letters.ts';

const TODAY = '2026-09-30';

describe('hot matters', () => {
  const heats: readonly [
    people: number,
    letters: number,
    signatures: number,
    quietDays: number,
    heat: number,
  ][] = [
    [9, 9, 0, 0, 27],
    [1, 10, 0, 0, 12],
    [9, 9, 0, 7, 13.5],
    [9, 9, 0, 14, 6.8],
    [2, 2, 100, 0, 26],
    [2, 2, 0, 90, 0],
    // A clock that went back makes nothing hotter than new.
    [9, 9, 0, -1, 27],
  ];
  for (const [people, letters, signatures, quietDays, heat] of heats)
    it(`${people} people, ${letters} letters, ${signatures} signatures, quiet for ${quietDays} days › ${heat}`, () =>
      assert.equal(heatOf({ people, letters, signatures, quietDays }), heat));

  const people: readonly [keys: string[][], count: number][] = [
    [[], 0],
    [[['p1'], ['p2']], 2],
    [[['p1', 'm1'], ['p1'], ['m1']], 1],
    // One letter with both shows that the other two are one person's.
    [[['p1'], ['m1'], ['p1', 'm1']], 1],
    // Who left nothing to be known by may be anybody.
    [[[], [], ['p1']], 3],
  ];
  for (const [keys, count] of people)
    it(`known by ${JSON.stringify(keys)} › ${count}`, () =>
      assert.equal(countPeople(keys.map((each) => ({ people: each }))), count));

  /** Letters of one set, `daysAgo` each. */
  const received = (daysAgo: readonly number[], patch: Partial<LinkedLetter> = {}): LinkedLetter[] =>
    daysAgo.map((days, index) =>
      aLinkedLetter(String.fromCodePoint(97 + index), {
        receivedOn: addDays(TODAY, -days),
        receivedAt: new Date(`${addDays(TODAY, -days)}T02:00:0${index}Z`),
        joinedTo: index === 0 ? null : 'a',
        ...patch,
      }),
    );
  const hot = (letters: readonly LinkedLetter[], days: HotWindow): HotMatter[] =>
    hotMatters(groupLetters(letters), TODAY, days);

  it('a window › counts what came in it, both ends included', () => {
    const letters = received([90, 89, 30, 29, 7, 6, 0]);
    assert.deepEqual(
      ([7, 30, 90] as const).map((days) => hot(letters, days)[0]?.letters),
      [2, 4, 6],
    );
  });

  it('one letter in the window › not hot; led by its group none the less', () => {
    assert.deepEqual(hot(received([20, 10, 0]), 7), []);
    const [matter] = hot(received([20, 3, 0]), 7);
    assert.equal(matter?.id, 'a');
    assert.deepEqual(
      matter.received.map(({ id }) => id),
      ['b', 'c'],
    );
  });

  it('the hottest first; of the same heat the newest', () => {
    const two = (one: string, other: string, daysAgo: number) => [
      aLinkedLetter(one, { receivedOn: addDays(TODAY, -daysAgo) }),
      aLinkedLetter(other, { receivedOn: addDays(TODAY, -daysAgo), joinedTo: one }),
    ];
    const letters = [...two('a', 'b', 6), ...two('c', 'd', 0), ...two('e', 'f', 3)];
    assert.deepEqual(
      hot(letters, 7).map(({ id, heat }) => [id, heat]),
      [
        ['c', 6],
        ['e', 4.5],
        ['a', 3.3],
      ],
    );
  });

  const trends: readonly [daysAgo: number[], days: HotWindow, trend: HotMatter['trend']][] = [
    [[0, 1, 2], 7, 'rising'],
    [[6, 5, 0], 7, 'falling'],
    [[6, 3, 0], 7, 'steady'],
    [[29, 20, 15, 0], 30, 'falling'],
    [[80, 40, 30, 1], 90, 'rising'],
  ];
  for (const [daysAgo, days, trend] of trends)
    it(`${daysAgo.join(', ')} days ago in ${days} › ${trend}`, () =>
      assert.equal(hot(received(daysAgo.toSorted((a, b) => b - a)), days)[0]?.trend, trend));

  it('stretches › cover the window without a gap, and count each letter once', () => {
    for (const days of [7, 30, 90] as const) {
      const letters = received([89, 45, 29, 8, 6, 1, 0]);
      const [matter] = hot(letters, days);
      assert.ok(matter);
      assert.equal(matter.stretches[0]?.from, addDays(TODAY, 1 - days));
      assert.equal(matter.stretches.at(-1)?.to, TODAY);
      matter.stretches.slice(1).forEach(({ from }, index) => {
        assert.equal(from, addDays(matter.stretches[index]?.to ?? '', 1));
      });
      const all = matter.stretches.reduce((sum, each) => sum + each.letters, 0);
      assert.equal(all, matter.letters);
    }
  });

  it('units › those of all its letters, the busiest first, also of a primary that came before', () => {
    const letters = received([60, 2, 1, 0]).map((letter, index) => ({
      ...letter,
      unit: ['water', 'roads', null, 'roads'][index] ?? null,
    }));
    assert.deepEqual(hot(letters, 7)[0]?.units, ['roads', 'water']);
  });
});
