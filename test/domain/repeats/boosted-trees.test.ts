import assert from 'node:assert/strict';
import {
  askTrees,
  growTrees,
  probabilityOf,
  type Example,
  type GrowingPlan,
} from '../../../src/domain/repeats/boosted-trees.ts';

const PLAN: GrowingPlan = { trees: 60, depth: 2, rate: 0.2, penalty: 1, leastLeaf: 1, directions: [0, 0] };
const grid = (isSame: (x: number, y: number) => boolean): Example[] =>
  Array.from({ length: 400 }, (_, i) => {
    const [x, y] = [(i % 20) / 20, Math.floor(i / 20) / 20];
    return { features: [x, y], isSame: isSame(x, y), weight: 1 };
  });

describe('boosted trees', () => {
  it('two features that count only together › are learnt', () => {
    const examples = grid((x, y) => x > 0.5 && y > 0.5);
    const trees = growTrees(examples, PLAN);
    for (const { features, isSame } of examples)
      assert.equal(askTrees(trees, features) > 0, isSame, String(features));
  });

  it('a direction › is kept even where the examples say otherwise', () => {
    const examples = grid((x) => x > 0.3 && x < 0.6);
    const rising = growTrees(examples, { ...PLAN, directions: [1, 0] });
    const falling = growTrees(examples, { ...PLAN, directions: [-1, 0] });
    for (let step = 0; step < 19; step += 1)
      for (const y of [0.1, 0.9]) {
        const [here, there] = [step / 20, (step + 1) / 20];
        assert.ok(askTrees(rising, [here, y]) <= askTrees(rising, [there, y]) + 1e-12);
        assert.ok(askTrees(falling, [here, y]) >= askTrees(falling, [there, y]) - 1e-12);
      }
  });

  it('the same examples › give the same trees', () => {
    const examples = grid((x, y) => x + y > 1);
    assert.deepEqual(growTrees(examples, PLAN), growTrees(examples, PLAN));
  });

  it('examples of one answer › are believed without a question', () => {
    const trees = growTrees(
      grid(() => false),
      PLAN,
    );
    assert.ok(probabilityOf(askTrees(trees, [0.5, 0.5])) < 0.01);
  });

  it('a weight › counts as so many examples', () => {
    const one: Example = { features: [1, 0], isSame: true, weight: 3 };
    const other: Example = { features: [1, 0], isSame: false, weight: 1 };
    const plan = { ...PLAN, trees: 0 };
    assert.deepEqual(
      growTrees([one, other], plan),
      growTrees([...Array.from({ length: 3 }, () => ({ ...one, weight: 1 })), other], plan),
    );
  });
});
