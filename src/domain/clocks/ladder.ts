import type { DueDate } from './due-date.ts';
import { shiftWorkingDays, workingDaysBetween, type WorkingCalendar } from './working-calendar.ts';
import { instantOf, type Day } from './zoned-day.ts';

export type LadderStep =
  | 'sortOverdue'
  | 'signOverdue'
  | 'halfTime'
  | 'reminder'
  | 'yellowCard'
  | 'urgingNotice'
  | 'redCard'
  | 'supervisionOrder';

export type Recipient =
  | 'dispatcher'
  | 'handler'
  | 'head'
  | 'deputyLeader'
  | 'supervisor'
  | 'leader'
  | 'citizen';
export type Channel = 'mail' | 'sms';

/** When a rung is due, seen from the due instant: at half time, working days off it, or hours off it (below 0: before). */
export type RungTime =
  | 'halfTime'
  | { readonly workingDays: number; readonly hour: 'opens' | 'closes' }
  | { readonly hours: number };

/** One rung of the escalation ladder: which step, how far from which due day, to whom, by which channels. */
export interface LadderRung {
  readonly step: LadderStep;
  readonly clock: 'sort' | 'sign' | 'reply';
  readonly at: RungTime;
  readonly to: readonly Recipient[];
  readonly channels: readonly Channel[];
}

export interface PlannedStep {
  readonly step: LadderStep;
  readonly at: Date;
}

export interface OfficeHours {
  readonly opensAt: string;
  readonly closesAt: string;
}

/**
 * The instants of a ladder for the clocks that run, in order. A clock that has not started yet contributes nothing, nor
 * does a warning that would come before its clock began.
 */
export function planLadder(
  ladder: readonly LadderRung[],
  clocks: { readonly sort: DueDate; readonly sign: DueDate | null; readonly reply: DueDate },
  calendar: WorkingCalendar,
  hours: OfficeHours,
): PlannedStep[] {
  const planned = ladder.flatMap((rung) => {
    const due = clocks[rung.clock];
    const at = due && instantFor(rung.at, due, calendar, hours);
    return at ? [{ step: rung.step, at }] : [];
  });
  // A stable sort: steps of one instant keep the ladder's order.
  return planned.sort((a, b) => a.at.getTime() - b.at.getTime());
}

const MS_PER_HOUR = 3_600_000;

function instantFor(at: RungTime, due: DueDate, calendar: WorkingCalendar, hours: OfficeHours): Date | null {
  if (at === 'halfTime') return halfTimeOf(due, calendar, hours);
  if ('hours' in at) {
    const instant = new Date(due.dueAt.getTime() + at.hours * MS_PER_HOUR);
    return due.startedAt && instant <= due.startedAt ? null : instant;
  }
  // Limits in hours end at an hour of their own; what is due with them is due then.
  if (at.workingDays === 0)
    return at.hour === 'closes' ? due.dueAt : instantOf(due.dueOn, hours.opensAt, calendar.zone);
  const day: Day = shiftWorkingDays(due.dueOn, at.workingDays, calendar);
  if (at.workingDays < 0 && day <= due.startedOn) return null;
  return instantOf(day, at.hour === 'opens' ? hours.opensAt : hours.closesAt, calendar.zone);
}

function halfTimeOf(due: DueDate, calendar: WorkingCalendar, hours: OfficeHours): Date {
  if (due.startedAt) return new Date((due.startedAt.getTime() + due.dueAt.getTime()) / 2);
  const half = shiftWorkingDays(
    due.startedOn,
    Math.ceil(workingDaysBetween(due.startedOn, due.dueOn, calendar) / 2),
    calendar,
  );
  return instantOf(half, hours.opensAt, calendar.zone);
}
