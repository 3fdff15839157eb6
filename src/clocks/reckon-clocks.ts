import type { TownTimes } from '../domain/clocks/town-times.ts';
import type { TownTime } from '../domain/clocks/matter-clock.ts';
import { DomainError } from '../domain/domain-error.ts';
import type { Change, Matter } from '../domain/matters/matter.ts';
import { reckonAnew, RECKONED_STATES, type Reckoning } from '../domain/matters/reckon-anew.ts';
import { newsOf, type Announce } from '../matters/announce.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import type { Clock } from '../platform/clock.ts';

const BATCH = 200;
const SIDE_BY_SIDE = 25;

/** What a change of calendar or policy does, or would do, to the clocks that run. */
export interface ReckoningSum {
  readonly looked: number;
  readonly earlier: number;
  readonly later: number;
  /** Due when they were, with other steps or no longer provisional. */
  readonly retimed: number;
  /** Left as they are: their new day would have passed already. */
  readonly over: number;
  readonly examples: readonly { readonly number: string; readonly before: string; readonly after: string }[];
}

const EXAMPLES = 20;

/** Which time a matter is to be reckoned by: the policy it began with, or another one. */
export type TimeOf = (matter: Matter) => TownTime;

export const asItBegan =
  (times: TownTimes): TimeOf =>
  (matter) =>
    times.forMatter(matter);

/** All running clocks, reckoned anew and written; or only looked at. Who else changes a matter meanwhile comes first. */
export function makeReckonClocks(deps: {
  matters: Pick<MatterStore, 'idsIn' | 'byIds' | 'byId' | 'save'>;
  announce: Announce;
  clock: Clock;
}) {
  const visit = async (
    timeOf: TimeOf,
    why: 'calendar' | 'policy',
    heed: (matter: Matter, reckoning: Reckoning) => Promise<void>,
  ): Promise<ReckoningSum> => {
    const sum = { looked: 0, earlier: 0, later: 0, retimed: 0, over: 0 };
    const examples: { number: string; before: string; after: string }[] = [];
    const ids = await deps.matters.idsIn(RECKONED_STATES);
    for (let from = 0; from < ids.length; from += BATCH) {
      const matters = await deps.matters.byIds(ids.slice(from, from + BATCH));
      for (let at = 0; at < matters.length; at += SIDE_BY_SIDE) {
        await Promise.all(
          matters.slice(at, at + SIDE_BY_SIDE).map(async (matter) => {
            const reckoning = reckonAnew(matter, why, deps.clock.now(), timeOf(matter));
            sum.looked += 1;
            const kind = kindOf(reckoning);
            if (kind !== 'same') sum[kind] += 1;
            if (typeof reckoning !== 'string' && kind !== 'retimed' && examples.length < EXAMPLES)
              examples.push(exampleOf(reckoning));
            await heed(matter, reckoning);
          }),
        );
      }
    }
    return { ...sum, examples };
  };
  return {
    preview: (timeOf: TimeOf, why: 'calendar' | 'policy') => visit(timeOf, why, async () => {}),
    run: (timeOf: TimeOf, why: 'calendar' | 'policy') =>
      visit(timeOf, why, (matter, reckoning) => write(deps, matter, reckoning, timeOf, why)),
  };
}

export type ReckonClocks = ReturnType<typeof makeReckonClocks>;

async function write(
  deps: Parameters<typeof makeReckonClocks>[0],
  matter: Matter,
  reckoning: Reckoning,
  timeOf: TimeOf,
  why: 'calendar' | 'policy',
): Promise<void> {
  let current = reckoning;
  for (let tries = 0; tries < 5 && typeof current !== 'string'; tries += 1) {
    try {
      await deps.matters.save(current);
      await deps.announce([newsOf(current)]);
      return;
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'STALE')) throw error;
      const seen = await deps.matters.byId(matter.id);
      if (!seen) return;
      current = reckonAnew(seen, why, deps.clock.now(), timeOf(seen));
    }
  }
}

function kindOf(reckoning: Reckoning): 'same' | 'over' | 'earlier' | 'later' | 'retimed' {
  if (typeof reckoning === 'string') return reckoning;
  const before = reckoning.before.clock.reply.dueAt.getTime();
  const after = reckoning.matter.clock.reply.dueAt.getTime();
  return after === before ? 'retimed' : after < before ? 'earlier' : 'later';
}

const exampleOf = ({ before, matter }: Change) => ({
  number: matter.number,
  before: before.clock.reply.dueOn,
  after: matter.clock.reply.dueOn,
});
