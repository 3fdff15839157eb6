import { ISSUES } from './issue-lexicon.ts';

/** Issue class (its row in the lexicon) → how much a text makes of it. */
export type Issues = ReadonlyMap<number, number>;

interface Entry {
  readonly word: string;
  readonly classes: readonly number[];
}

/** Words by their first character, the longest first. */
const ENTRIES: ReadonlyMap<string, readonly Entry[]> = (() => {
  const classes = new Map<string, number[]>();
  ISSUES.forEach(([, words], index) => {
    for (const word of words.split(' ')) classes.set(word, [...(classes.get(word) ?? []), index]);
  });
  const byStart = new Map<string, Entry[]>();
  for (const [word, of] of [...classes].sort(([a], [b]) => b.length - a.length))
    byStart.set(word.charAt(0), [...(byStart.get(word.charAt(0)) ?? []), { word, classes: of }]);
  return byStart;
})();

/** Mentions of each class in texts that count so many times each, as 1 + ln(mentions). */
export function issuesIn(texts: readonly (readonly [text: string, times: number])[]): Issues {
  const counts = new Map<number, number>();
  for (const [text, times] of texts) {
    for (let at = 0; at < text.length; at += 1) {
      const entry = ENTRIES.get(text.charAt(at))?.find(({ word }) => text.startsWith(word, at));
      for (const index of entry?.classes ?? []) counts.set(index, (counts.get(index) ?? 0) + times);
    }
  }
  for (const [index, count] of counts) counts.set(index, 1 + Math.log(count));
  return counts;
}

/** 0 where either text is of no known class. */
export function issueCosine(a: Issues, b: Issues): number {
  let product = 0;
  let squaresOfA = 0;
  let squaresOfB = 0;
  for (const [index, weight] of a) {
    squaresOfA += weight * weight;
    product += weight * (b.get(index) ?? 0);
  }
  for (const weight of b.values()) squaresOfB += weight * weight;
  return product === 0 ? 0 : product / Math.sqrt(squaresOfA * squaresOfB);
}

export const areIssuesApart = (a: Issues, b: Issues): boolean =>
  a.size > 0 && b.size > 0 && ![...a.keys()].some((index) => b.has(index));

/** Names of the classes two texts share, or that a text has. */
export const issueNames = (a: Issues, b: Issues = a): string[] =>
  [...a.keys()].filter((index) => b.has(index)).map((index) => ISSUES[index]?.[0] ?? '');
