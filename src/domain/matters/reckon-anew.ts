import type { MatterClock, TownTime } from '../clocks/matter-clock.ts';
import { dayOf } from '../clocks/zoned-day.ts';
import { CLOCK } from '../permissions/permissions.ts';
import { reckonClock } from './clock-acts.ts';
import { OPEN_STATES, type MatterState } from './lifecycle.ts';
import type { Change, Matter } from './matter.ts';
import { append } from './transition.ts';

/** Where a reply clock runs or waits: what a change of calendar or policy can still reach. */
export const RECKONED_STATES: readonly MatterState[] = [...OPEN_STATES, 'joined'];

/** `same`: nothing falls on another hour. `over`: the new day would have passed already, so the old one stands. */
export type Reckoning = Change | 'same' | 'over';

/**
 * The clock of a matter, reckoned from its history by the town's calendar and policy of now. No change makes a unit late
 * that was in time: a day that would lie in the past is not set.
 */
export function reckonAnew(matter: Matter, why: 'calendar' | 'policy', now: Date, town: TownTime): Reckoning {
  if (!RECKONED_STATES.includes(matter.state) || matter.origin || matter.sharedAnswer) return 'same';
  const before = matter.clock;
  const again = reckonClock(matter, town);
  const isMoved = again.reply.dueAt.getTime() !== before.reply.dueAt.getTime();
  if (isMoved && again.reply.dueAt <= now && !before.pausedAt) return 'over';
  const clock = isMoved ? moved(again, before, why, now, town) : retimed(again, before, now);
  if (isAlike(clock, before)) return 'same';
  return append(matter, 'reckon', CLOCK, now, matter.state, { clock }, { why, clockVersion: clock.version });
}

/** Due on another day: a new version, which plans only what lies ahead. */
function moved(
  again: MatterClock,
  before: MatterClock,
  why: 'calendar' | 'policy',
  now: Date,
  { calendar }: TownTime,
): MatterClock {
  const on = dayOf(now, calendar.zone);
  return {
    ...again,
    version: before.version + 1,
    adjustments: [...before.adjustments, { why, on, before: before.reply.dueOn, after: again.reply.dueOn }],
    plan: again.plan.filter(({ at }) => at > now),
    taken: [],
    ...(before.withdrawn && { withdrawn: [] }),
  };
}

/** Due when it was: other steps may fall elsewhere, those taken stay taken, and what is due this minute stays due. */
const retimed = (again: MatterClock, before: MatterClock, now: Date): MatterClock => ({
  ...again,
  version: before.version,
  adjustments: before.adjustments,
  plan: [
    ...before.plan.filter(({ step, at }) => before.taken.includes(step) || at <= now),
    ...again.plan.filter(({ step, at }) => !before.taken.includes(step) && at > now),
  ],
  taken: before.taken,
  ...(before.withdrawn && { withdrawn: before.withdrawn }),
});

const isAlike = (a: MatterClock, b: MatterClock): boolean => written(a) === written(b);

/** All that people and the sweep see of a clock. */
const written = ({ policy, reply, sort, sign, returnable, waitsUntil, plan }: MatterClock): string =>
  JSON.stringify([
    policy,
    reply.dueAt,
    reply.isProvisional,
    sort.dueAt,
    sign?.dueAt,
    returnable?.dueAt,
    waitsUntil,
    plan.map(({ step, at }) => [step, at]),
  ]);
