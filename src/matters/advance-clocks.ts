import type { GetTownTimes } from '../clocks/get-town-times.ts';
import { advanceClock } from '../domain/matters/advance-clock.ts';
import type { Matter } from '../domain/matters/matter.ts';
import { newsOf, type Announce } from './announce.ts';
import type { MatterStore } from './matter-store.ts';

const BATCH = 200;

/**
 * The sweep: everything that fell due by `now`, in order, each step one conditional write; matters know nothing of each
 * other and are written together. Returns how many steps were taken.
 */
export function makeAdvanceClocks(deps: {
  matters: MatterStore;
  getTownTimes: GetTownTimes;
  announce: Announce;
}) {
  const { matters, announce } = deps;
  return async (now: Date): Promise<number> => {
    const times = await deps.getTownTimes();
    let steps = 0;
    for (;;) {
      const due = await matters.stepsDue(now, BATCH);
      const before = steps;
      // Whom somebody else moved, a person or another process's sweep, is left to the next round.
      for (let some: readonly Matter[] = due; some.length > 0;) {
        const changes = some.flatMap((matter) => advanceClock(matter, now, times.forMatter(matter)) ?? []);
        const written = await matters.saveEach(changes);
        await announce(written.map(newsOf));
        steps += written.length;
        some = written.map(({ matter }) => matter);
      }
      // A full batch without one step would come back for ever: the next sweep looks again.
      if (due.length < BATCH || steps === before) return steps;
    }
  };
}
