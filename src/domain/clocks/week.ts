import { shiftWorkingDays, type WorkingCalendar } from './working-calendar.ts';
import { addDays, dayOf, daysBetween, instantOf, weekdayOf, yearOf, type Day } from './zoned-day.ts';

/** 0 Monday … 6 Sunday. */
const placeInWeek = (day: Day): number => (weekdayOf(day) + 6) % 7;

/** The week by ISO 8601, such as 2026-W40: it belongs to the year of its Thursday. */
export function isoWeekOf(day: Day): string {
  const thursday = addDays(day, 3 - placeInWeek(day));
  const year = yearOf(thursday);
  const week = Math.floor(daysBetween(`${year}-01-01`, thursday) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** When a weekly digest tells of what happened at `at`: when the office opens on the first working day from next Monday on. */
export function weeklyDigestOf(
  at: Date,
  calendar: WorkingCalendar,
  opensAt: string,
): { readonly week: string; readonly at: Date } {
  const today = dayOf(at, calendar.zone);
  const day = shiftWorkingDays(addDays(today, 7 - placeInWeek(today)), 0, calendar);
  return { week: isoWeekOf(day), at: instantOf(day, opensAt, calendar.zone) };
}
