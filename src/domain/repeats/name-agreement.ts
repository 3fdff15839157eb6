import type { LetterTraits, Name } from './letter-traits.ts';

/** Two names are compared when one has at least so many characters: shorter ones are alike by chance. */
const SHORTEST_COMPARED = 3;
/** Beyond it a name is not more telling: copied sentences would drown everything. */
const MOST_TELLING = 25;
/** What the pairs of a title's names tell, summed: from here on it plainly names something. */
export const NAMED = 8;
/** Less of the one's names than this in the other, and they name other things. */
const LEAST_FOUND = 0.3;
/** For two titles that name nothing: between having and not having found something. */
const NOTHING_TO_FIND = 0.3;

/** How alike the two most alike names of the titles are, as multisets: swapped characters make no difference. */
export function mostAlikeName(a: readonly Name[], b: readonly Name[]): number {
  let most = 0;
  for (const one of a)
    for (const other of b)
      if (Math.max(one.text.length, other.text.length) >= SHORTEST_COMPARED)
        most = Math.max(most, sameCharacters(one.text, other.text));
  return most;
}

/** Dice's measure over multisets of characters. */
function sameCharacters(a: string, b: string): number {
  const left = b.split('');
  let common = 0;
  for (const character of a) {
    const at = left.indexOf(character);
    if (at < 0) continue;
    left.splice(at, 1);
    common += 1;
  }
  return (2 * common) / (a.length + b.length);
}

/** Share of one title's names, by what their pairs tell, that stands anywhere in the other letter. */
export function namesFound(a: LetterTraits, b: LetterTraits): number {
  if (a.namesTell === 0) return 0;
  let found = 0;
  for (const { pairs } of a.names) for (const [pair, tells] of pairs) if (b.pairs.has(pair)) found += tells;
  return found / a.namesTell;
}

/** The mean of both ways; a title that names nothing has no say. */
export function namesFoundMutually(a: LetterTraits, b: LetterTraits): number {
  if (a.namesTell === 0 && b.namesTell === 0) return NOTHING_TO_FIND;
  if (a.namesTell === 0) return namesFound(b, a);
  if (b.namesTell === 0) return namesFound(a, b);
  return (namesFound(a, b) + namesFound(b, a)) / 2;
}

/** The most telling piece of a name in one title that stands in a name anywhere in the other letter. */
export const longestNameShared = (a: LetterTraits, b: LetterTraits): number =>
  Math.max(longestIn(a.names, b), longestIn(b.names, a));

function longestIn(names: readonly Name[], other: LetterTraits): number {
  let longest = 0;
  for (const { pairs } of names) {
    let run = 0;
    for (const [pair, tells] of pairs) {
      // What tells little may continue a name but does not make one.
      run = other.namePairs.has(pair) ? run + Math.max(tells - 1, 0) : 0;
      longest = Math.max(longest, run);
    }
  }
  return Math.min(longest, MOST_TELLING);
}

/** Both titles name something, and neither names what the other does. */
export const areNamesApart = (a: LetterTraits, b: LetterTraits): boolean =>
  a.namesTell > NAMED &&
  b.namesTell > NAMED &&
  Math.max(namesFound(a, b), namesFound(b, a), mostAlikeName(a.names, b.names)) < LEAST_FOUND;

/** Names of one title that stand in the other letter, for a clerk to read. */
export const namesInCommon = (a: LetterTraits, b: LetterTraits): string[] => [
  ...new Set([
    ...a.names.filter(({ text }) => b.text.includes(text)).map(({ text }) => text),
    ...b.names.filter(({ text }) => a.text.includes(text)).map(({ text }) => text),
  ]),
];

export const namesOf = (...letters: readonly LetterTraits[]): string[] =>
  letters.flatMap(({ names }) => names.map(({ text }) => text));
