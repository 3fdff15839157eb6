import type { GramFrequencies } from './gram-frequencies.ts';

/** Grams of a text with their weight: how telling each is in this town, times how much the text makes of it. */
export interface Grams {
  readonly weights: ReadonlyMap<string, number>;
  /** Euclidean length of the weights. */
  readonly length: number;
}

/** Runs of one script: Chinese is read by pairs of characters, other scripts by words. */
const RUNS = /\p{Script=Han}+|[\p{L}\p{N}]+?(?=\p{Script=Han}|[^\p{L}\p{N}]|$)/gu;

export function gramsIn(text: string): string[] {
  const found: string[] = [];
  for (const [run] of text.matchAll(RUNS)) {
    if (isHan(run)) for (let i = 0; i + 1 < run.length; i += 1) found.push(run.slice(i, i + 2));
    else found.push(run);
  }
  return found;
}

export const isHan = (text: string): boolean => {
  const code = text.charCodeAt(0);
  return code >= 0x3400 && code <= 0x9fff;
};

/** Natural logarithm of how many letters there are for each that holds the gram; a gram never seen is as telling as one seen once. */
export const telling = (gram: string, frequencies: GramFrequencies): number =>
  Math.log((frequencies.letters + 1) / (Math.max(frequencies.of(gram), 1) + 1)) + 0.1;

/** Second and later mentions add little: 1 + ln(count). */
export function weighGrams(counted: ReadonlyMap<string, number>, frequencies: GramFrequencies): Grams {
  const weights = new Map<string, number>();
  let sum = 0;
  for (const [gram, count] of counted) {
    const weight = telling(gram, frequencies) * (1 + Math.log(count));
    weights.set(gram, weight);
    sum += weight * weight;
  }
  return { weights, length: Math.sqrt(sum) };
}

export function countGrams(
  grams: readonly string[],
  times = 1,
  into = new Map<string, number>(),
): Map<string, number> {
  for (const gram of grams) into.set(gram, (into.get(gram) ?? 0) + times);
  return into;
}

export function cosine(a: Grams, b: Grams): number {
  if (a.length === 0 || b.length === 0) return 0;
  const [small, large] = a.weights.size <= b.weights.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [gram, weight] of small.weights) sum += weight * (large.weights.get(gram) ?? 0);
  return sum / (a.length * b.length);
}
