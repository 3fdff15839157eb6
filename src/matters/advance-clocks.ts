import type { GetTownTimes } from '../clocks/get-town-times.ts';
import type { TownTimes } from '../domain/clocks/town-times.ts';
import { DomainError } from '../domain/domain-error.ts';
import { advanceClock } from '../domain/matters/advance-clock.ts';
import type { Matter } from '../domain/matters/matter.ts';
import type { Announce } from './announce.ts';
import type { MatterStore } from './matter-store.ts';

const BATCH = 200;
/** Matters know nothing of each other; their writes share commits. The steps of one matter stay in order. */
const SIDE_BY_SIDE = 25;

/** The sweep: everything that fell due by `now`, in order, each step one write. Returns how many steps were taken. */
export function makeAdvanceClocks(deps: {
  matters: MatterStore;
  getTownTimes: GetTownTimes;
  announce: Announce;
}) {
  return async (now: Date): Promise<number> => {
    const times = await deps.getTownTimes();
    let steps = 0;
    for (;;) {
      const due = await deps.matters.stepsDue(now, BATCH);
      const before = steps;
      for (let from = 0; from < due.length; from += SIDE_BY_SIDE) {
        const some = due.slice(from, from + SIDE_BY_SIDE);
        const taken = await Promise.all(some.map((matter) => advance({ ...deps, times }, matter, now)));
        steps += taken.reduce((sum, each) => sum + each, 0);
      }
      // A full batch without one step would come back for ever: the next sweep looks again.
      if (due.length < BATCH || steps === before) return steps;
    }
  };
}

async function advance(
  { matters, times, announce }: { matters: MatterStore; times: TownTimes; announce: Announce },
  matter: Matter,
  now: Date,
): Promise<number> {
  let current = matter;
  let steps = 0;
  for (;;) {
    const change = advanceClock(current, now, times.forMatter(current));
    if (!change) return steps;
    try {
      await matters.save(change);
    } catch (error) {
      // Somebody else moved it, a person or another process's sweep: the next round sees what is left to do.
      if (error instanceof DomainError && error.code === 'STALE') return steps;
      throw error;
    }
    await announce(change.matter, [change.event]);
    current = change.matter;
    steps += 1;
  }
}
