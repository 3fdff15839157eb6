import type { GramCounts } from '../domain/repeats/gram-counts.ts';
import { GramIndex } from '../domain/repeats/gram-index.ts';
import { searchedGrams } from '../domain/repeats/letter-grams.ts';
import type { EarlierLetters } from './earlier-letters.ts';
import type { LetterGramsStore } from './letter-grams-store.ts';

/** How long what was read is good enough: well within the second that is promised. */
const LOOK_EVERY_MS = 300;
/** A row may be seen this much later than its stamp says: written slowly, or by a server whose clock is behind. */
const LATE_MS = 2000;

export interface LetterIndex extends EarlierLetters {
  /** Reads what was put since the last time; the first time all there is. */
  look(): Promise<void>;
  /** Reads no more; the store may close. */
  close(): Promise<void>;
}

/**
 * Finds letters in an index that this process keeps in memory. It looks, it is not told: so it sees what other
 * processes and commands put. `elapsed` is a clock of milliseconds that only runs forward.
 */
export function makeFindEarlierLetters(deps: {
  letters: Pick<LetterGramsStore, 'lastPutAt' | 'putAfter'>;
  gramCounts: () => Promise<GramCounts>;
  elapsed: () => number;
}): LetterIndex {
  const { letters, gramCounts, elapsed } = deps;
  const written = new GramIndex();
  const published = new GramIndex();
  /** What was stamped up to here has been read; null: nothing. */
  let readUpTo: Date | null = null;
  /** The newest stamp there is, and since when this process knows of it. */
  let newest: { readonly stamp: Date; readonly since: number } | null = null;
  let lookedAt = -Infinity;
  let looking: Promise<void> | null = null;
  let isClosed = false;

  async function read(): Promise<void> {
    const at = elapsed();
    const stamp = await letters.lastPutAt();
    if (stamp && stamp.getTime() !== newest?.stamp.getTime()) newest = { stamp, since: at };
    for await (const rows of letters.putAfter(readUpTo)) {
      if (isClosed) return;
      for (const row of rows) {
        written.put(row.id, row.written);
        if (row.published) published.put(row.id, row.published);
        else published.remove(row.id);
      }
    }
    // The last rows are read again, at no cost to the index, until none that is stamped like them can still appear.
    if (newest) readUpTo = at - newest.since >= LATE_MS ? newest.stamp : before(newest.stamp, LATE_MS);
    lookedAt = elapsed();
  }

  const look = async (): Promise<void> => {
    if (isClosed) return;
    looking ??= read().finally(() => {
      looking = null;
    });
    await looking;
  };

  return {
    look,
    async similar({ letter, isPublicOnly, limit }) {
      if (elapsed() - lookedAt > LOOK_EVERY_MS) await look();
      const grams = searchedGrams(letter, await gramCounts());
      return (isPublicOnly ? published : written).search({ grams, limit });
    },
    frequencies: gramCounts,
    async close() {
      isClosed = true;
      await looking?.catch(() => undefined);
    },
  };
}

const before = (moment: Date, ms: number): Date => new Date(moment.getTime() - ms);
