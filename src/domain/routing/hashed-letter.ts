import { sectionsOf, type RoutedLetter } from './letter-grams.ts';

/**
 * Grams are hashed, so that what was learnt is numbers and holds no word of the letters it was learnt from. The letters of
 * the topics hold 172,000 grams: with fewer buckets, those that tell something share theirs with noise.
 */
const BUCKETS = 2 ** 22;

/** The buckets that are weighed, in ascending order, and how telling each is. */
export interface Vocabulary {
  readonly buckets: ArrayLike<number>;
  readonly scale: ArrayLike<number>;
  /** Where a bucket stands in both. */
  readonly places: ReadonlyMap<number, number>;
}

export const vocabularyOf = (buckets: ArrayLike<number>, scale: ArrayLike<number>): Vocabulary => ({
  buckets,
  scale,
  places: new Map(Array.from(buckets, (bucket, place) => [bucket, place])),
});

export interface HashedGram {
  readonly gram: string;
  readonly bucket: number;
  readonly count: number;
}

export interface HashedSection {
  readonly share: number;
  readonly grams: readonly HashedGram[];
}

/** A letter read once, for whatever is asked of it. */
export type HashedLetter = readonly HashedSection[];

/** A letter as numbers: places of the vocabulary, each once, and how much it weighs there. */
export interface WeighedLetter {
  readonly places: Uint32Array;
  readonly values: Float32Array;
}

/** A word written twice says more than once, not twice as much. */
const COUNT_POWER = 0.7;

/** FNV-1a with the finish of MurmurHash3: short grams reach every bucket. */
export function bucketOf(gram: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < gram.length; index += 1)
    hash = Math.imul(hash ^ gram.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % BUCKETS;
}

export const hashLetter = (letter: RoutedLetter): HashedLetter =>
  sectionsOf(letter).map(({ share, grams }) => ({
    share,
    grams: Array.from(grams, ([gram, count]) => ({ gram, bucket: bucketOf(gram), count })),
  }));

/** Each section gets its share of length, whatever its number of words. */
export function weighLetter(letter: HashedLetter, { places, scale }: Vocabulary): WeighedLetter {
  const weighed = new Map<number, number>();
  for (const { share, grams } of letter) {
    const values: [number, number][] = [];
    let squares = 0;
    for (const { bucket, count } of grams) {
      const place = places.get(bucket);
      if (place === undefined) continue;
      const value = count ** COUNT_POWER * (scale[place] ?? 0);
      squares += value * value;
      values.push([place, value]);
    }
    for (const [place, value] of values)
      weighed.set(place, (weighed.get(place) ?? 0) + (share * value) / Math.sqrt(squares));
  }
  return { places: Uint32Array.from(weighed.keys()), values: Float32Array.from(weighed.values()) };
}
