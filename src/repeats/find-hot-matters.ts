import { addDays, dayOf, type Day } from '../domain/clocks/zoned-day.ts';
import { hotMatters, LONGEST_WINDOW, type HotMatter, type HotWindow } from '../domain/repeats/hot-matters.ts';
import { groupLetters, type LetterGroup } from '../domain/repeats/letter-groups.ts';
import type { LinkedLetter } from '../domain/repeats/linked-letter.ts';
import type { Clock } from '../platform/clock.ts';
import type { LinkedLetterStore } from './linked-letter-store.ts';

/** How long what was read is good enough: well within the second that is promised. */
const LOOK_EVERY_MS = 200;
/** A row may be seen this much later than its stamp says: written slowly, or by a server whose clock is behind. */
const LATE_MS = 2000;

/** `forPublic`: as if letters whose writers asked for secrecy did not exist. */
export type FindHotMatters = (days: HotWindow, forPublic: boolean) => Promise<HotMatter[]>;

/**
 * Groups the letters of the last months in memory, again only when something changed. It looks, it is not told: so it
 * sees what other processes put and linked. `elapsed` is a clock of milliseconds that only runs forward.
 */
export function makeFindHotMatters(deps: {
  linkedLetters: Pick<LinkedLetterStore, 'lastPutAt' | 'putAfter'>;
  clock: Clock;
  zone: string;
  elapsed: () => number;
}): FindHotMatters {
  const { linkedLetters, elapsed } = deps;
  const rows = new Map<string, LinkedLetter>();
  /** What was stamped up to here has been read; null: nothing. */
  let readUpTo: Date | null = null;
  let lookedAt = -Infinity;
  let looking: Promise<void> | null = null;
  /** What was made of the rows as they are, on a day. */
  let day: Day = '';
  const groups = new Map<boolean, LetterGroup[]>();
  const found = new Map<string, HotMatter[]>();

  async function read(): Promise<void> {
    const newest = await linkedLetters.lastPutAt();
    for await (const row of linkedLetters.putAfter(readUpTo)) {
      // The last rows are read again until none that is stamped like them can still appear.
      if (JSON.stringify(rows.get(row.id)) === JSON.stringify(row)) continue;
      rows.set(row.id, row);
      forget();
    }
    if (newest) readUpTo = new Date(newest.getTime() - LATE_MS);
    lookedAt = elapsed();
  }

  function forget(): void {
    groups.clear();
    found.clear();
  }

  function groupsFor(forPublic: boolean): LetterGroup[] {
    const known = groups.get(forPublic);
    if (known) return known;
    const made = groupLetters([...rows.values()].filter(({ isPrivate }) => !forPublic || !isPrivate));
    groups.set(forPublic, made);
    return made;
  }

  function turnTo(today: Day): void {
    if (today === day) return;
    day = today;
    forget();
    const first = addDays(today, 1 - LONGEST_WINDOW);
    for (const { id, receivedOn } of rows.values()) if (receivedOn < first) rows.delete(id);
  }

  return async (days, forPublic) => {
    if (elapsed() - lookedAt > LOOK_EVERY_MS) {
      looking ??= read().finally(() => {
        looking = null;
      });
      await looking;
    }
    turnTo(dayOf(deps.clock.now(), deps.zone));
    const window = `${days} ${forPublic}`;
    const hot = found.get(window) ?? hotMatters(groupsFor(forPublic), day, days);
    found.set(window, hot);
    return hot;
  };
}
