import { instantOf, isDay } from '../domain/clocks/zoned-day.ts';

export interface OldDate {
  readonly instant: Date;
  /** False when the archive knows the day only; the instant is then its first minute. */
  readonly hasTime: boolean;
}

const SHAPE =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]\s*(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})(?:\.\d+)?秒?|分)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

/** A date as archives write it: 2019-04-24T15:40:04, 2019/4/24 15:40, 2019年4月24日. Without a zone it is the town's. */
export function readOldDate(typed: string, zone: string): OldDate | null {
  const match = SHAPE.exec(typed.normalize('NFKC').trim());
  if (!match) return null;
  const [, year = '', month = '', date = '', hour, minute = '', second = '0', offset] = match;
  const day = `${year}-${two(month)}-${two(date)}`;
  if (!isDay(day) || Number(year) < 1900) return null;
  if (Number(hour ?? 0) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const time = `${two(hour ?? '0')}:${two(minute)}`;
  const instant = offset
    ? new Date(`${day}T${time}:00${isoOffset(offset)}`)
    : new Date(instantOf(day, time, zone));
  if (Number.isNaN(instant.getTime())) return null;
  instant.setUTCSeconds(Number(second));
  return { instant, hasTime: hour !== undefined };
}

const two = (digits: string): string => digits.padStart(2, '0');

const isoOffset = (offset: string): string =>
  /^z$/i.test(offset) ? 'Z' : `${offset.slice(0, 3)}:${offset.slice(-2)}`;
