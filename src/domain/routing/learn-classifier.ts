import { hashLetter, weighLetter, type WeighedLetter } from './hashed-letter.ts';
import type { RoutedLetter } from './letter-grams.ts';
import type { LearntClass, LinearClassifier } from './linear-classifier.ts';
import { seededShuffle } from './seeded-order.ts';
import { tellingVocabulary, type Example } from './telling-vocabulary.ts';

/** A letter whose class is known: its topic, or the unit that dealt with it. */
export interface KnownLetter extends RoutedLetter {
  readonly name: string;
}

export interface LearningOptions {
  readonly version: string;
  /** The order in which letters are gone through is drawn from it. */
  readonly seed: number;
}

/** How much a letter on the wrong side costs, beside large weights. */
const COST = 0.2;
const MOST_ROUNDS = 20;
/** No weight moves by more than this any longer: learnt. */
const STILL = 0.05;

/**
 * Learns a linear support vector machine for each class against all others. It stops after each round, so that a program
 * that serves people can do so in between; the classifier is what it returns.
 */
export function* learnInRounds(
  letters: readonly KnownLetter[],
  { version, seed }: LearningOptions,
): Generator<void, LinearClassifier> {
  const names = [...new Set(letters.map(({ name }) => name))].sort();
  const examples: Example[] = [];
  for (const letter of letters) {
    examples.push({ letter: hashLetter(letter), of: names.indexOf(letter.name) });
    if (examples.length % 500 === 0) yield;
  }
  const { vocabulary, freedoms } = yield* tellingVocabulary(examples, names.length);
  yield;
  const weighed = examples.map(({ letter }) => weighLetter(letter, vocabulary));
  const classes: LearntClass[] = [];
  for (const [index, name] of names.entries()) {
    const isOurs = examples.map(({ of }) => of === index);
    const freedom = freedoms[index] ?? new Float32Array();
    const { bias, weights } = yield* learnOne(weighed, isOurs, freedom, seed + index);
    classes.push({ name, letters: isOurs.filter(Boolean).length, bias, weights });
  }
  return { version, vocabulary, classes };
}

export function learnClassifier(letters: readonly KnownLetter[], options: LearningOptions): LinearClassifier {
  const rounds = learnInRounds(letters, options);
  for (;;) {
    const round = rounds.next();
    if (round.done) return round.value;
  }
}

/**
 * Squared hinge loss by dual coordinate descent (Hsieh and others, 2008): one pass over the letters is one round. To scale
 * a letter's values by the class's own ratios, as NB-SVM does, and then its weights, so that they fit letters that are
 * not scaled, comes to multiplying each step by the square of the ratio: its freedom.
 */
function* learnOne(
  letters: readonly WeighedLetter[],
  isOurs: readonly boolean[],
  freedom: Float32Array,
  seed: number,
): Generator<void, { bias: number; weights: Float32Array }> {
  const ours = isOurs.filter(Boolean).length;
  // A small class is worth its letters, else the large ones take them.
  const costOfOurs = COST * Math.sqrt((letters.length - ours) / ours);
  const weights = new Float32Array(freedom.length);
  let bias = 0;
  const alphas = new Float64Array(letters.length);
  const lengths = letters.map(({ places, values }) =>
    values.reduce((sum, value, at) => sum + (freedom[places[at] ?? 0] ?? 0) * value * value, 1),
  );
  const order = [...letters.keys()];
  const shuffle = seededShuffle(seed);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    shuffle(order);
    let largest = 0;
    for (const index of order) {
      const letter = letters[index];
      if (!letter) continue;
      const { places, values } = letter;
      const side = isOurs[index] ? 1 : -1;
      const give = 0.5 / (side === 1 ? costOfOurs : COST);
      const alpha = alphas[index] ?? 0;
      let score = bias;
      for (let at = 0; at < places.length; at += 1)
        score += (weights[places[at] ?? 0] ?? 0) * (values[at] ?? 0);
      const gradient = side * score - 1 + give * alpha;
      const pull = alpha === 0 ? Math.min(gradient, 0) : gradient;
      if (pull === 0) continue;
      largest = Math.max(largest, Math.abs(pull));
      const moved = Math.max(0, alpha - gradient / ((lengths[index] ?? 1) + give));
      const step = (moved - alpha) * side;
      alphas[index] = moved;
      bias += step;
      for (let at = 0; at < places.length; at += 1) {
        const place = places[at] ?? 0;
        weights[place] = (weights[place] ?? 0) + step * (freedom[place] ?? 0) * (values[at] ?? 0);
      }
    }
    yield;
    if (largest < STILL) break;
  }
  return { bias, weights };
}
