import assert from 'node:assert/strict';
import { accuracyOf } from '../../../src/domain/repeats/accuracy.ts';
import { crossValidate } from '../../../src/domain/repeats/cross-validation.ts';
import { splitByObject } from '../../../src/domain/repeats/folds.ts';
import type { Labelled, LabelledPair } from '../../../src/domain/repeats/labelled.ts';
import { learnScript, VETOED } from '../../../src/domain/repeats/learn-weights.ts';
import { FEATURES } from '../../../src/domain/repeats/pair-features.ts';
import { bestThreshold, thresholdAtRecall } from '../../../src/domain/repeats/thresholds.ts';

const scored = (text: string) =>
  text.split(' ').map((one) => ({ score: Number(one.slice(1)), isSame: one.startsWith('+') }));

describe('learning › thresholds', () => {
  it('what can be told apart › is parted in the middle', () => {
    assert.equal(bestThreshold(scored('+5 +4 -1 -0')), 2.5);
  });
  it('equal scores › are never parted', () => {
    assert.equal(bestThreshold(scored('+5 +3 -3 -1')), 2);
  });
  it('a recall › is reached, and not by more than needed', () => {
    assert.equal(thresholdAtRecall(scored('+9 +8 -8 +7 +1'), 0.75), 7);
    assert.equal(thresholdAtRecall(scored('+9 +8 -8 +7 +1'), 0.5), 8);
  });
  it('nothing scored › has a threshold all the same', () => {
    assert.ok(Number.isFinite(bestThreshold([])));
    assert.ok(Number.isFinite(thresholdAtRecall([], 0.5)));
  });
});

/** Titles alike when same, and some that no feature tells apart. */
const row = (
  object: string,
  isSame: boolean,
  alike: number,
  kind = isSame ? 'paraphrase' : 'random',
): LabelledPair => ({
  objects: [object, isSame ? object : `${object} elsewhere`],
  isSame,
  kind,
  features: FEATURES.han.map((_, i) => (i === 0 ? alike : 0)),
});
const LABELLED: Labelled = {
  pairs: Array.from({ length: 40 }, (_, i) => [
    row(`estate ${i}`, true, 0.7 + (i % 10) / 50),
    row(`estate ${i}`, false, 0.1 + (i % 10) / 50),
    row(`estate ${i}`, false, 0.2 + (i % 10) / 50, 'same_object_or_topic'),
  ]).flat(),
  queries: Array.from({ length: 40 }, (_, i) => ({
    object: `estate ${i}`,
    earlier: new Set(i % 2 === 0 ? ['there'] : []),
    candidates: [
      { id: 'else', features: row('', false, 0.2).features },
      { id: 'there', features: row('', true, i % 2 === 0 ? 0.8 : 0.3).features },
    ],
  })),
};

describe('learning › folds', () => {
  const splits = splitByObject(LABELLED, 5, 7);

  it('an object › is never both judged and learnt from', () => {
    for (const { judged, learnt } of splits) {
      const own = new Set([
        ...judged.pairs.map(({ objects: [object] }) => object),
        ...judged.queries.map(({ object }) => object),
      ]);
      assert.ok(learnt.pairs.length > 0);
      assert.ok(!learnt.pairs.some(({ objects }) => objects.some((object) => own.has(object))));
      assert.ok(!learnt.queries.some(({ object }) => own.has(object)));
    }
  });
  it('each pair and query › is judged once', () => {
    assert.equal(splits.flatMap(({ judged }) => judged.pairs).length, LABELLED.pairs.length);
    assert.equal(splits.flatMap(({ judged }) => judged.queries).length, LABELLED.queries.length);
  });
  it('a seed › shares out alike each time, another seed otherwise', () => {
    assert.deepEqual(splitByObject(LABELLED, 5, 7), splits);
    assert.notDeepEqual(splitByObject(LABELLED, 5, 8), splits);
  });
});

describe('learning › weights', () => {
  it('what can be learnt › is judged without a fault, by weights that never saw its object', () => {
    const { pairs, top5, alert } = accuracyOf(crossValidate(LABELLED, 'han', 4, 1));
    assert.equal(pairs.f1, 1);
    assert.equal(pairs.recallParaphrase, 1);
    assert.equal(pairs.falseJoinsSameObject, 0);
    assert.ok(pairs.strictRecall >= 0.75);
    assert.equal(top5, 1);
    assert.equal(alert.f1, 1);
  });
  it('the strict threshold › is no lower than that of joining at full recall', () => {
    const { thresholds } = learnScript(LABELLED, 'han');
    assert.ok(thresholds.strict > VETOED);
    assert.deepEqual(learnScript(LABELLED, 'han').thresholds, thresholds);
  });
  it('a pair under a veto › is never joined, and counts as missed when it is true', () => {
    const weights = learnScript(LABELLED, 'han');
    const [vetoed, seen] = [{ ...row('a', true, 0.8), features: null }, row('a', true, 0.8)];
    const { pairs } = accuracyOf([{ pairs: [vetoed, seen], queries: [], weights }]);
    assert.deepEqual([pairs.precision, pairs.recall], [1, 0.5]);
  });
  it('precision, recall and F1 › are counted over all sets together', () => {
    const weights = learnScript(LABELLED, 'han');
    const sets = [
      { pairs: [row('a', true, 0.8), row('a', false, 0.8), row('b', true, 0.1)], queries: [], weights },
      { pairs: [row('c', true, 0.8)], queries: [], weights },
    ];
    const { pairs } = accuracyOf(sets);
    assert.deepEqual(
      [pairs.precision, pairs.recall, pairs.f1].map((value) => value.toFixed(4)),
      ['0.6667', '0.6667', '0.6667'],
    );
  });
});
