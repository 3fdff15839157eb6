import type { ComparedLetter } from './compared-letter.ts';
import type { GramCounts } from './gram-counts.ts';
import { gramsOf } from './grams.ts';

/** The telling grams of a letter, the heaviest first, with their weights as bytes. */
export interface LetterGrams {
  readonly grams: Uint32Array;
  readonly weights: Uint8Array;
}

/** A gram in the title weighs as if it stood three times in the body: people put the matter there. */
const IN_TITLE = 3;
const IN_PLACE = 2;
/** The second time a gram stands in a letter says less than the first. */
const REPETITION = 0.7;
const LEAST_RARITY = 0.01;

/** Of the letters that are found. Half as many find nearly as well; more cost memory and find no better. */
const KEPT = 32;
/** Of the letter that is searched for: it is weighed once, not a million times. */
const SEARCHED = 64;

export const letterGrams = (letter: ComparedLetter, frequencies: GramCounts): LetterGrams =>
  heaviest(letter, frequencies, KEPT);

export const searchedGrams = (letter: ComparedLetter, frequencies: GramCounts): LetterGrams =>
  heaviest(letter, frequencies, SEARCHED);

/** All weights of a letter make a vector of length 1, so that two letters are as alike as their vectors' product. */
function heaviest(letter: ComparedLetter, frequencies: GramCounts, most: number): LetterGrams {
  const times = new Map<number, number>();
  for (const [text, weight] of [
    [letter.title, IN_TITLE],
    [letter.place, IN_PLACE],
    [letter.body, 1],
  ] as const)
    for (const gram of gramsOf(text)) times.set(gram, (times.get(gram) ?? 0) + weight);

  const weighed: { gram: number; weight: number }[] = [];
  let squares = 0;
  for (const [gram, count] of times) {
    const rarity = Math.log((frequencies.letters + 1) / (frequencies.ofGram(gram) + 1));
    const weight = count ** REPETITION * Math.max(rarity, LEAST_RARITY);
    squares += weight * weight;
    weighed.push({ gram, weight });
  }
  // Of equal weights the same ones are kept in every letter.
  weighed.sort((a, b) => b.weight - a.weight || a.gram - b.gram);
  const kept = weighed.slice(0, most);
  const length = Math.sqrt(squares);
  return {
    grams: Uint32Array.from(kept, ({ gram }) => gram),
    weights: Uint8Array.from(kept, ({ weight }) => byteOf(weight / length)),
  };
}

/** Most weights are small: as roots they keep their differences in eight bits. */
const byteOf = (weight: number): number => Math.max(1, Math.round(Math.sqrt(Math.min(weight, 1)) * 255));

/** The weight each byte stands for. */
export const WEIGHTS: Float32Array = Float32Array.from({ length: 256 }, (_, byte) => (byte / 255) ** 2);

const BYTES_A_GRAM = 5;

/** As they are stored: each gram's four bytes and its weight's. */
export function packGrams({ grams, weights }: LetterGrams): Uint8Array {
  const bytes = new Uint8Array(grams.length * BYTES_A_GRAM);
  const view = new DataView(bytes.buffer);
  grams.forEach((gram, i) => {
    view.setUint32(i * BYTES_A_GRAM, gram);
    view.setUint8(i * BYTES_A_GRAM + 4, weights[i] ?? 0);
  });
  return bytes;
}

export function unpackGrams(bytes: Uint8Array): LetterGrams {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = Math.floor(bytes.byteLength / BYTES_A_GRAM);
  const grams = new Uint32Array(size);
  const weights = new Uint8Array(size);
  for (let i = 0; i < size; i += 1) {
    grams[i] = view.getUint32(i * BYTES_A_GRAM);
    weights[i] = view.getUint8(i * BYTES_A_GRAM + 4);
  }
  return { grams, weights };
}
