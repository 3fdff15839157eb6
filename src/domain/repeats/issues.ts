import { ISSUES } from './issue-lexicon.ts';

/** Issue class (its place in the lexicon) → how much a text makes of it. */
export type Issues = ReadonlyMap<number, number>;

/** The words of all classes in one pattern, longest first, so that a text is read once. */
const CLASSES_OF = new Map<string, number[]>();
ISSUES.forEach(([, words], index) => {
  for (const word of words.split(' ')) CLASSES_OF.set(word, [...(CLASSES_OF.get(word) ?? []), index]);
});
const BY_START = new Map<string, string[]>();
for (const word of [...CLASSES_OF.keys()].sort((a, b) => b.length - a.length)) {
  const start = word.slice(0, 1);
  BY_START.set(start, [...(BY_START.get(start) ?? []), word]);
}

/** Occurrences of each class's words; a longer word hides the shorter ones it begins with. */
export function issueCounts(text: string, times = 1, into = new Map<number, number>()): Map<number, number> {
  for (let at = 0; at < text.length;) {
    const word = BY_START.get(text.charAt(at))?.find((candidate) => text.startsWith(candidate, at));
    if (word === undefined) {
      at += 1;
      continue;
    }
    for (const index of CLASSES_OF.get(word) ?? []) into.set(index, (into.get(index) ?? 0) + times);
    at += 1;
  }
  return into;
}

export function issueCosine(a: Issues, b: Issues): number {
  let dot = 0;
  let ofA = 0;
  let ofB = 0;
  for (const [index, weight] of a) {
    ofA += weight * weight;
    dot += weight * (b.get(index) ?? 0);
  }
  for (const weight of b.values()) ofB += weight * weight;
  return ofA === 0 || ofB === 0 ? 0 : dot / Math.sqrt(ofA * ofB);
}

export const issuesShared = (a: Issues, b: Issues): number[] => [...a.keys()].filter((index) => b.has(index));
export const issueName = (index: number): string => ISSUES[index]?.[0] ?? '';
