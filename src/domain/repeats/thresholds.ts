export interface Scored {
  readonly score: number;
  readonly isSame: boolean;
}

const downwards = (scored: readonly Scored[]): Scored[] => [...scored].sort((a, b) => b.score - a.score);

/** F1 is flat at its top, and its very best a matter of chance: the middle of all that are nearly as good lasts better. */
const NEARLY = 0.02;

/** The score from which on saying yes has the best F1. */
export function bestThreshold(scored: readonly Scored[]): number {
  const sorted = downwards(scored);
  const all = sorted.filter(({ isSame }) => isSame).length;
  let found = 0;
  const cuts = sorted.flatMap(({ score, isSame }, i) => {
    if (isSame) found += 1;
    const next = sorted[i + 1]?.score ?? score;
    // Halfway to the next lower one; none between equals.
    return next === score && i + 1 < sorted.length
      ? []
      : [{ at: (score + next) / 2, f1: (2 * found) / (i + 1 + all) }];
  });
  const best = Math.max(...cuts.map(({ f1 }) => f1));
  const good = cuts.filter(({ f1 }) => f1 >= best - NEARLY).map(({ at }) => at);
  return good.length === 0 ? 0 : (Math.max(...good) + Math.min(...good)) / 2;
}

/** The highest score from which on saying yes finds this share of the true ones. */
export function thresholdAtRecall(scored: readonly Scored[], recall: number): number {
  const same = downwards(scored).filter(({ isSame }) => isSame);
  return same[Math.max(Math.ceil(same.length * recall) - 1, 0)]?.score ?? 0;
}
