import { dueDate, type TimeLimit } from '../clocks/due-date.ts';
import type { TownTime } from '../clocks/matter-clock.ts';
import type { Deadline } from './card.ts';

/** The last hour of a limit that starts now. */
export function deadline(limit: TimeLimit, from: Date, { calendar, policy }: TownTime): Deadline {
  const { dueOn, dueAt } = dueDate(from, limit, calendar, policy);
  return { on: dueOn, at: dueAt };
}
