import { sectionsOf, type RoutedLetter } from './letter-grams.ts';

/** A letter as numbers: which buckets its grams fall into, and how much each weighs. Buckets are unique. */
export interface HashedLetter {
  readonly buckets: Uint32Array;
  readonly values: Float32Array;
}

/** A section before its grams are weighed. */
interface HashedSection {
  readonly share: number;
  readonly counts: ReadonlyMap<number, number>;
}

export type HashedSections = readonly HashedSection[];

/** A word written twice says more than once, not twice as much. */
const COUNT_POWER = 0.7;

/**
 * Grams are hashed, so that a table of weights holds numbers and no word of the letters it was learnt from; two grams
 * that fall into one bucket share its weight.
 */
export const hashSections = (letter: RoutedLetter, size: number): HashedSections =>
  sectionsOf(letter).map(({ name, share, grams }) => {
    const counts = new Map<number, number>();
    for (const [gram, count] of grams) {
      const bucket = bucketOf(name, gram, size);
      counts.set(bucket, (counts.get(bucket) ?? 0) + count);
    }
    return { share, counts };
  });

/** Each section gets its share of length, whatever its number of words; a bucket without scale was never learnt. */
export function weighSections(sections: HashedSections, scale: ArrayLike<number>): HashedLetter {
  const weighed = new Map<number, number>();
  for (const { share, counts } of sections) {
    const values: [number, number][] = [];
    let squares = 0;
    for (const [bucket, count] of counts) {
      const value = count ** COUNT_POWER * (scale[bucket] ?? 0);
      if (value === 0) continue;
      squares += value * value;
      values.push([bucket, value]);
    }
    for (const [bucket, value] of values)
      weighed.set(bucket, (weighed.get(bucket) ?? 0) + (share * value) / Math.sqrt(squares));
  }
  return { buckets: Uint32Array.from(weighed.keys()), values: Float32Array.from(weighed.values()) };
}

/** FNV-1a with the finish of MurmurHash3: a short gram reaches every bucket. */
export function bucketOf(section: string, gram: string, size: number): number {
  let hash = 0x811c9dc5;
  const key = `${section} ${gram}`;
  for (let index = 0; index < key.length; index += 1)
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % size;
}
