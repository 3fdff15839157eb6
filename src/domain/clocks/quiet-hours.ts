import { shiftWorkingDays, type WorkingCalendar } from './working-calendar.ts';
import { addDays, dayOf, instantOf, timeOf } from './zoned-day.ts';

/** Telephones are left alone from 21:00 to 08:00 in the town's zone. */
const QUIET_FROM = '21:00';
const QUIET_TO = '08:00';

/** `now`, or the next morning when it falls in the quiet hours. */
export function afterQuietHours(now: Date, zone: string): Date {
  const time = timeOf(now, zone);
  if (time >= QUIET_TO && time < QUIET_FROM) return now;
  const day = dayOf(now, zone);
  return instantOf(time >= QUIET_FROM ? addDays(day, 1) : day, QUIET_TO, zone);
}

/** `now`, or the morning of the next working day: staff are left alone at night and on days off. */
export function inWorkingTime(now: Date, calendar: WorkingCalendar): Date {
  const at = afterQuietHours(now, calendar.zone);
  const day = dayOf(at, calendar.zone);
  return calendar.kindOf(day).isWorking
    ? at
    : instantOf(shiftWorkingDays(day, 1, calendar), QUIET_TO, calendar.zone);
}
