import type { Bilingual } from '../bilingual.ts';
import { addDays, weekdayOf, yearOf, type Day } from './zoned-day.ts';

/** What the State Council's notice (or another town's law) says of one year. */
export interface CalendarYear {
  readonly year: number;
  /** Days off that would not be off by the weekday alone, or that bear a festival's name. */
  readonly holidays: Readonly<Record<Day, Bilingual>>;
  /** 调休: weekend days that are worked, with the festival they make up for. */
  readonly makeUpDays: Readonly<Record<Day, Bilingual>>;
}

/** A day that the town itself declared off or worked, whatever the year's notice says. */
export interface TownDay {
  readonly day: Day;
  readonly isWorking: boolean;
  readonly name: Bilingual;
}

export type DayReason = 'workday' | 'weekend' | 'holiday' | 'makeUpDay' | 'townDay';

export interface DayKind {
  readonly isWorking: boolean;
  readonly why: DayReason;
  /** The festival, for holidays and make-up days; the town's own reason. */
  readonly name: Bilingual | null;
  /** False in a year that is not loaded: Monday to Friday is then an assumption, and what rests on it provisional. */
  readonly isKnown: boolean;
}

export interface WorkingCalendar {
  readonly zone: string;
  readonly years: readonly number[];
  /** All that it was made from. */
  readonly known: readonly (CalendarYear | TownDay)[];
  kindOf(day: Day): DayKind;
}

export function workingCalendar(
  zone: string,
  years: readonly CalendarYear[],
  townDays: readonly TownDay[] = [],
): WorkingCalendar {
  const ownDays = new Map(townDays.map((each) => [each.day, each]));
  const holidays = new Map(years.flatMap((year) => Object.entries(year.holidays)));
  const makeUpDays = new Map(years.flatMap((year) => Object.entries(year.makeUpDays)));
  const loaded = new Set(years.map((year) => year.year));
  return {
    zone,
    years: [...loaded].sort((a, b) => a - b),
    known: [...years, ...townDays],
    kindOf(day) {
      const isKnown = loaded.has(yearOf(day));
      const own = ownDays.get(day);
      if (own) return { isWorking: own.isWorking, why: 'townDay', name: own.name, isKnown };
      const makeUp = makeUpDays.get(day);
      if (makeUp !== undefined) return { isWorking: true, why: 'makeUpDay', name: makeUp, isKnown };
      const holiday = holidays.get(day);
      if (holiday !== undefined) return { isWorking: false, why: 'holiday', name: holiday, isKnown };
      const isWeekend = weekdayOf(day) === 0 || weekdayOf(day) === 6;
      return { isWorking: !isWeekend, why: isWeekend ? 'weekend' : 'workday', name: null, isKnown };
    },
  };
}

/** The working day `count` working days after `day` (before it, when negative). 0: the day itself, or the next working one. */
export function shiftWorkingDays(day: Day, count: number, calendar: WorkingCalendar): Day {
  const step = count < 0 ? -1 : 1;
  let at = day;
  if (count === 0) {
    while (!calendar.kindOf(at).isWorking) at = addDays(at, 1);
    return at;
  }
  for (let left = Math.abs(count); left > 0;) {
    at = addDays(at, step);
    if (calendar.kindOf(at).isWorking) left -= 1;
  }
  return at;
}

/** Working days after `from` up to and including `to`; 0 when `to` is not later. */
export function workingDaysBetween(from: Day, to: Day, calendar: WorkingCalendar): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    if (calendar.kindOf(day).isWorking) count += 1;
  }
  return count;
}
