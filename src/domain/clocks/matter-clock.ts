import { CLOSED_TO_REPLY_STEPS, WAITING_STATES, type MatterState } from '../matters/lifecycle.ts';
import { policyName, type ClockPolicy } from './clock-policy.ts';
import { countedAfter, dueDate, dueDateAfter, type DueDate, type TimeLimit } from './due-date.ts';
import { planLadder, type LadderStep, type PlannedStep } from './ladder.ts';
import type { WorkingCalendar } from './working-calendar.ts';
import { dayOf, type Day } from './zoned-day.ts';

/** What a town decided about time; every domain function that moves a clock is handed it. */
export interface TownTime {
  readonly policy: ClockPolicy;
  readonly calendar: WorkingCalendar;
}

/** Why the due day is not the one on the receipt. */
export interface ClockAdjustment {
  readonly why: 'pause' | 'extension' | 'reopened' | 'calendar' | 'policy';
  readonly on: Day;
  readonly before: Day;
  readonly after: Day;
}

/** 时限: the clocks of one matter with their arithmetic, stored as they were reckoned. */
export interface MatterClock {
  /** Rises whenever the reply falls due on another day; each step of the ladder happens once per version. */
  readonly version: number;
  readonly policy: string;
  readonly startedAt: Date;
  readonly sort: DueDate;
  readonly sign: DueDate | null;
  readonly returnable: DueDate | null;
  readonly reply: DueDate;
  readonly adjustments: readonly ClockAdjustment[];
  /** Extension granted so far, in the unit of the reply; of hours, in working days. */
  readonly extendedBy: number;
  readonly pausedAt: Date | null;
  /** While a question to the citizen is open: until when it holds the clock. */
  readonly waitsUntil: Date | null;
  /** After the answer: when the matter closes by itself. */
  readonly closesAt: Date | null;
  readonly plan: readonly PlannedStep[];
  readonly taken: readonly LadderStep[];
  /** Cards of this version that the supervisor took back. */
  readonly withdrawn?: readonly LadderStep[];
}

export function startClock(startedAt: Date, { policy, calendar }: TownTime): MatterClock {
  const sort = dueDate(startedAt, policy.sort, calendar, policy);
  const reply = dueDate(startedAt, policy.reply, calendar, policy);
  return {
    version: 1,
    policy: policyName(policy),
    startedAt,
    sort,
    sign: null,
    returnable: null,
    reply,
    adjustments: [],
    extendedBy: 0,
    pausedAt: null,
    waitsUntil: null,
    closesAt: null,
    plan: planLadder(policy.ladder, { sort, sign: null, reply }, calendar, policy),
    taken: [],
  };
}

/** A matter was handed to a unit: its days to sign and to return begin, and the reply clock runs on. */
export function startUnitClock(clock: MatterClock, now: Date, { policy, calendar }: TownTime): MatterClock {
  const sign = dueDate(now, policy.sign, calendar, policy);
  const planned = planLadder(policy.ladder, { sort: clock.sort, sign, reply: clock.reply }, calendar, policy);
  const known = clock.plan.filter(({ step }) => step !== 'signOverdue');
  return {
    ...clock,
    sign,
    returnable: dueDate(now, policy.return, calendar, policy),
    plan: inOrder([...known, ...planned.filter(({ step }) => step === 'signOverdue')]),
    taken: clock.taken.filter((step) => step !== 'signOverdue'),
  };
}

/** A matter came back from a unit: sorting starts again, and nobody has to sign for it. The reply clock runs on. */
export function restartSorting(clock: MatterClock, now: Date, { policy, calendar }: TownTime): MatterClock {
  const sort = dueDate(now, policy.sort, calendar, policy);
  const planned = planLadder(policy.ladder, { sort, sign: null, reply: clock.reply }, calendar, policy);
  const others = clock.plan.filter(({ step }) => step !== 'signOverdue' && step !== 'sortOverdue');
  return {
    ...clock,
    sort,
    sign: null,
    returnable: null,
    plan: inOrder([...others, ...planned.filter(({ step }) => step === 'sortOverdue')]),
    taken: clock.taken.filter((step) => step !== 'sortOverdue' && step !== 'signOverdue'),
  };
}

export function pauseClock(clock: MatterClock, now: Date, { policy, calendar }: TownTime): MatterClock {
  return {
    ...clock,
    pausedAt: now,
    waitsUntil: dueDate(now, policy.waitForCitizen, calendar, policy).dueAt,
  };
}

/**
 * What was left when the clock was stopped is counted from now on: the days still uncounted then, and of the due day
 * itself that day; of a limit in hours, the hours. An overdue clock gains nothing from a pause.
 */
export function resumeClock(clock: MatterClock, now: Date, town: TownTime): MatterClock {
  const { policy, calendar } = town;
  const { reply } = clock;
  const running = { ...clock, pausedAt: null, waitsUntil: null };
  if (!clock.pausedAt || clock.pausedAt > reply.dueAt) return running;
  if (reply.limit.unit === 'hours') {
    const later = {
      ...reply,
      ...atInstant(new Date(reply.dueAt.getTime() + now.getTime() - clock.pausedAt.getTime()), town),
    };
    return withReply(running, later, 'pause', now, town);
  }
  const pausedOn = dayOf(clock.pausedAt, calendar.zone);
  const today = dayOf(now, calendar.zone);
  if (today === pausedOn) return running;
  const limit = { ...reply.limit, amount: Math.max(1, countedAfter(reply, pausedOn)), countsFirstDay: false };
  const counted = dueDateAfter(today, limit, calendar, policy.closesAt);
  if (counted.dueOn === reply.dueOn) return running;
  return withReply(running, { ...counted, limit: reply.limit }, 'pause', now, town);
}

const atInstant = (dueAt: Date, { calendar }: TownTime): Pick<DueDate, 'dueAt' | 'dueOn'> => ({
  dueAt,
  dueOn: dayOf(dueAt, calendar.zone),
});

/** An extension in its own unit: that of the reply, or working days for hours. */
export const extensionLimit = (amount: number, { unit }: Pick<TimeLimit, 'unit'>): TimeLimit => ({
  amount,
  unit: unit === 'hours' ? 'workingDays' : unit,
});

/** `amount` more, counted from the day on which the reply was due. */
export function extendClock(clock: MatterClock, amount: number, now: Date, town: TownTime): MatterClock {
  const { reply } = clock;
  const { startedAt: _startedAt, ...first } = reply;
  const more = dueDateAfter(
    reply.dueOn,
    { ...reply.limit, ...extensionLimit(amount, reply.limit), countsFirstDay: false },
    town.calendar,
    town.policy.closesAt,
  );
  const extended: DueDate = {
    ...first,
    dueOn: more.dueOn,
    dueAt: more.dueAt,
    arithmetic: [...reply.arithmetic, ...more.arithmetic],
    isProvisional: reply.isProvisional || more.isProvisional,
  };
  return withReply({ ...clock, extendedBy: clock.extendedBy + amount }, extended, 'extension', now, town);
}

/** A reopened matter has its week anew. */
export function restartClock(clock: MatterClock, now: Date, town: TownTime): MatterClock {
  const { policy, calendar } = town;
  const again = {
    ...clock,
    sort: dueDate(now, policy.sort, calendar, policy),
    sign: null,
    returnable: null,
  };
  const reply = dueDate(now, policy.reply, calendar, policy);
  return withReply({ ...again, taken: [], closesAt: null, pausedAt: null }, reply, 'reopened', now, town);
}

export function stopClock(clock: MatterClock, now: Date, { policy, calendar }: TownTime): MatterClock {
  return {
    ...clock,
    pausedAt: null,
    waitsUntil: null,
    closesAt: dueDate(now, policy.closeAfter, calendar, policy).dueAt,
  };
}

function withReply(
  clock: MatterClock,
  reply: DueDate,
  why: ClockAdjustment['why'],
  now: Date,
  { policy, calendar }: TownTime,
): MatterClock {
  const on = dayOf(now, calendar.zone);
  const plan = planLadder(policy.ladder, { sort: clock.sort, sign: clock.sign, reply }, calendar, policy);
  return {
    ...clock,
    version: clock.version + 1,
    reply,
    adjustments: [...clock.adjustments, { why, on, before: clock.reply.dueOn, after: reply.dueOn }],
    // A new version plans only what lies ahead; what was missed under the old one is history.
    plan: plan.filter(({ at }) => at > now),
    taken: [],
    ...(clock.withdrawn && { withdrawn: [] }),
  };
}

/** A step of this version that stands: it was taken, and no supervisor took its card back. */
export const bears = ({ taken, withdrawn = [] }: MatterClock, step: LadderStep): boolean =>
  taken.includes(step) && !withdrawn.includes(step);

export const takeCardBack = (clock: MatterClock, step: LadderStep): MatterClock => ({
  ...clock,
  withdrawn: [...(clock.withdrawn ?? []), step],
});

const inOrder = (plan: readonly PlannedStep[]): PlannedStep[] =>
  [...plan].sort((a, b) => a.at.getTime() - b.at.getTime());

/** Steps of the ladder that still apply in `state`, earliest first. */
export function openSteps(clock: MatterClock, state: MatterState): PlannedStep[] {
  return clock.plan.filter(({ step }) => !clock.taken.includes(step) && appliesIn(step, state));
}

const SORTED_BY_OFFICE: readonly MatterState[] = ['received', 'sorting', 'reopened'];

/** An answered, paused or joined matter sends nothing; a sorted one is not late in sorting; a reopened one is sorted again. */
export function appliesIn(step: LadderStep, state: MatterState): boolean {
  if (step === 'sortOverdue') return SORTED_BY_OFFICE.includes(state);
  if (step === 'signOverdue') return state === 'assigned';
  return !CLOSED_TO_REPLY_STEPS.includes(state);
}

/** When the town's clock must look at a matter next; null: never. */
export function nextStepAt(clock: MatterClock, state: MatterState): Date | null {
  if (state === 'answered') return clock.closesAt;
  if (WAITING_STATES.includes(state)) return clock.waitsUntil;
  return openSteps(clock, state)[0]?.at ?? null;
}
