import { NOTHING_COUNTED, type GramCounts } from '../domain/repeats/gram-counts.ts';
import type { GramCountsStore } from './gram-counts-store.ts';

/** Another process's count is seen after this long. */
const KEPT_MS = 1000;

/**
 * The counts as they are in the store, read again only when they were counted again: they are large and change a few
 * times in the life of a town. `elapsed` is a clock of milliseconds that only runs forward.
 */
export function rememberedGramCounts(store: GramCountsStore, elapsed: () => number) {
  let counts = NOTHING_COUNTED;
  let countedAt = 0;
  let until = -Infinity;
  return {
    async find(): Promise<GramCounts> {
      if (elapsed() < until) return counts;
      const at = (await store.countedAt())?.getTime() ?? 0;
      if (at !== countedAt) {
        counts = (await store.find()) ?? NOTHING_COUNTED;
        countedAt = at;
      }
      until = elapsed() + KEPT_MS;
      return counts;
    },
    async save(counted: GramCounts): Promise<Date> {
      const at = await store.save(counted);
      until = -Infinity;
      return at;
    },
  };
}
