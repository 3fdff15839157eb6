import { vocabularyOf, type HashedLetter, type Vocabulary } from './hashed-letter.ts';

/** A letter whose class is known, by its place among the classes. */
export interface Example {
  readonly letter: HashedLetter;
  readonly of: number;
}

/** Added to what was counted, so that a word seen once in one class proves nothing. */
const DOUBT = 0.03;
/** What a word weighs that all classes use alike. */
const FLOOR = 0.2;
const FEWEST_LETTERS = 2;
/** More cost room and bring nothing: with 24,000 of 77,000 the topics are told as well as with all of them, or better. */
const MOST_BUCKETS = 24_000;

export interface TellingVocabulary {
  readonly vocabulary: Vocabulary;
  /** For each class, how freely its weight at each place may grow; 1 on average. */
  readonly freedoms: readonly Float32Array[];
}

/**
 * The buckets worth weighing and how telling each is: rare in letters at large, and used by some classes more than by
 * others. That is the log of the ratio of use inside and outside a class, as in NB-SVM (Wang and Manning, 2012), here
 * averaged over the classes, so that one scale serves them all. What a class's own ratio says beside the average is left
 * to its learning, as the freedom of its weights. Like learning, it stops between its passes over the letters.
 */
export function* tellingVocabulary(
  examples: readonly Example[],
  classes: number,
): Generator<void, TellingVocabulary> {
  const words = wordsOf(examples);
  yield;
  const ratiosOf = ratiosBy(examples, [...words.keys()], classes);
  yield;
  const telling = Array.from(words, ([bucket, within]) => {
    const ratios = ratiosOf(bucket);
    const average = Math.sqrt(ratios.reduce((sum, ratio) => sum + ratio ** 2, 0) / classes);
    const rarity = 1 + Math.log((1 + examples.length) / (1 + within));
    return { bucket, average, scale: rarity * tells(average), use: average ** 2 * within };
  });
  const kept = telling
    .sort((one, other) => other.use - one.use || one.bucket - other.bucket)
    .slice(0, MOST_BUCKETS)
    .sort((one, other) => one.bucket - other.bucket);
  const freedoms = Array.from({ length: classes }, () => new Float32Array(kept.length));
  for (const [place, { bucket, average }] of kept.entries()) {
    const ratios = ratiosOf(bucket);
    for (const [index, freedom] of freedoms.entries())
      freedom[place] = (tells(ratios[index] ?? 0) / tells(average)) ** 2;
  }
  return {
    vocabulary: vocabularyOf(
      Uint32Array.from(kept, ({ bucket }) => bucket),
      Float32Array.from(kept, ({ scale }) => scale),
    ),
    freedoms: freedoms.map(onAverageOne),
  };
}

const tells = (ratio: number): number => FLOOR + Math.sqrt(Math.abs(ratio));

function onAverageOne(numbers: Float32Array): Float32Array {
  const mean = numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
  return numbers.map((each) => each / mean);
}

/** The buckets of more than one letter, and in how many letters each is. */
function wordsOf(examples: readonly Example[]): Map<number, number> {
  const within = new Map<number, number>();
  for (const { letter } of examples)
    for (const bucket of new Set(letter.flatMap(({ grams }) => grams.map((gram) => gram.bucket))))
      within.set(bucket, (within.get(bucket) ?? 0) + 1);
  return new Map([...within].filter(([, letters]) => letters >= FEWEST_LETTERS));
}

/** For a bucket, the log of how much more each class uses it than the others do. */
function ratiosBy(
  examples: readonly Example[],
  words: readonly number[],
  classes: number,
): (bucket: number) => number[] {
  const places = new Map(words.map((bucket, place) => [bucket, place]));
  const used = Array.from({ length: classes }, () => new Float32Array(words.length));
  const sums = new Float64Array(classes);
  for (const { letter, of } of examples) {
    for (const [bucket, use] of useIn(letter)) {
      sums[of] = (sums[of] ?? 0) + use;
      const place = places.get(bucket);
      const own = used[of];
      if (own && place !== undefined) own[place] = (own[place] ?? 0) + use;
    }
  }
  const all = sums.reduce((sum, each) => sum + each, 0);
  const doubts = DOUBT * words.length;
  return (bucket) => {
    const place = places.get(bucket) ?? 0;
    const total = used.reduce((sum, own) => sum + (own[place] ?? 0), 0);
    return used.map((own, index) => {
      const mine = own[place] ?? 0;
      const ours = sums[index] ?? 0;
      return Math.log((mine + DOUBT) / (ours + doubts) / ((total - mine + DOUBT) / (all - ours + doubts)));
    });
  };
}

/** How much a letter uses each bucket; a letter as a whole uses the same, however long it is. */
function useIn(letter: HashedLetter): Map<number, number> {
  const use = new Map<number, number>();
  for (const { grams } of letter) {
    const length = grams.reduce((sum, { count }) => sum + count, 0);
    for (const { bucket, count } of grams)
      use.set(bucket, (use.get(bucket) ?? 0) + Math.sqrt(count / length));
  }
  return use;
}
