/** What one example teaches: the numbers it is known by, the answer, and how much it counts. */
export interface Example {
  readonly features: readonly number[];
  readonly isSame: boolean;
  readonly weight: number;
}

/** A question with two ways on, or a leaf: what it adds to the log odds. */
export type Tree =
  | { readonly feature: number; readonly above: number; readonly no: Tree; readonly yes: Tree }
  | { readonly adds: number };

/** Log odds are the bias and what each tree adds. */
export interface BoostedTrees {
  readonly bias: number;
  readonly trees: readonly Tree[];
}

export interface GrowingPlan {
  readonly trees: number;
  /** Questions one after another in a tree. */
  readonly depth: number;
  /** Share of each tree's advice that is taken. */
  readonly rate: number;
  /** L2 on what a leaf adds. */
  readonly penalty: number;
  /** Least curvature in a leaf: some four undecided examples for each 1. */
  readonly leastLeaf: number;
  /** Per feature: with 1 more of it only raises, with -1 only lowers. */
  readonly directions: readonly (-1 | 0 | 1)[];
}

export function askTrees({ bias, trees }: BoostedTrees, features: readonly number[]): number {
  let odds = bias;
  for (const tree of trees) odds += askTree(tree, features);
  return odds;
}

export const probabilityOf = (odds: number): number => 1 / (1 + Math.exp(-odds));

function askTree(tree: Tree, features: readonly number[]): number {
  let at = tree;
  while ('feature' in at) at = (features[at.feature] ?? 0) > at.above ? at.yes : at.no;
  return at.adds;
}

/** Gradient boosting on the logistic loss: each tree learns what those before it left over. Deterministic. */
export function growTrees(examples: readonly Example[], plan: GrowingPlan): BoostedTrees {
  const all = examples.reduce((sum, { weight }) => sum + weight, 0);
  const same = examples.reduce((sum, { isSame, weight }) => sum + (isSame ? weight : 0), 0);
  const bias = Math.log((same + 1) / (all - same + 1));
  const odds = new Float64Array(examples.length).fill(bias);
  const columns = columnsOf(examples);
  const everyone = Int32Array.from(examples, (_, row) => row);
  const trees = Array.from({ length: plan.trees }, () => {
    const slope = new Float64Array(examples.length);
    const curvature = new Float64Array(examples.length);
    examples.forEach(({ isSame, weight }, row) => {
      const p = probabilityOf(odds[row] ?? 0);
      slope[row] = ((isSame ? 1 : 0) - p) * weight;
      curvature[row] = Math.max(p * (1 - p), LEAST_CURVATURE) * weight;
    });
    const tree = grow({ columns, slope, curvature, plan }, everyone, {
      depth: 0,
      least: -Infinity,
      most: Infinity,
    });
    examples.forEach(({ features }, row) => (odds[row] = (odds[row] ?? 0) + askTree(tree, features)));
    return tree;
  });
  return { bias, trees };
}

const LEAST_CURVATURE = 1e-6;
/** Places a feature may be cut at: at even shares of the examples. */
const CUTS = 24;

/** One feature: where it may be cut, and between which cuts each example lies. */
interface Column {
  readonly cuts: readonly number[];
  readonly bins: Uint8Array;
}

interface Ground {
  readonly columns: readonly Column[];
  readonly slope: Float64Array;
  readonly curvature: Float64Array;
  readonly plan: GrowingPlan;
}

/** What a branch may add, so that it keeps to the directions of the questions above it. */
interface Bounds {
  readonly depth: number;
  readonly least: number;
  readonly most: number;
}

interface Sums {
  readonly slope: number;
  readonly curvature: number;
}

function grow(ground: Ground, rows: Int32Array, bounds: Bounds): Tree {
  const { plan, columns } = ground;
  const whole = sumsOf(ground, rows);
  const split = bounds.depth < plan.depth ? bestSplit(ground, rows, whole, bounds) : null;
  if (split === null) return { adds: plan.rate * valueOf(whole, plan, bounds) };
  const { feature, cut } = split;
  const column = columns[feature];
  const direction = plan.directions[feature] ?? 0;
  const middle = (split.no + split.yes) / 2;
  const depth = bounds.depth + 1;
  const below = {
    ...bounds,
    depth,
    ...(direction > 0 ? { most: middle } : direction < 0 ? { least: middle } : {}),
  };
  const beyond = {
    ...bounds,
    depth,
    ...(direction > 0 ? { least: middle } : direction < 0 ? { most: middle } : {}),
  };
  return {
    feature,
    above: column?.cuts[cut] ?? 0,
    no: grow(
      ground,
      rows.filter((row) => (column?.bins[row] ?? 0) <= cut),
      below,
    ),
    yes: grow(
      ground,
      rows.filter((row) => (column?.bins[row] ?? 0) > cut),
      beyond,
    ),
  };
}

/** The step of Newton's method, kept within bounds. */
const valueOf = ({ slope, curvature }: Sums, { penalty }: GrowingPlan, { least, most }: Bounds): number =>
  Math.min(Math.max(slope / (curvature + penalty), least), most);

/** By how much the loss falls when this value is added. */
const gainOf = ({ slope, curvature }: Sums, value: number, { penalty }: GrowingPlan): number =>
  slope * value - ((curvature + penalty) * value * value) / 2;

function sumsOf(ground: Ground, rows: Int32Array): Sums {
  let slope = 0;
  let curvature = 0;
  for (const row of rows) {
    slope += ground.slope[row] ?? 0;
    curvature += ground.curvature[row] ?? 0;
  }
  return { slope, curvature };
}

interface Split {
  readonly feature: number;
  readonly cut: number;
  readonly no: number;
  readonly yes: number;
}

function bestSplit(ground: Ground, rows: Int32Array, whole: Sums, bounds: Bounds): Split | null {
  const { plan, columns } = ground;
  const before = gainOf(whole, valueOf(whole, plan, bounds), plan);
  let best: Split | null = null;
  let bestGain = 1e-9;
  columns.forEach((column, feature) => {
    let below: Sums = { slope: 0, curvature: 0 };
    sumsByBin(ground, rows, column).forEach((bin, cut) => {
      below = { slope: below.slope + bin.slope, curvature: below.curvature + bin.curvature };
      const beyond = { slope: whole.slope - below.slope, curvature: whole.curvature - below.curvature };
      if (below.curvature < plan.leastLeaf || beyond.curvature < plan.leastLeaf) return;
      const no = valueOf(below, plan, bounds);
      const yes = valueOf(beyond, plan, bounds);
      if ((plan.directions[feature] ?? 0) * (yes - no) < 0) return;
      const gain = gainOf(below, no, plan) + gainOf(beyond, yes, plan) - before;
      if (gain <= bestGain) return;
      bestGain = gain;
      best = { feature, cut, no, yes };
    });
  });
  return best;
}

/** Of the examples between neighbouring cuts; those above the last cut are left out. */
function sumsByBin(ground: Ground, rows: Int32Array, { cuts, bins }: Column): Sums[] {
  const slope = new Float64Array(cuts.length + 1);
  const curvature = new Float64Array(cuts.length + 1);
  for (const row of rows) {
    const bin = bins[row] ?? 0;
    slope[bin] = (slope[bin] ?? 0) + (ground.slope[row] ?? 0);
    curvature[bin] = (curvature[bin] ?? 0) + (ground.curvature[row] ?? 0);
  }
  return cuts.map((_, bin) => ({ slope: slope[bin] ?? 0, curvature: curvature[bin] ?? 0 }));
}

function columnsOf(examples: readonly Example[]): Column[] {
  const width = examples[0]?.features.length ?? 0;
  return Array.from({ length: width }, (_, feature) => {
    const values = examples.map(({ features }) => features[feature] ?? 0);
    const cuts = cutsOf(values);
    return { cuts, bins: Uint8Array.from(values, (value) => cuts.filter((cut) => value > cut).length) };
  });
}

function cutsOf(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  const distinct = [...new Set(sorted)];
  const lower =
    distinct.length <= CUTS
      ? distinct.slice(0, -1)
      : Array.from(
          { length: CUTS },
          (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / (CUTS + 1))] ?? 0,
        );
  const next = new Map(distinct.map((value, i) => [value, distinct[i + 1]]));
  // Halfway to the next value there is, so that no example lies on a cut.
  return [...new Set(lower)].flatMap((value) => {
    const above = next.get(value);
    return above === undefined ? [] : [(value + above) / 2];
  });
}
