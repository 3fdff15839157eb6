import { hashLetter } from './hashed-letter.ts';
import { classify, type LinearClassifier } from './linear-classifier.ts';
import { learnClassifier, type KnownLetter, type LearningOptions } from './learn-classifier.ts';
import { seededShuffle } from './seeded-order.ts';

/** How well a classifier says what people said. */
export interface ClassifierScore {
  readonly accuracy: number;
  /** F1 of each class, averaged: a small class counts like a large one. */
  readonly macroF1: number;
  /** Share of letters whose class is the first or the second guess. */
  readonly top2: number;
}

interface Guessed {
  readonly name: string;
  /** Likeliest first. */
  readonly guesses: readonly string[];
}

export function scoreGuesses(guessed: readonly Guessed[]): ClassifierScore {
  const share = (isRight: (each: Guessed) => boolean): number =>
    guessed.length === 0 ? 0 : guessed.filter(isRight).length / guessed.length;
  const names = [...new Set(guessed.flatMap(({ name, guesses }) => [name, ...guesses.slice(0, 1)]))];
  const f1s = names.map((name) => {
    const right = guessed.filter((each) => each.name === name && each.guesses[0] === name).length;
    const said = guessed.filter(({ guesses }) => guesses[0] === name).length;
    const are = guessed.filter((each) => each.name === name).length;
    return (2 * right) / (said + are);
  });
  return {
    accuracy: share(({ name, guesses }) => guesses[0] === name),
    macroF1: f1s.length === 0 ? 0 : f1s.reduce((sum, f1) => sum + f1, 0) / f1s.length,
    top2: share(({ name, guesses }) => guesses.slice(0, 2).includes(name)),
  };
}

const guess = (letter: KnownLetter, classifier: LinearClassifier): Guessed => ({
  name: letter.name,
  guesses: classify(hashLetter(letter), classifier).map(({ name }) => name),
});

export const scoreClassifier = (
  letters: readonly KnownLetter[],
  classifier: LinearClassifier,
): ClassifierScore => scoreGuesses(letters.map((letter) => guess(letter, classifier)));

/** Each letter is guessed once, by a classifier that was learnt without it. */
export function crossValidate(
  letters: readonly KnownLetter[],
  folds: number,
  options: LearningOptions,
): ClassifierScore {
  const names = [...new Set(letters.map(({ name }) => name))].sort();
  const order = [...letters.keys()];
  seededShuffle(options.seed)(order);
  // Class by class in turn, so that each fold has its share of each.
  const classOf = (index: number): number => names.indexOf(letters[index]?.name ?? '');
  order.sort((one, other) => classOf(one) - classOf(other));
  const foldOf = new Map(order.map((letter, place) => [letter, place % folds]));
  const guessed: Guessed[] = [];
  for (let fold = 0; fold < folds; fold += 1) {
    const learnt = learnClassifier(
      letters.filter((_, index) => foldOf.get(index) !== fold),
      options,
    );
    guessed.push(
      ...letters.filter((_, index) => foldOf.get(index) === fold).map((letter) => guess(letter, learnt)),
    );
  }
  return scoreGuesses(guessed);
}
