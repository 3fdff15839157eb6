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

/** One rung of the escalation ladder: which step, how far from which due day, to whom, by which channels. */
export interface LadderRung {
  readonly step: LadderStep;
  readonly clock: 'sort' | 'sign' | 'reply';
  readonly at: 'halfTime' | { readonly workingDays: number; readonly hour: 'opens' | 'closes' };
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

/** The instants of a ladder for the clocks that run, in order. A clock that has not started yet contributes nothing. */
export function planLadder(
  ladder: readonly LadderRung[],
  clocks: { readonly sort: DueDate; readonly sign: DueDate | null; readonly reply: DueDate },
  calendar: WorkingCalendar,
  hours: OfficeHours,
): PlannedStep[] {
  const planned = ladder.flatMap((rung) => {
    const due = clocks[rung.clock];
    return due ? [{ step: rung.step, at: instantFor(rung, due, calendar, hours) }] : [];
  });
  // A stable sort: steps of one instant keep the ladder's order.
  return planned.sort((a, b) => a.at.getTime() - b.at.getTime());
}

function instantFor(rung: LadderRung, due: DueDate, calendar: WorkingCalendar, hours: OfficeHours): Date {
  if (rung.at === 'halfTime') {
    const half = shiftWorkingDays(
      due.startedOn,
      Math.ceil(workingDaysBetween(due.startedOn, due.dueOn, calendar) / 2),
      calendar,
    );
    return instantOf(half, hours.opensAt, calendar.zone);
  }
  const day: Day =
    rung.at.workingDays === 0 ? due.dueOn : shiftWorkingDays(due.dueOn, rung.at.workingDays, calendar);
  return instantOf(day, rung.at.hour === 'opens' ? hours.opensAt : hours.closesAt, calendar.zone);
}
