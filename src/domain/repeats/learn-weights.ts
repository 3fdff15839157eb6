import { askTrees, growTrees, type BoostedTrees, type Example, type GrowingPlan } from './boosted-trees.ts';
import { splitByObject } from './folds.ts';
import type { Labelled, LabelledPair } from './labelled.ts';
import { FEATURES, type Script } from './pair-features.ts';
import type { ScriptWeights } from './same-matter-weights.ts';
import { bestThreshold, thresholdAtRecall, type Scored } from './thresholds.ts';

const PLAN = { trees: 100, depth: 2, rate: 0.1, penalty: 10, leastLeaf: 1 } as const;
/** Of few labels only what each question says by itself can be learnt. */
const PLANS: Readonly<Record<Script, Omit<GrowingPlan, 'directions'>>> = {
  han: PLAN,
  latin: { ...PLAN, trees: 200, depth: 1, penalty: 3 },
};
const planOf = (script: Script): GrowingPlan => ({
  ...PLANS[script],
  directions: FEATURES[script].map(({ direction }) => direction),
});

/** An object with many labels counts more than one with few, but not in proportion. */
const BALANCE = 0.3;
/** Share of true pairs above the strict threshold: some more than the .75 that are promised. */
const STRICT_RECALL = 0.8;
const INNER_FOLDS = 4;
const INNER_SEED = 1;

/** Below any odds: what a veto comes to. */
export const VETOED = -100;

export const oddsOf = (trees: BoostedTrees, features: readonly number[] | null): number =>
  features === null ? VETOED : askTrees(trees, features);

/** Thresholds are set on scores by trees that had not seen the object: those seen are more certain than any to come. */
export function learnScript(labelled: Labelled, script: Script): ScriptWeights {
  const plan = planOf(script);
  const unseen = splitByObject(labelled, INNER_FOLDS, INNER_SEED).map(({ judged, learnt }) => {
    const trees = growTrees(examplesOf(learnt.pairs), plan);
    return {
      pairs: judged.pairs.map(({ features, isSame }): Scored => ({ score: oddsOf(trees, features), isSame })),
      queries: judged.queries.map(({ candidates, earlier }): Scored => ({
        score: Math.max(VETOED, ...candidates.map(({ features }) => oddsOf(trees, features))),
        isSame: earlier.size > 0,
      })),
    };
  });
  const pairs = unseen.flatMap((fold) => fold.pairs);
  const queries = unseen.flatMap((fold) => fold.queries);
  const same = bestThreshold(pairs);
  return {
    trees: growTrees(examplesOf(labelled.pairs), plan),
    thresholds: {
      same,
      perhaps: queries.length === 0 ? same : bestThreshold(queries),
      strict: thresholdAtRecall(pairs, STRICT_RECALL),
    },
  };
}

const groupOf = ({ isSame, objects: [object] }: LabelledPair): string =>
  `${isSame ? 'same' : 'other'} ${object}`;

/** Weights have a mean of 1, so that the plan's penalty means the same whatever the number of labels. */
function examplesOf(pairs: readonly LabelledPair[]): Example[] {
  const sizes = new Map<string, number>();
  for (const pair of pairs) sizes.set(groupOf(pair), (sizes.get(groupOf(pair)) ?? 0) + 1);
  const examples = pairs.flatMap((pair): Example[] =>
    pair.features === null
      ? []
      : [
          {
            features: pair.features,
            isSame: pair.isSame,
            weight: (sizes.get(groupOf(pair)) ?? 1) ** -BALANCE,
          },
        ],
  );
  const mean = examples.reduce((sum, { weight }) => sum + weight, 0) / Math.max(examples.length, 1);
  return examples.map((example) => ({ ...example, weight: example.weight / mean }));
}
