import type { GramFrequencies } from './gram-frequencies.ts';
import { canonical } from './synonyms.ts';

/** The Han characters letters are written with; the rest of them, in names of old, are read as signs. */
const FIRST_HAN = 0x3400;
const LAST_HAN = 0x9fff;
const isHanCode = (code: number): boolean => code >= FIRST_HAN && code <= LAST_HAN;

export const isHan = (text: string): boolean => isHanCode(text.charCodeAt(0));

const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** Chinese is read by pairs of neighbouring characters, other scripts by words. */
export function gramsIn(text: string): string[] {
  const found: string[] = [];
  let otherSince = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (!isHanCode(text.charCodeAt(at))) continue;
    if (otherSince < at) addWords(text.slice(otherSince, at), found);
    otherSince = at + 1;
    if (isHanCode(text.charCodeAt(at + 1))) found.push(text.slice(at, at + 2));
  }
  if (otherSince < text.length) addWords(text.slice(otherSince), found);
  return found;
}

function addWords(text: string, into: string[]): void {
  // Most of what stands between Chinese characters is one sign.
  if (text.length === 1 && !/[\p{L}\p{N}]/u.test(text)) return;
  for (const [word] of text.matchAll(WORD)) into.push(word);
}

/** How telling a gram is in this town: natural logarithm of how many letters there are for each that holds it. */
export type Telling = (gram: string) => number;

/** One in all letters still tells a little; one never seen tells as much as one seen once. */
const LEAST_TELLING = 0.1;
/**
 * What a gram seen once among 4,000 letters tells: the scale weights are learnt on. In a young town unseen words tell as
 * much, and in a large one, where every name has many letters, no more.
 */
const MOST_TELLING = Math.log(2000);
/** Candidates for one letter share most of their grams. A pair is remembered in a slot of its own characters', until another needs the slot. */
const SLOTS = 1 << 17;
const MOST_WORDS = 20_000;

export function tellingBy(frequencies: GramFrequencies): Telling {
  const all = frequencies.letters + 1;
  const stretch = Math.max(1, MOST_TELLING / Math.log(all / 2));
  const reckon = (gram: string): number => {
    const holders = Math.max(frequencies.of(gram), 1) + 1;
    return LEAST_TELLING + Math.min(Math.max(Math.log(all / holders), 0) * stretch, MOST_TELLING);
  };
  const pairs = new Int32Array(SLOTS);
  const ofPairs = new Float64Array(SLOTS);
  const words = new Map<string, number>();
  return (gram) => {
    if (gram.length === 2 && isHan(gram)) {
      // Below 2^31, and never 0.
      const pair = ((gram.charCodeAt(0) - FIRST_HAN + 1) << 16) | gram.charCodeAt(1);
      const slot = (Math.imul(pair, 0x9e3779b1) >>> 15) % SLOTS;
      if (pairs[slot] !== pair) {
        pairs[slot] = pair;
        ofPairs[slot] = reckon(gram);
      }
      return ofPairs[slot] ?? 0;
    }
    const known = words.get(gram);
    if (known !== undefined) return known;
    if (words.size >= MOST_WORDS) words.clear();
    const telling = reckon(gram);
    words.set(gram, telling);
    return telling;
  };
}

/** Grams with their weight, and what the weights come to: as a vector's length, and in sum. */
export interface WeighedGrams {
  readonly weights: ReadonlyMap<string, number>;
  readonly length: number;
  readonly sum: number;
}

/** A gram weighs what it tells; second and later mentions add little. `keyOf` brings together what counts as one gram. */
export function weighGrams(
  grams: readonly string[],
  telling: Telling,
  keyOf: (gram: string) => string = stemOf,
): WeighedGrams {
  const weights = new Map<string, number>();
  const repeated = new Map<string, number>();
  for (const gram of grams) {
    const key = keyOf(gram);
    if (weights.has(key)) repeated.set(key, (repeated.get(key) ?? 1) + 1);
    else weights.set(key, telling(gram));
  }
  for (const [key, times] of repeated) weights.set(key, (weights.get(key) ?? 0) * (1 + Math.log(times)));
  return measured(weights);
}

/** Words that weigh alike: what they tell is not to depend on how many letters in their language a town has. */
export const weighAlike = (words: readonly string[]): WeighedGrams =>
  measured(new Map(words.map((word) => [word, 1])));

function measured(weights: ReadonlyMap<string, number>): WeighedGrams {
  let squares = 0;
  let sum = 0;
  for (const weight of weights.values()) {
    squares += weight * weight;
    sum += weight;
  }
  return { weights, length: Math.sqrt(squares), sum };
}

/** Pairs of characters as they are; English words without their commonest endings. */
export function stemOf(gram: string): string {
  if (isHan(gram)) return gram;
  const word = canonical(gram);
  return word.length < 4 ? word : word.replace(/(?:ies|ings?|ers?|ed|es|e|s|y)$/, '');
}

/** A pair whichever character comes first: names are often written with two characters swapped. */
export const unordered = (gram: string): string =>
  gram.length === 2 && gram.charAt(0) > gram.charAt(1) ? gram.charAt(1) + gram.charAt(0) : stemOf(gram);

export function cosine(a: WeighedGrams, b: WeighedGrams): number {
  if (a.length === 0 || b.length === 0) return 0;
  const [small, large] = a.weights.size <= b.weights.size ? [a, b] : [b, a];
  let product = 0;
  for (const [gram, weight] of small.weights) product += weight * (large.weights.get(gram) ?? 0);
  return product / (a.length * b.length);
}

/** Weight of those grams that stand in another text. */
export function weightIn(grams: WeighedGrams, other: { has(gram: string): boolean }): number {
  let weight = 0;
  for (const [gram, own] of grams.weights) if (other.has(gram)) weight += own;
  return weight;
}
