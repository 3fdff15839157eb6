import { workingDaysBetween, type WorkingCalendar } from '../domain/clocks/working-calendar.ts';
import { dayOf, type Day } from '../domain/clocks/zoned-day.ts';
import { CLOSED_TO_REPLY_STEPS, WAITING_STATES, type MatterState } from '../domain/matters/lifecycle.ts';

/** How a clock stands, for people: whole working days left, below 0 late. */
export interface DueView {
  readonly days: number;
  readonly on: Day;
  readonly state: 'running' | 'paused' | 'joined' | 'done';
  readonly provisional: boolean;
}

export function dueView(
  clock: { readonly dueOn: Day; readonly dueAt: Date; readonly isProvisional: boolean },
  state: MatterState,
  now: Date,
  calendar: WorkingCalendar,
): DueView {
  return {
    days: daysLeft(clock.dueOn, clock.dueAt, now, calendar),
    on: clock.dueOn,
    state: runningOf(state),
    provisional: clock.isProvisional,
  };
}

/** Whole working days left, below 0 late. */
export function daysLeft(dueOn: Day, dueAt: Date, now: Date, calendar: WorkingCalendar): number {
  const today = dayOf(now, calendar.zone);
  if (now <= dueAt) return workingDaysBetween(today, dueOn, calendar);
  // Late from the hour the office closes on the due day; days off in between do not make it later.
  return -Math.max(1, workingDaysBetween(dueOn, today, calendar));
}

function runningOf(state: MatterState): DueView['state'] {
  if (WAITING_STATES.includes(state)) return 'paused';
  if (state === 'joined') return 'joined';
  return CLOSED_TO_REPLY_STEPS.includes(state) ? 'done' : 'running';
}
