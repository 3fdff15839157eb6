import { EVERYDAY_WORDS } from './everyday-words.ts';
import { withoutAsides } from './english-asides.ts';
import { ENGLISH_PHRASES, ENGLISH_SYNONYMS, PLAIN_ENGLISH } from './english-lexicon.ts';

const SHORTEST_STEM = 3;
const ENDINGS = ['ation', 'ment', 'ing', 'ion', 'er', 'ed', 'ly', 'e'];

/** An English word without its ending: enough for sentence, sentences and sentencing to be one. */
export function englishStem(word: string): string {
  const one = word.replace(/(?<=..)ies$/u, 'y').replace(/(?<=..[^s])s$/u, '');
  const ending = ENDINGS.find((end) => one.endsWith(end) && one.length - end.length >= SHORTEST_STEM);
  return ending === undefined ? one : one.slice(0, -ending.length);
}

const wordsIn = (text: string): string[] => text.match(/[\p{L}\p{M}]+|\d+/gu) ?? [];

const PLAIN = new Set([...wordsIn(PLAIN_ENGLISH), ...wordsIn(EVERYDAY_WORDS)].map(englishStem));
const ONE_FOR_ALL: ReadonlyMap<string, string> = new Map(
  ENGLISH_SYNONYMS.flatMap((group) => {
    const [first = '', ...others] = group.split(' ').map(englishStem);
    return others.map((other) => [other, first] as const);
  }),
);

/** Of a text in plain English: words without plain ones, endings and numbers; one for all that mean the same. */
const tellingWords = (text: string): string[] =>
  wordsIn(text).flatMap((word) => {
    const stem = englishStem(word);
    return word.length < 2 || /\d/u.test(word) || PLAIN.has(stem) ? [] : [ONE_FOR_ALL.get(stem) ?? stem];
  });

/** A folded title with one word for what some say in several, and without what is not asked for. */
export const inPlainEnglish = (title: string): string =>
  ENGLISH_PHRASES.reduce(
    (text, [phrase, word]) => text.replace(phrase, ` ${word} `),
    withoutAsides(title),
  ).replace(/['’]s\b/gu, '');

/** What a folded English title is about. */
export const englishWordsIn = (title: string): string[] => tellingWords(inPlainEnglish(title));
