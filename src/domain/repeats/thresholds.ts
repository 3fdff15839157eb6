export interface Scored {
  readonly score: number;
  readonly isSame: boolean;
}

const downwards = (scored: readonly Scored[]): Scored[] => [...scored].sort((a, b) => b.score - a.score);

/** The score from which on saying yes has the best F1; halfway to the next lower one. */
export function bestThreshold(scored: readonly Scored[]): number {
  const sorted = downwards(scored);
  const all = sorted.filter(({ isSame }) => isSame).length;
  let found = 0;
  let bestF1 = -1;
  let best = 0;
  sorted.forEach(({ score, isSame }, i) => {
    if (isSame) found += 1;
    const next = sorted[i + 1]?.score;
    if (next === score) return;
    const f1 = (2 * found) / (i + 1 + all);
    if (f1 <= bestF1) return;
    bestF1 = f1;
    best = next === undefined ? score : (score + next) / 2;
  });
  return best;
}

/** The highest score from which on saying yes finds this share of the true ones. */
export function thresholdAtRecall(scored: readonly Scored[], recall: number): number {
  const same = downwards(scored).filter(({ isSame }) => isSame);
  return same[Math.max(Math.ceil(same.length * recall) - 1, 0)]?.score ?? 0;
}
