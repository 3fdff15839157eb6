import type { LetterTraits } from './letter-traits.ts';

/** One question about two letters, answered by a number that is the same whichever letter comes first. */
export interface PairFeature {
  readonly name: string;
  readonly why: string;
  /** 1: more of it never makes a repeat less likely; -1: never more likely; 0: either way. */
  readonly direction: -1 | 0 | 1;
  readonly of: (a: LetterTraits, b: LetterTraits) => number;
}
