import { bucketOf, hashSections, weighSections, type HashedLetter } from './hashed-letter.ts';
import { sectionsOf, type RoutedLetter } from './letter-grams.ts';

/** What one class looks for: a weight for each bucket, and how readily it is chosen at all. */
export interface LearntClass {
  readonly name: string;
  /** How many letters it was learnt from. */
  readonly letters: number;
  readonly bias: number;
  readonly weights: ArrayLike<number>;
}

/** Learnt numbers that say what a letter is about. */
export interface LinearClassifier {
  /** Stored with every guess. */
  readonly version: string;
  readonly letters: number;
  /** How far scores must lie apart to be sure: it makes certainties of them. */
  readonly sharpness: number;
  /** How telling each bucket is; 0 for one that was never learnt. As long as there are buckets. */
  readonly scale: ArrayLike<number>;
  readonly classes: readonly LearntClass[];
}

/** A class and how likely it is, from 0 to 1; the likeliest first. */
export interface ClassGuess {
  readonly name: string;
  readonly letters: number;
  readonly certainty: number;
}

/** A letter with next to no known word in it is not guessed at: another language, or noise. */
const FEWEST_KNOWN = 4;
const MOST_WORDS = 4;

const dot = ({ buckets, values }: HashedLetter, weights: ArrayLike<number>): number => {
  let sum = 0;
  for (let index = 0; index < buckets.length; index += 1)
    sum += (weights[buckets[index] ?? 0] ?? 0) * (values[index] ?? 0);
  return sum;
};

export const scoreOf = (letter: HashedLetter, { bias, weights }: LearntClass): number =>
  bias + dot(letter, weights);

/** All classes, likeliest first. */
export function rankHashed(letter: HashedLetter, classifier: LinearClassifier): ClassGuess[] {
  const scores = classifier.classes.map((each) => classifier.sharpness * scoreOf(letter, each));
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return classifier.classes
    .map(({ name, letters }, index) => ({ name, letters, certainty: (powers[index] ?? 0) / sum }))
    .sort((one, other) => other.certainty - one.certainty);
}

/** What the letter may be about, likeliest first; nothing when too little of it is known. */
export function classify(letter: RoutedLetter, classifier: LinearClassifier): ClassGuess[] {
  const sections = hashSections(letter, classifier.scale.length);
  const hashed = weighSections(sections, classifier.scale);
  return hashed.buckets.length < FEWEST_KNOWN ? [] : rankHashed(hashed, classifier);
}

/** The words of the letter that spoke most for a class. A pair stands for the characters in it. */
export function tellingWords(letter: RoutedLetter, name: string, classifier: LinearClassifier): string[] {
  const found = classifier.classes.find((each) => each.name === name);
  if (!found) return [];
  const size = classifier.scale.length;
  const votes = new Map<string, number>();
  for (const { name: section, grams } of sectionsOf(letter)) {
    for (const [gram, count] of grams) {
      const bucket = bucketOf(section, gram, size);
      const vote = count * (classifier.scale[bucket] ?? 0) * (found.weights[bucket] ?? 0);
      votes.set(gram, (votes.get(gram) ?? 0) + vote);
    }
  }
  const words: string[] = [];
  const byVote = [...votes].sort(([, one], [, other]) => other - one);
  for (const [gram, vote] of byVote) {
    if (words.length === MOST_WORDS || vote <= 0) break;
    if ([...gram].length > 1 && !words.some((word) => overlap(word, gram))) words.push(gram);
  }
  return words;
}

/** 路灯 and 灯不 are one piece of a sentence. */
const overlap = (one: string, other: string): boolean => {
  const characters = new Set(one);
  return /\p{Script=Han}/u.test(other) && [...other].some((character) => characters.has(character));
};
