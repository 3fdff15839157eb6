import { sectionsOf, type LetterSection, type RoutedLetter } from './letter-grams.ts';

/** Grams are hashed, so that what was learnt is numbers and holds no word of the letters it was learnt from. */
export const BUCKETS = 2 ** 18;

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

/** A section as counts of buckets. */
export interface HashedSection {
  readonly share: number;
  readonly counts: ReadonlyMap<number, number>;
}

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

export const hashSections = (letter: RoutedLetter): HashedSection[] => sectionsOf(letter).map(hashSection);

function hashSection({ share, grams }: LetterSection): HashedSection {
  const counts = new Map<number, number>();
  for (const [gram, count] of grams) {
    const bucket = bucketOf(gram);
    counts.set(bucket, (counts.get(bucket) ?? 0) + count);
  }
  return { share, counts };
}

/** Each section gets its share of length, whatever its number of words. */
export function weighSections(
  sections: readonly HashedSection[],
  { places, scale }: Vocabulary,
): WeighedLetter {
  const weighed = new Map<number, number>();
  for (const { share, counts } of sections) {
    const values: [number, number][] = [];
    let squares = 0;
    for (const [bucket, count] of counts) {
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
