import type { Day } from '../domain/clocks/zoned-day.ts';
import type { CaseFact } from '../domain/statistics/case-fact.ts';

/** The figures' own read model: one small row a matter. */
export interface FactStore {
  put(facts: readonly CaseFact[]): Promise<void>;
  /** Received from `from` to `to`, both included. */
  receivedBetween(from: Day, to: Day): Promise<CaseFact[]>;
  /** Letters of our own that are still open and those with a card, for the board. */
  openNow(): Promise<CaseFact[]>;
  /** When a fact was last put, by whichever process; by the store's own clock. Null: never. */
  lastPutAt(): Promise<Date | null>;
  clear(): Promise<void>;
}
