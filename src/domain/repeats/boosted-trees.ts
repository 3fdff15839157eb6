import { logistic, type Example } from './logistic.ts';

/** A question with two ways on, or a leaf: what the tree adds to the log odds. */
export type Tree =
  | { readonly feature: number; readonly above: number; readonly no: Tree; readonly yes: Tree }
  | { readonly adds: number };

export interface BoostedTrees {
  readonly bias: number;
  readonly trees: readonly Tree[];
}

export interface BoostingPlan {
  readonly trees: number;
  readonly depth: number;
  /** Share of each tree's advice that is taken. */
  readonly rate: number;
  /** L2 on a leaf. */
  readonly penalty: number;
  /** Least sum of curvature in a leaf. */
  readonly leastLeaf: number;
  /** Per feature: 1 may only raise, -1 may only lower, 0 either. */
  readonly directions: readonly (-1 | 0 | 1)[];
}

const CUTS = 24;

/** Gradient boosting on the logistic loss; every split keeps to its feature's direction, and so does what lies below it. */
export function growTrees(examples: readonly Example[], plan: BoostingPlan): BoostedTrees {
  const same = examples.reduce((sum, { isSame, weight }) => sum + (isSame ? weight : 0), 0);
  const all = examples.reduce((sum, { weight }) => sum + weight, 0);
  const bias = Math.log((same + 1) / (all - same + 1));
  const scores = new Float64Array(examples.length).fill(bias);
  const cuts = cutsOf(examples);
  const bins = cuts.map((cut, j) =>
    Uint8Array.from(examples, ({ features }) => binOf(cut, features[j] ?? 0)),
  );
  const trees: Tree[] = [];
  const gradient = new Float64Array(examples.length);
  const curvature = new Float64Array(examples.length);
  const everyone = Int32Array.from(examples, (_, i) => i);
  for (let round = 0; round < plan.trees; round += 1) {
    examples.forEach(({ isSame, weight }, i) => {
      const p = logistic(scores[i] ?? 0);
      gradient[i] = ((isSame ? 1 : 0) - p) * weight;
      curvature[i] = Math.max(p * (1 - p), 1e-6) * weight;
    });
    const ground: Ground = { cuts, bins, gradient, curvature, plan };
    const tree = grow(ground, everyone, 0, -Infinity, Infinity);
    examples.forEach(({ features }, i) => (scores[i] = (scores[i] ?? 0) + askTree(tree, features)));
    trees.push(tree);
  }
  return { bias, trees };
}

export function askTrees({ bias, trees }: BoostedTrees, features: readonly number[]): number {
  let sum = bias;
  for (const tree of trees) sum += askTree(tree, features);
  return sum;
}

function askTree(tree: Tree, features: readonly number[]): number {
  let at = tree;
  while ('feature' in at) at = (features[at.feature] ?? 0) > at.above ? at.yes : at.no;
  return at.adds;
}

interface Ground {
  readonly cuts: readonly (readonly number[])[];
  readonly bins: readonly Uint8Array[];
  readonly gradient: Float64Array;
  readonly curvature: Float64Array;
  readonly plan: BoostingPlan;
}

function grow(ground: Ground, rows: Int32Array, depth: number, least: number, most: number): Tree {
  const { plan, bins, cuts } = ground;
  const whole = sums(ground, rows);
  const split = depth < plan.depth ? bestSplit(ground, rows, whole, least, most) : null;
  if (split === null) return { adds: plan.rate * within(valueOf(whole, plan), least, most) };
  const bin = bins[split.feature];
  const yes = rows.filter((row) => (bin?.[row] ?? 0) > split.cut);
  const no = rows.filter((row) => (bin?.[row] ?? 0) <= split.cut);
  const direction = plan.directions[split.feature] ?? 0;
  const middle = (split.no + split.yes) / 2;
  return {
    feature: split.feature,
    above: cuts[split.feature]?.[split.cut] ?? 0,
    no: grow(ground, no, depth + 1, direction < 0 ? middle : least, direction > 0 ? middle : most),
    yes: grow(ground, yes, depth + 1, direction > 0 ? middle : least, direction < 0 ? middle : most),
  };
}

interface Sums {
  readonly gradient: number;
  readonly curvature: number;
}

const valueOf = ({ gradient, curvature }: Sums, { penalty }: BoostingPlan): number =>
  gradient / (curvature + penalty);
const within = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);
/** What the loss falls by with this value in the leaf. */
const gainOf = ({ gradient, curvature }: Sums, value: number, { penalty }: BoostingPlan): number =>
  gradient * value - ((curvature + penalty) * value * value) / 2;

function sums({ gradient, curvature }: Ground, rows: Int32Array): Sums {
  let g = 0;
  let h = 0;
  for (const row of rows) {
    g += gradient[row] ?? 0;
    h += curvature[row] ?? 0;
  }
  return { gradient: g, curvature: h };
}

function bestSplit(ground: Ground, rows: Int32Array, whole: Sums, least: number, most: number) {
  const { plan, cuts, bins, gradient, curvature } = ground;
  const before = gainOf(whole, within(valueOf(whole, plan), least, most), plan);
  let best: { feature: number; cut: number; no: number; yes: number } | null = null;
  let bestGain = 1e-9;
  for (let feature = 0; feature < cuts.length; feature += 1) {
    const bin = bins[feature];
    const count = cuts[feature]?.length ?? 0;
    if (!bin || count === 0) continue;
    const g = new Float64Array(count + 1);
    const h = new Float64Array(count + 1);
    for (const row of rows) {
      const b = bin[row] ?? 0;
      g[b] = (g[b] ?? 0) + (gradient[row] ?? 0);
      h[b] = (h[b] ?? 0) + (curvature[row] ?? 0);
    }
    let gradientBelow = 0;
    let curvatureBelow = 0;
    for (let cut = 0; cut < count; cut += 1) {
      gradientBelow += g[cut] ?? 0;
      curvatureBelow += h[cut] ?? 0;
      const below = { gradient: gradientBelow, curvature: curvatureBelow };
      const beyond = {
        gradient: whole.gradient - gradientBelow,
        curvature: whole.curvature - curvatureBelow,
      };
      if (below.curvature < plan.leastLeaf || beyond.curvature < plan.leastLeaf) continue;
      const no = within(valueOf(below, plan), least, most);
      const yes = within(valueOf(beyond, plan), least, most);
      const direction = plan.directions[feature] ?? 0;
      if (direction * (yes - no) < 0) continue;
      const gain = gainOf(below, no, plan) + gainOf(beyond, yes, plan) - before;
      if (gain > bestGain) {
        bestGain = gain;
        best = { feature, cut, no, yes };
      }
    }
  }
  return best;
}

/** Where a feature may be cut: between neighbouring values, at even shares of the examples. */
function cutsOf(examples: readonly Example[]): number[][] {
  const width = examples[0]?.features.length ?? 0;
  return Array.from({ length: width }, (_, j) => {
    const values = examples.map(({ features }) => features[j] ?? 0).sort((a, b) => a - b);
    const cuts = new Set<number>();
    for (let c = 1; c <= CUTS; c += 1) {
      const at = Math.floor((c * values.length) / (CUTS + 1));
      const value = values[at] ?? 0;
      const next = values.find((other) => other > value);
      if (next !== undefined) cuts.add((value + next) / 2);
    }
    const distinct = [...new Set(values)];
    // Few distinct values: every gap is a cut.
    if (distinct.length <= CUTS)
      for (let i = 0; i + 1 < distinct.length; i += 1)
        cuts.add(((distinct[i] ?? 0) + (distinct[i + 1] ?? 0)) / 2);
    return [...cuts].sort((a, b) => a - b);
  });
}

const binOf = (cuts: readonly number[], value: number): number => {
  let bin = 0;
  while (bin < cuts.length && value > (cuts[bin] ?? 0)) bin += 1;
  return bin;
};
