import type { DirectoryStore } from '../directory/directory-store.ts';
import { inWorkingTime } from '../domain/clocks/quiet-hours.ts';
import { addDays, dayOf, weekdayOf, yearOf } from '../domain/clocks/zoned-day.ts';
import { QUEUED } from '../notices/notice.ts';
import type { NoticeStore } from '../notices/notice-store.ts';
import type { GetTownTimes } from './get-town-times.ts';
import type { KeepCalendar } from './keep-calendar.ts';

/** The State Council's notice of the next year usually comes out by now. */
const WARNED_FROM = '11-01';

/** From November on: whether the days of the next year are still unknown, so that due days in it are a guess. */
export const missingYear = (today: string, years: readonly number[]): number | null =>
  today.slice(5) >= WARNED_FROM && !years.includes(yearOf(today) + 1) ? yearOf(today) + 1 : null;

/**
 * Tells the administrators once a week that next year's calendar is missing, and reckons what a crash left unreckoned.
 * Returns how many clocks moved.
 */
export function makeCheckCalendar(deps: {
  getTownTimes: GetTownTimes;
  keepCalendar: Pick<KeepCalendar, 'catchUp'>;
  directory: Pick<DirectoryStore, 'peopleOf'>;
  notices: Pick<NoticeStore, 'add'>;
}) {
  return async (now: Date): Promise<number> => {
    const { calendar } = await deps.getTownTimes();
    const today = dayOf(now, calendar.zone);
    const year = missingYear(today, calendar.years);
    if (year !== null) {
      const week = addDays(today, -((weekdayOf(today) + 6) % 7));
      const people = await deps.directory.peopleOf('administrator');
      await deps.notices.add(
        people.map(({ id }) => ({
          ...QUEUED,
          key: `calendar-${year}/${week}/${id}/mail`,
          matterId: null,
          number: String(year),
          template: 'calendarMissing',
          recipient: { role: 'administrator', personId: id },
          channel: 'mail',
          dueAt: inWorkingTime(now, calendar),
          plannedAt: now,
        })),
      );
    }
    const sum = await deps.keepCalendar.catchUp();
    return sum ? sum.earlier + sum.later + sum.retimed : 0;
  };
}
