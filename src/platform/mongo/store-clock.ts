import type { Connection } from 'mongoose';
import type { Clock } from '../clock.ts';
import { repeatedly } from '../repeatedly.ts';

const SET_EVERY_MS = 10_000;

/** The clock of a composition: one that is there, or one that is made once the store is open. */
export type ClockOfStore = Clock | OpenClock;
type OpenClock = (connection: Connection) => Promise<Clock>;

export const openClock = async (clock: ClockOfStore, connection: Connection): Promise<Clock> =>
  typeof clock === 'function' ? clock(connection) : clock;

/**
 * The store's own time. Several processes share one store, and each has a clock of its own that may be wrong: what is
 * due, and when something happened, is for the store to say. Between two looks `elapsed` (in milliseconds, from
 * anywhere) carries the time on.
 */
export const storeClockBy =
  (elapsed: () => number): OpenClock =>
  async (connection) => {
    const { db } = connection;
    if (!db) throw new Error('The store’s clock needs an open connection.');
    let ahead = Number.NaN;
    const set = async (): Promise<void> => {
      const before = elapsed();
      const { localTime } = await db.admin().command({ hello: 1 });
      const after = elapsed();
      const seen = localTime.getTime() - (before + after) / 2;
      // A look is as exact as its round trip was short. What lies within its doubt is no reason to jump.
      if (!(Math.abs(seen - ahead) <= (after - before) / 2 + 1)) ahead = seen;
    };
    await set();
    // A store that does not answer is looked at again; meanwhile the time goes on.
    const looking = repeatedly(SET_EVERY_MS, set, () => undefined);
    connection.once('close', () => looking.stop());
    return { now: () => new Date(elapsed() + ahead), set };
  };

/** Carried on by a clock that nobody can put forward or back. */
export const storeClock: OpenClock = storeClockBy(() => performance.now());
