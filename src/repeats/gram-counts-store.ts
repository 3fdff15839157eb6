import type { GramCounts } from '../domain/repeats/gram-counts.ts';

/** How often each gram stands in the town's letters, as counted last. */
export interface GramCountsStore {
  /** By the store's own clock. Null: never. */
  countedAt(): Promise<Date | null>;
  find(): Promise<GramCounts | null>;
  /** Returns when, by the store's own clock. */
  save(counts: GramCounts): Promise<Date>;
}
