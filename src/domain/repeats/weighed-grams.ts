import type { GramFrequencies } from './gram-frequencies.ts';
import { canonical } from './synonyms.ts';

/** Runs of one script: Chinese is read by pairs of neighbouring characters, other scripts by words. */
const RUN = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}\p{M}])+/gu;
const HAN = /^\p{Script=Han}/u;

export const isHan = (text: string): boolean => HAN.test(text);

export function gramsIn(text: string): string[] {
  const found: string[] = [];
  for (const [run] of text.matchAll(RUN)) {
    if (!isHan(run)) found.push(run);
    else for (let i = 0; i + 1 < run.length; i += 1) found.push(run.slice(i, i + 2));
  }
  return found;
}

/** How telling a gram is in this town: natural logarithm of how many letters there are for each that holds it. */
export type Telling = (gram: string) => number;

/** One in all letters still tells a little; one never seen tells as much as one seen once. */
const LEAST_TELLING = 0.1;
/** Candidates for one letter share most of their grams. */
const MOST_REMEMBERED = 100_000;

export function tellingBy(frequencies: GramFrequencies): Telling {
  const remembered = new Map<string, number>();
  return (gram) => {
    const known = remembered.get(gram);
    if (known !== undefined) return known;
    const holders = Math.max(frequencies.of(gram), 1);
    const telling = Math.max(Math.log((frequencies.letters + 1) / (holders + 1)), 0) + LEAST_TELLING;
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(gram, telling);
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
  const times = new Map<string, number>();
  const tells = new Map<string, number>();
  for (const gram of grams) {
    const key = keyOf(gram);
    const before = times.get(key);
    times.set(key, (before ?? 0) + 1);
    if (before === undefined) tells.set(key, telling(gram));
  }
  let squares = 0;
  let sum = 0;
  for (const [key, count] of times) {
    const weight = (tells.get(key) ?? 0) * (1 + Math.log(count));
    tells.set(key, weight);
    squares += weight * weight;
    sum += weight;
  }
  return { weights: tells, length: Math.sqrt(squares), sum };
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
