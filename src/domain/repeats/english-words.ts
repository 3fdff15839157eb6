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

/** Where what is asked for ends, and how, where and for whom begins. */
const AFTER_THE_HEAD =
  /\b(?:in|for|at|on|under|with|from|by|to|if|that|which|who|as|because|until|unless|during|when|where|now|after|before)\b/u;
/** What may stand before it. */
const BEFORE_THE_HEAD =
  /^.*?\b(?:call(?:s|ing)? (?:up)?on [\w ]+? (?:to|for)|petition (?:to|for)|i ask \w+ to|require [\w ]+? to|make it [\w ]+? (?:that|for|to)|nhs to)\b(?:.*?\b(?:should|must|ha(?:ve|s) to)\b)?|^.*?\b(?:should|must|ha(?:ve|s) to)\b(?: ha(?:ve|s) to\b)?|^to\b/u;

/** The thing asked for itself: "a referendum" of "hold a referendum on the harbour". */
export function englishHeadOf(title: string): string[] {
  for (const part of inPlainEnglish(title).replace(BEFORE_THE_HEAD, '').split(AFTER_THE_HEAD)) {
    const words = tellingWords(part);
    if (words.length > 0) return words;
  }
  return [];
}
