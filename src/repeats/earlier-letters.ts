import type { ComparedLetter } from '../domain/repeats/compared-letter.ts';
import type { GramFrequencies } from '../domain/repeats/gram-frequencies.ts';

export interface SimilarLetter {
  /** Of the letter's matter. */
  readonly id: string;
  /** From 0 to 1; for the order only. */
  readonly similarity: number;
}

export interface SimilarQuery {
  readonly letter: ComparedLetter;
  /** Only letters whose question and answer everyone may read. */
  readonly isPublicOnly: boolean;
  readonly limit: number;
}

/** All letters of the town, found by what they are about. */
export interface EarlierLetters {
  /**
   * Most alike first. A letter that was put is found by every process within a second; until then one may be found that
   * was withheld a moment ago, so what is shown of it is read from the stores.
   */
  similar(query: SimilarQuery): Promise<SimilarLetter[]>;
  frequencies(): Promise<GramFrequencies>;
}
