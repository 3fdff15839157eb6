/** A calendar day of the town, `YYYY-MM-DD`. Instants are Dates; days are strings, so no process zone can shift them. */
export type Day = string;

const MS_PER_DAY = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(zone, made);
  return made;
}

/** Zones change their offset on quarters of an hour (since 1980 everywhere): within one, it is asked for once. */
const QUARTER_MS = 900_000;
const MOST_REMEMBERED = 20_000;
const offsets = new Map<string, number>();

/** Milliseconds by which the town's clock is ahead of UTC. */
function offsetAt(instant: number, zone: string): number {
  const key = `${zone}/${Math.floor(instant / QUARTER_MS)}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const second = Math.floor(instant / 1000) * 1000;
  const parts = Object.fromEntries(
    formatFor(zone)
      .formatToParts(second)
      .map(({ type, value }) => [type, value]),
  );
  const day = `${parts['year']?.padStart(4, '0')}-${parts['month']}-${parts['day']}`;
  const offset = Date.parse(`${day}T${parts['hour']}:${parts['minute']}:${parts['second']}Z`) - second;
  if (offsets.size >= MOST_REMEMBERED) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

function wallClock(instant: Date, zone: string): { day: Day; time: string; asUtc: number } {
  const asUtc = Math.floor(instant.getTime() / 1000) * 1000 + offsetAt(instant.getTime(), zone);
  const text = new Date(asUtc).toISOString();
  return { day: text.slice(0, 10), time: text.slice(11, 16), asUtc };
}

/** The town's day on which an instant falls. */
export const dayOf = (instant: Date, zone: string): Day => wallClock(instant, zone).day;

/** The town's wall clock at an instant, `HH:MM`. */
export const timeOf = (instant: Date, zone: string): string => wallClock(instant, zone).time;

/** The instant at which the town's clock shows `time` (`HH:MM`) on `day`. In a skipped hour of summer time: just after it. */
export function instantOf(day: Day, time: string, zone: string): Date {
  const wanted = Date.parse(`${day}T${time}:00Z`);
  let guess = wanted;
  for (let round = 0; round < 2; round += 1) guess += wanted - wallClock(new Date(guess), zone).asUtc;
  // In a skipped hour no guess shows the wanted time; a zone west of UTC lands before the gap.
  return new Date(guess + Math.max(0, wanted - wallClock(new Date(guess), zone).asUtc));
}

export const addDays = (day: Day, days: number): Day =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * MS_PER_DAY).toISOString().slice(0, 10);

/** Whole days from one day to another; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / MS_PER_DAY;

/** 0 Sunday … 6 Saturday. */
export const weekdayOf = (day: Day): number => new Date(`${day}T00:00:00Z`).getUTCDay();

export const yearOf = (day: Day): number => Number(day.slice(0, 4));

/** True for `YYYY-MM-DD` of a day that exists. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text;
