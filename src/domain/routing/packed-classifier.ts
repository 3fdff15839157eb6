import { vocabularyOf } from './hashed-letter.ts';
import type { LearntClass, LinearClassifier } from './linear-classifier.ts';

/** A classifier as it is kept: a byte a number, with the step they are multiples of. Bytes are written in base64. */
export interface PackedClassifier {
  readonly version: string;
  /** From one bucket to the next, seven bits a byte. */
  readonly buckets: string;
  readonly scale: PackedNumbers;
  readonly classes: readonly (Omit<LearntClass, 'weights'> & { readonly weights: PackedNumbers })[];
}

export interface PackedNumbers {
  readonly step: number;
  readonly bytes: string;
}

export const packClassifier = ({ version, vocabulary, classes }: LinearClassifier): PackedClassifier => ({
  version,
  buckets: toBase64(stepsBetween(vocabulary.buckets)),
  scale: packNumbers(vocabulary.scale),
  classes: classes.map((each) => ({ ...each, weights: packNumbers(each.weights) })),
});

export const unpackClassifier = ({
  version,
  buckets,
  scale,
  classes,
}: PackedClassifier): LinearClassifier => ({
  version,
  vocabulary: vocabularyOf(Uint32Array.from(sumsOf(fromBase64(buckets))), unpackNumbers(scale)),
  classes: classes.map((each) => ({ ...each, weights: unpackNumbers(each.weights) })),
});

/** The largest becomes 127, so that what matters most is kept best. */
function packNumbers(numbers: ArrayLike<number>): PackedNumbers {
  const largest = Array.from(numbers).reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  const step = largest === 0 ? 1 : largest / 127;
  return { step, bytes: toBase64(Array.from(numbers, (each) => Math.round(each / step) & 255)) };
}

const unpackNumbers = ({ step, bytes }: PackedNumbers): Float32Array =>
  Float32Array.from(fromBase64(bytes), (byte) => step * (byte < 128 ? byte : byte - 256));

function* stepsBetween(ascending: ArrayLike<number>): Generator<number> {
  let before = 0;
  for (const each of Array.from(ascending)) {
    let step = each - before;
    for (; step > 127; step = Math.floor(step / 128)) yield 128 + (step % 128);
    yield step;
    before = each;
  }
}

function* sumsOf(bytes: Uint8Array): Generator<number> {
  let sum = 0;
  let place = 1;
  for (const byte of bytes) {
    sum += (byte % 128) * place;
    place *= 128;
    if (byte > 127) continue;
    yield sum;
    place = 1;
  }
}

const toBase64 = (bytes: Iterable<number>): string =>
  btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join(''));

const fromBase64 = (text: string): Uint8Array =>
  Uint8Array.from(atob(text), (character) => character.codePointAt(0) ?? 0);
