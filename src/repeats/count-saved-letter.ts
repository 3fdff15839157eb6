import { dayOf } from '../domain/clocks/zoned-day.ts';
import type { Clock } from '../platform/clock.ts';
import type { SavedLetterStore } from './saved-letter-store.ts';

/** Counts a letter that an earlier answer made needless: once for each draft, until it is written after all. */
export function makeCountSavedLetter(deps: { savedLetters: SavedLetterStore; clock: Clock; zone: string }) {
  const { savedLetters, clock, zone } = deps;
  return {
    async saved(draft: string, number: string): Promise<void> {
      await savedLetters.add({ draft, number, day: dayOf(clock.now(), zone) });
    },
    async writtenAfterAll(draft: string): Promise<void> {
      await savedLetters.remove(draft);
    },
  };
}

export type CountSavedLetter = ReturnType<typeof makeCountSavedLetter>;
