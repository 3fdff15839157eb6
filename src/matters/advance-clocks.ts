import type { GetTownTimes } from '../clocks/get-town-times.ts';
import type { TownTimes } from '../domain/clocks/town-times.ts';
import { advanceClock } from '../domain/matters/advance-clock.ts';
import type { Matter } from '../domain/matters/matter.ts';
import { newsOf, type Announce } from './announce.ts';
import type { MatterStore } from './matter-store.ts';

const BATCH = 400;
/** Batches under way at once: while the store writes one, the next is thought about. */
const SIDE_BY_SIDE = 2;

interface Deps {
  readonly matters: MatterStore;
  readonly getTownTimes: GetTownTimes;
  readonly announce: Announce;
}

/**
 * The sweep: everything that fell due by `now`, in order, each step one conditional write; matters know nothing of each
 * other and are written together. Returns how many steps were taken.
 */
export function makeAdvanceClocks(deps: Deps) {
  return async (now: Date): Promise<number> => {
    const times = await deps.getTownTimes();
    let steps = 0;
    for (;;) {
      const due = await deps.matters.stepsDue(now, BATCH);
      const share = Math.ceil(due.length / SIDE_BY_SIDE);
      const shares = Array.from({ length: SIDE_BY_SIDE }, (_, i) => due.slice(i * share, (i + 1) * share));
      const taken = await Promise.all(shares.map((some) => advance(deps, some, now, times)));
      const before = steps;
      steps += taken.reduce((sum, each) => sum + each, 0);
      // A full batch without one step would come back for ever: the next sweep looks again.
      if (due.length < BATCH || steps === before) return steps;
    }
  };
}

/** Takes every step that is due for these. Whom somebody else moved, a person or another sweep, is left to the next round. */
async function advance(
  { matters, announce }: Deps,
  due: readonly Matter[],
  now: Date,
  times: TownTimes,
): Promise<number> {
  let steps = 0;
  for (let some = due; some.length > 0;) {
    const changes = some.flatMap((matter) => advanceClock(matter, now, times.forMatter(matter)) ?? []);
    const written = await matters.saveEach(changes);
    await announce(written.map(newsOf));
    steps += written.length;
    some = written.map(({ matter }) => matter);
  }
  return steps;
}
