import type { Day } from '../domain/clocks/zoned-day.ts';
import type { LetterLink, LinkedLetter } from '../domain/repeats/linked-letter.ts';

/** One small row a letter of the last months, from which every process makes its groups. */
export interface LinkedLetterStore {
  /**
   * What matters say of themselves; a row of a later version stays. Letters that are new here wait to be linked, all of
   * them with `anew`.
   */
  put(letters: readonly Omit<LinkedLetter, 'links'>[], anew?: boolean): Promise<void>;
  /** Ids of letters that wait to be linked, the oldest first. */
  waiting(limit: number): Promise<string[]>;
  /** The letter waits no more. */
  link(id: string, links: readonly LetterLink[]): Promise<void>;
  /** Those of the ids that are here. */
  known(ids: readonly string[]): Promise<string[]>;
  /** When a row was last put or linked, by whichever process; by the store's own clock. Null: never. */
  lastPutAt(): Promise<Date | null>;
  /** Rows put or linked after a moment of the store's clock, the oldest first. Null: all rows, in any order. */
  putAfter(moment: Date | null): AsyncIterable<LinkedLetter>;
  removeReceivedBefore(day: Day): Promise<void>;
}
