import type { HashedLetter } from './hashed-letter.ts';
import { classify, type LinearClassifier } from './linear-classifier.ts';

/** What letters are about, at the first level of the national classification, with the names it has there. */
export const TOPIC_NAMES = {
  construction: '城乡建设',
  labour: '劳动和社会保障',
  education: '教育文体',
  commerce: '商贸旅游',
  health: '卫生计生',
  environment: '环境保护',
  transport: '交通运输',
} as const;
export type Topic = keyof typeof TOPIC_NAMES;

export const isTopic = (name: string): name is Topic => Object.hasOwn(TOPIC_NAMES, name);

export const topicNamed = (chinese: string): Topic | undefined =>
  Object.keys(TOPIC_NAMES)
    .filter(isTopic)
    .find((topic) => TOPIC_NAMES[topic] === chinese);

/** What a letter is taken to be about, as it was guessed when the letter came. */
export interface TopicGuess {
  readonly topic: Topic;
  /** From 0 to 1. */
  readonly certainty: number;
  readonly second: Topic;
  /** Version of the weights. */
  readonly weights: string;
}

/** Null when the weights know next to nothing of the letter's words. */
export function guessTopic(letter: HashedLetter, classifier: LinearClassifier): TopicGuess | null {
  const [first, second] = classify(letter, classifier);
  if (!first || !second || !isTopic(first.name) || !isTopic(second.name)) return null;
  const { name: topic, certainty } = first;
  return { topic, certainty, second: second.name, weights: classifier.version };
}
