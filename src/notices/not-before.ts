import type { GetTownTimes } from '../clocks/get-town-times.ts';
import { afterQuietHours, inWorkingTime } from '../domain/clocks/quiet-hours.ts';
import type { WorkingCalendar } from '../domain/clocks/working-calendar.ts';
import type { Notice, Way } from './notice.ts';

/** A mail to a citizen disturbs nobody; staff hear of things when they work. */
export function notBefore(personId: string | null, way: Way, at: Date, calendar: WorkingCalendar): Date {
  if (personId) return inWorkingTime(at, calendar);
  return way === 'sms' ? afterQuietHours(at, calendar.zone) : at;
}

/** When somebody may be told after all; null: now. A second try, or a program that was down, may come to a notice at night. */
export type RestsUntil = (notice: Pick<Notice, 'recipient' | 'channel'>, now: Date) => Promise<Date | null>;

export function makeRestsUntil({ getTownTimes }: { getTownTimes: GetTownTimes }): RestsUntil {
  return async ({ recipient, channel }, now) => {
    const { calendar } = await getTownTimes();
    const at = notBefore(recipient.personId, channel, now, calendar);
    return at > now ? at : null;
  };
}
