import { weighSections, type HashedSections } from './hashed-letter.ts';

export interface Example {
  readonly sections: HashedSections;
  /** Index of its class. */
  readonly of: number;
}

/** Added to what was counted, so that a word seen once in one class proves nothing. */
const DOUBT = 0.03;
/** What a bucket weighs that all classes use alike. */
const FLOOR = 0.2;
const FEWEST_LETTERS = 2;

/**
 * How telling each bucket is, before anything is learnt: rare in letters at large, and used by some classes more than by
 * others (the log of that ratio, as in NB-SVM, averaged over the classes so that all of them share one scale).
 */
export function tellingScale(examples: readonly Example[], classes: number, size: number): Float32Array {
  const even = new Float32Array(size).fill(1);
  const letters = new Uint32Array(size);
  const total = new Float64Array(size);
  const counts = Array.from({ length: classes }, () => new Float64Array(size));
  const sums = new Float64Array(classes);
  for (const { sections, of } of examples) {
    const { buckets, values } = weighSections(sections, even);
    const own = counts[of] ?? total;
    for (let index = 0; index < buckets.length; index += 1) {
      const bucket = buckets[index] ?? 0;
      const value = values[index] ?? 0;
      letters[bucket] = (letters[bucket] ?? 0) + 1;
      total[bucket] = (total[bucket] ?? 0) + value;
      own[bucket] = (own[bucket] ?? 0) + value;
      sums[of] = (sums[of] ?? 0) + value;
    }
  }
  const all = sums.reduce((sum, each) => sum + each, 0);
  return Float32Array.from(letters, (within, bucket) => {
    if (within < FEWEST_LETTERS) return 0;
    let squares = 0;
    for (const [index, count] of counts.entries()) {
      const mine = count[bucket] ?? 0;
      const ours = sums[index] ?? 0;
      const here = (mine + DOUBT) / (ours + DOUBT * size);
      const elsewhere = ((total[bucket] ?? 0) - mine + DOUBT) / (all - ours + DOUBT * size);
      squares += Math.log(here / elsewhere) ** 2;
    }
    const rarity = 1 + Math.log((1 + examples.length) / (1 + within));
    return rarity * (FLOOR + (squares / classes) ** 0.25);
  });
}
