import type { Bilingual } from '../bilingual.ts';
import { addDays, dayOf, daysBetween, instantOf, timeOf, type Day } from './zoned-day.ts';
import type { DayReason, WorkingCalendar } from './working-calendar.ts';

/** A promise as the office states it: "5 working days", "7 days" that end on a working day, "24 hours". */
export interface TimeLimit {
  readonly amount: number;
  readonly unit: LimitUnit;
  /** Whether an end on a day off is carried to the next working day. Absent: days are (Civil Code, art. 203), hours are not. */
  readonly rollsOver?: boolean;
  /** Some rules count the day of receipt itself. Absent: they begin with the day after (Civil Code, art. 201). */
  readonly countsFirstDay?: boolean;
}

export const LIMIT_UNITS = ['workingDays', 'calendarDays', 'hours'] as const;
export type LimitUnit = (typeof LIMIT_UNITS)[number];

/** The hours of an office, `HH:MM` in the town's zone, as far as they decide about days. */
export interface OfficeDay {
  /** When due days end. */
  readonly closesAt: string;
  /** What comes at this hour or later counts as come tomorrow; null or absent: the day lasts until midnight. */
  readonly lateFrom?: string | null;
}

/** A run of days treated alike, so that anyone can redo the sum. */
export interface CountedSpan {
  readonly from: Day;
  readonly to: Day;
  readonly days: number;
  readonly isCounted: boolean;
  readonly why: DayReason | 'calendarDay' | 'rolledOver' | 'hearing';
  readonly name: Bilingual | null;
}

export interface DueDate {
  /** The day of the event; it is not counted itself unless the limit says so. */
  readonly startedOn: Day;
  /** Limits in hours run from this instant (Civil Code, art. 201); absent for days. */
  readonly startedAt?: Date;
  readonly limit: TimeLimit;
  readonly dueOn: Day;
  /** Close of business on `dueOn`, in the town's zone (Civil Code, art. 203); for hours the very minute. */
  readonly dueAt: Date;
  readonly arithmetic: readonly CountedSpan[];
  /** True when the sum crosses a year whose holidays are not known yet. */
  readonly isProvisional: boolean;
}

/** When a limit that starts at `startedAt` runs out. */
export function dueDate(
  startedAt: Date,
  limit: TimeLimit,
  calendar: WorkingCalendar,
  office: OfficeDay,
): DueDate {
  const { zone } = calendar;
  const isLate = office.lateFrom ? timeOf(startedAt, zone) >= office.lateFrom : false;
  const startedOn = isLate ? addDays(dayOf(startedAt, zone), 1) : dayOf(startedAt, zone);
  if (limit.unit !== 'hours') return dueDateAfter(startedOn, limit, calendar, office.closesAt);
  return dueHoursAfter(isLate ? instantOf(startedOn, '00:00', zone) : startedAt, limit, calendar);
}

const MS_PER_HOUR = 3_600_000;

/** As `dueDate`, in hours from an instant. */
export function dueHoursAfter(startedAt: Date, limit: TimeLimit, calendar: WorkingCalendar): DueDate {
  assertLimit(limit);
  const { zone } = calendar;
  const end = new Date(startedAt.getTime() + limit.amount * MS_PER_HOUR);
  const spans: CountedSpan[] = [];
  let day = dayOf(end, zone);
  let isProvisional = false;
  for (; limit.rollsOver; day = addDays(day, 1)) {
    const kind = calendar.kindOf(day);
    if (!kind.isKnown) isProvisional = true;
    if (kind.isWorking) break;
    append(spans, day, false, kind.why, kind.name);
  }
  return {
    startedOn: dayOf(startedAt, zone),
    startedAt,
    limit,
    dueOn: day,
    dueAt: spans.length > 0 ? instantOf(day, timeOf(end, zone), zone) : end,
    arithmetic: spans,
    isProvisional,
  };
}

function assertLimit({ amount }: TimeLimit): void {
  if (!Number.isInteger(amount) || amount < 1) throw new RangeError(`a limit of ${amount}`);
}

export interface DayRange {
  readonly from: Day;
  readonly to: Day;
}

/**
 * As `dueDate`, from a day of the town. `closesAt` is the hour the office closes, `HH:MM`. `notCounted`: days that the
 * limit leaves out, as the regulation on petitions does with hearings (信访工作条例, art. 36).
 */
export function dueDateAfter(
  startedOn: Day,
  limit: TimeLimit,
  calendar: WorkingCalendar,
  closesAt: string,
  notCounted: readonly DayRange[] = [],
): DueDate {
  assertLimit(limit);
  const spans: CountedSpan[] = [];
  let day = limit.countsFirstDay ? addDays(startedOn, -1) : startedOn;
  const rollsOver = limit.rollsOver ?? true;
  let isProvisional = false;
  for (let left = limit.amount, isDone = false; !isDone;) {
    day = addDays(day, 1);
    const kind = calendar.kindOf(day);
    if (!kind.isKnown && (limit.unit === 'workingDays' || rollsOver)) isProvisional = true;
    if (notCounted.some(({ from, to }) => from <= day && day <= to)) {
      append(spans, day, false, 'hearing', null);
    } else if (limit.unit === 'workingDays') {
      if (kind.isWorking) left -= 1;
      append(spans, day, kind.isWorking, kind.why, kind.name);
      isDone = left === 0;
    } else {
      left -= 1;
      const isRolledOver = rollsOver && (left < 0 || (left === 0 && !kind.isWorking));
      append(
        spans,
        day,
        !isRolledOver,
        isRolledOver ? kind.why : 'calendarDay',
        isRolledOver ? kind.name : null,
      );
      // A limit in days that ends on a day off ends with the next working day (Civil Code, art. 203).
      isDone = left <= 0 && (kind.isWorking || !rollsOver);
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

/** Days of a sum that are counted after `day`: what was left of the limit then. */
export const countedAfter = (due: Pick<DueDate, 'arithmetic'>, day: Day): number =>
  due.arithmetic.reduce((sum, span) => {
    if (!span.isCounted || span.to <= day) return sum;
    return sum + (span.from > day ? span.days : daysBetween(day, span.to));
  }, 0);
