import type { ComparedLetter } from './compared-letter.ts';
import { EVERYDAY_WORDS } from './everyday-words.ts';
import type { GramFrequencies } from './gram-frequencies.ts';
import { gramOf, gramsOf } from './grams.ts';

/** As if so many letters had been counted before the first, this many of them with each everyday word. */
const LETTERS_BEFORE = 100;
const EVERYDAY_BEFORE = 40;
const EVERYDAY = new Set(gramsOf(EVERYDAY_WORDS));

/** Grams that stand in a single letter are not kept: nearly all there are, and unknown says the same of them. */
const FEWEST = 2;
const BYTES_A_GRAM = 8;

/** In how many of the letters that were counted each gram stands. */
export class GramCounts implements GramFrequencies {
  readonly letters: number;
  /** Without the everyday ones: how many letters of the town were counted. */
  readonly counted: number;
  readonly #grams: Uint32Array;
  readonly #counts: Uint32Array;

  /** `grams` rising, `counts` beside them. */
  constructor(counted: number, grams: Uint32Array, counts: Uint32Array) {
    this.counted = counted;
    this.letters = counted + LETTERS_BEFORE;
    this.#grams = grams;
    this.#counts = counts;
  }

  of(gram: string): number {
    return this.ofGram(gramOf(gram));
  }

  ofGram(gram: number): number {
    const before = EVERYDAY.has(gram) ? EVERYDAY_BEFORE : 0;
    let low = 0;
    let high = this.#grams.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#grams[middle] ?? 0) < gram) low = middle + 1;
      else high = middle;
    }
    return before + (this.#grams[low] === gram ? (this.#counts[low] ?? 0) : 0);
  }

  packed(): Uint8Array {
    const bytes = new Uint8Array(this.#grams.length * BYTES_A_GRAM);
    const view = new DataView(bytes.buffer);
    this.#grams.forEach((gram, i) => {
      view.setUint32(i * BYTES_A_GRAM, gram);
      view.setUint32(i * BYTES_A_GRAM + 4, this.#counts[i] ?? 0);
    });
    return bytes;
  }

  static unpacked(counted: number, bytes: Uint8Array): GramCounts {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const size = Math.floor(bytes.byteLength / BYTES_A_GRAM);
    const grams = new Uint32Array(size);
    const counts = new Uint32Array(size);
    for (let i = 0; i < size; i += 1) {
      grams[i] = view.getUint32(i * BYTES_A_GRAM);
      counts[i] = view.getUint32(i * BYTES_A_GRAM + 4);
    }
    return new GramCounts(counted, grams, counts);
  }
}

/** Of a town whose letters were never counted. */
export const NOTHING_COUNTED = new GramCounts(0, new Uint32Array(), new Uint32Array());

/** Counts letters one by one. */
export class GramCounter {
  #letters = 0;
  readonly #counts = new Map<number, number>();

  add({ title, body, place }: ComparedLetter): void {
    this.#letters += 1;
    for (const gram of new Set(gramsOf(`${title}\n${place}\n${body}`)))
      this.#counts.set(gram, (this.#counts.get(gram) ?? 0) + 1);
  }

  get letters(): number {
    return this.#letters;
  }

  counts(): GramCounts {
    const kept = [...this.#counts].filter(([, count]) => count >= FEWEST).sort(([a], [b]) => a - b);
    return new GramCounts(
      this.#letters,
      Uint32Array.from(kept, ([gram]) => gram),
      Uint32Array.from(kept, ([, count]) => count),
    );
  }
}
