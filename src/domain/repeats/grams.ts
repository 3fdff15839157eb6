const RUN = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}\p{M}])+/gu;
const HAN = /^\p{Script=Han}/u;

/**
 * What a folded text is found by: each pair of neighbouring Han characters, and each whole word of another script, as a
 * number below 2^31. Two that share a number are so rare that they only cost a little order.
 */
export function gramsOf(text: string): number[] {
  const grams: number[] = [];
  for (const [run] of text.matchAll(RUN)) {
    if (HAN.test(run)) addPairs(run, grams);
    else grams.push(wordGram(run));
  }
  return grams;
}

/** Of one pair of characters or one word, as it stands in a folded text. */
export function gramOf(text: string): number {
  const [first = '', second = ''] = text;
  return HAN.test(text) && text.length === first.length + second.length
    ? pairGram(codeOf(first), codeOf(second))
    : wordGram(text);
}

function addPairs(run: string, into: number[]): void {
  let before = 0;
  for (const character of run) {
    const code = codeOf(character);
    if (before !== 0) into.push(pairGram(before, code));
    before = code;
  }
}

const codeOf = (character: string): number => character.codePointAt(0) ?? 0;

/** Whichever comes first: names are often written with two characters swapped, by mistake or to get past a filter. */
const pairGram = (a: number, b: number): number => mixed(Math.min(a, b) * 0x110000 + Math.max(a, b));

function wordGram(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i += 1) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return finished(hash);
}

const mixed = (pair: number): number =>
  finished(Math.imul(pair | 0, 0x9e3779b1) ^ Math.imul((pair / 0x100000000) | 0, 0x85ebca6b));

/** Spreads the bits (the end of MurmurHash3), and leaves 31 of them: numbers that JavaScript keeps without a box. */
function finished(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 1;
}
