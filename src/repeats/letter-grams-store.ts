import type { MatterGrams } from '../domain/repeats/matter-grams.ts';

/** One small row a letter, from which every process makes its index. */
export interface LetterGramsStore {
  /** A row of a later version of the matter stays. */
  put(rows: readonly MatterGrams[]): Promise<void>;
  /** When a row was last put, by whichever process; by the store's own clock. Null: never. */
  lastPutAt(): Promise<Date | null>;
  /** Batches of the rows put after a moment of the store's clock, the oldest first. Null: all rows, in any order. */
  putAfter(moment: Date | null): AsyncIterable<readonly MatterGrams[]>;
  /** Takes out what was put before a moment and never again. */
  removePutBefore(moment: Date): Promise<void>;
  count(): Promise<number>;
}
