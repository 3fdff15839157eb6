import { COMMON_WORDS, PARTICLES } from './common-words.ts';
import { ISSUES } from './issue-lexicon.ts';

/** Words that are no part of a name, by their first character, the longest first. */
const byStart = (words: readonly string[]): Map<string, string[]> => {
  const found = new Map<string, string[]>();
  for (const word of new Set(words))
    if (word.length > 1) found.set(word.charAt(0), [...(found.get(word.charAt(0)) ?? []), word]);
  for (const same of found.values()) same.sort((a, b) => b.length - a.length);
  return found;
};
const COMMON = byStart(COMMON_WORDS);
const KNOWN = byStart([...COMMON_WORDS, ...ISSUES.flatMap(([, words]) => words.split(' '))]);

/** Provinces, towns and districts stand before everything alike; they are compared as districts. */
const ADMINISTRATIVE = /[a-z]\d*[省市区县]+|\p{Script=Han}{2,3}省/gu;
const DATES = /(?:19|20)?\d\d年|\d+月(?:份)?|\d+[日天岁元万多人名个次点分套户亩米吨]+/gu;
const SHORTEST = 2;

/** Runs of a title that no known word explains: names of places, estates, firms, schools, roads. */
export function namesIn(title: string): string[] {
  const names: string[] = [];
  for (const [run] of title
    .replace(ADMINISTRATIVE, ' ')
    .replace(DATES, ' ')
    .matchAll(/[\p{Script=Han}a-z0-9]+/gu)) {
    let name = '';
    for (let at = 0; at < run.length;) {
      const char = run.charAt(at);
      const length =
        KNOWN.get(char)?.find((word) => run.startsWith(word, at))?.length ??
        (PARTICLES.includes(char) ? 1 : 0);
      if (length > 0) {
        if (isName(name)) names.push(name);
        name = '';
      } else name += char;
      at += Math.max(length, 1);
    }
    if (isName(name)) names.push(name);
  }
  return names;
}

/** A bare number is none. */
const isName = (run: string): boolean => run.length >= SHORTEST && !/^\d+$/.test(run);

/** A title without the words any letter may hold: its subject and its problem. */
export function coreOf(title: string): string {
  let core = '';
  for (let at = 0; at < title.length;) {
    const char = title.charAt(at);
    const length =
      COMMON.get(char)?.find((word) => title.startsWith(word, at))?.length ??
      (PARTICLES.includes(char) ? 1 : 0);
    core += length > 0 ? ' ' : char;
    at += Math.max(length, 1);
  }
  return core;
}
