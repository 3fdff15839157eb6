import { dueDate, type TimeLimit } from '../clocks/due-date.ts';
import type { TownTime } from '../clocks/matter-clock.ts';
import type { Deadline } from './card.ts';

/** The days of supervision, as data. */
export interface SupervisionPolicy {
  /** 申诉: from issue. */
  readonly appeal: TimeLimit;
  /** From the appeal to the supervisor's decision. */
  readonly decision: TimeLimit;
  /** From an order of the ladder to the unit's written answer; by hand the supervisor names a day. */
  readonly answer: TimeLimit;
}

const workingDays = (amount: number): TimeLimit => ({ amount, unit: 'workingDays' });

export const SUPERVISION: SupervisionPolicy = {
  appeal: workingDays(3),
  decision: workingDays(5),
  answer: workingDays(5),
};

/** What a town decided about time, its supervision included. */
export interface SupervisionTime extends TownTime {
  readonly supervision: SupervisionPolicy;
}

/** The last hour of a limit that starts now. */
export function deadline(limit: TimeLimit, from: Date, { calendar, policy }: TownTime): Deadline {
  const { dueOn, dueAt } = dueDate(from, limit, calendar, policy.closesAt);
  return { on: dueOn, at: dueAt };
}
