import type { Bilingual } from '../bilingual.ts';
import { addDays, dayOf, instantOf, type Day } from './zoned-day.ts';
import type { DayReason, WorkingCalendar } from './working-calendar.ts';

/** A promise as the office states it: "5 working days", or "7 days" that end on a working day. */
export interface TimeLimit {
  readonly amount: number;
  readonly unit: 'workingDays' | 'calendarDays';
}

/** A run of days treated alike, so that anyone can redo the sum. */
export interface CountedSpan {
  readonly from: Day;
  readonly to: Day;
  readonly days: number;
  readonly isCounted: boolean;
  readonly why: DayReason | 'calendarDay' | 'rolledOver';
  readonly name: Bilingual | null;
}

export interface DueDate {
  /** The day of the event; it is not counted itself (Civil Code, art. 201). */
  readonly startedOn: Day;
  readonly limit: TimeLimit;
  readonly dueOn: Day;
  /** Close of business on `dueOn`, in the town's zone (Civil Code, art. 203). */
  readonly dueAt: Date;
  readonly arithmetic: readonly CountedSpan[];
  /** True when the sum crosses a year whose holidays are not known yet. */
  readonly isProvisional: boolean;
}

/** When a limit that starts at `startedAt` runs out. `closesAt` is the hour the office closes, `HH:MM`. */
export function dueDate(
  startedAt: Date,
  limit: TimeLimit,
  calendar: WorkingCalendar,
  closesAt: string,
): DueDate {
  return dueDateAfter(dayOf(startedAt, calendar.zone), limit, calendar, closesAt);
}

/** As `dueDate`, from a day of the town. */
export function dueDateAfter(
  startedOn: Day,
  limit: TimeLimit,
  calendar: WorkingCalendar,
  closesAt: string,
): DueDate {
  if (!Number.isInteger(limit.amount) || limit.amount < 1) throw new RangeError(`a limit of ${limit.amount}`);
  const spans: CountedSpan[] = [];
  let day = startedOn;
  let isProvisional = false;
  for (let left = limit.amount, isDone = false; !isDone;) {
    day = addDays(day, 1);
    const kind = calendar.kindOf(day);
    if (!kind.isKnown) isProvisional = true;
    if (limit.unit === 'workingDays') {
      if (kind.isWorking) left -= 1;
      append(spans, day, kind.isWorking, kind.why, kind.name);
      isDone = left === 0;
    } else {
      left -= 1;
      const isRolledOver = left < 0 || (left === 0 && !kind.isWorking);
      append(
        spans,
        day,
        !isRolledOver,
        isRolledOver ? kind.why : 'calendarDay',
        isRolledOver ? kind.name : null,
      );
      // A limit in days that ends on a day off ends with the next working day (Civil Code, art. 203).
      isDone = left <= 0 && kind.isWorking;
      if (isDone && left < 0) relabelLast(spans, day);
    }
  }
  return {
    startedOn,
    limit,
    dueOn: day,
    dueAt: instantOf(day, closesAt, calendar.zone),
    arithmetic: spans,
    isProvisional,
  };
}

function append(
  spans: CountedSpan[],
  day: Day,
  isCounted: boolean,
  why: CountedSpan['why'],
  name: Bilingual | null,
): void {
  const last = spans.at(-1);
  if (last && last.isCounted === isCounted && last.why === why && last.name?.zh === name?.zh) {
    spans[spans.length - 1] = { ...last, to: day, days: last.days + 1 };
    return;
  }
  spans.push({ from: day, to: day, days: 1, isCounted, why, name });
}

/** The day a calendar limit was carried to counts as its last, and is shown as carried. */
function relabelLast(spans: CountedSpan[], day: Day): void {
  const last = spans.pop();
  if (!last) return;
  if (last.days > 1) spans.push({ ...last, to: addDays(day, -1), days: last.days - 1 });
  spans.push({ from: day, to: day, days: 1, isCounted: true, why: 'rolledOver', name: null });
}
