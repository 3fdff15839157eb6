import type { Language } from '../words.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** How dates and numbers are written. Days are 'YYYY-MM-DD' in the town's zone; instants are Dates. */
export interface Formats {
  /** '2026-10-12' → '2026-10-12 周一' / 'Mon 2026-10-12' */
  day(day: string): string;
  /** '2026-10-12 09:30' in the town's zone */
  instant(at: Date | string): string;
  /** the town's day on which an instant falls, '2026-10-12' */
  dayOf(at: Date | string): string;
  /** '今天', '明天', '3天后' / 'today', 'tomorrow', 'in 3 days' */
  relativeDay(day: string): string;
  /** 0.961 → '96.1 %'; null (nothing to divide by) → '–' */
  percent(share: number | null): string;
  number(value: number | null, digits?: number): string;
  /** 1500000 → '1.4 MB' */
  bytes(size: number): string;
}

export function makeFormats(options: { zone: string; lang: Language; now: () => Date }): Formats {
  const { zone, lang, now } = options;
  const weekday = new Intl.DateTimeFormat(lang, { weekday: 'short', timeZone: 'UTC' });
  const relative = new Intl.RelativeTimeFormat(lang, { numeric: 'auto' });
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const parts = (at: Date | string) => {
    const found = new Map(clock.formatToParts(new Date(at)).map((part) => [part.type, part.value]));
    const part = (type: Intl.DateTimeFormatPartTypes) => found.get(type) ?? '';
    return {
      day: `${part('year')}-${part('month')}-${part('day')}`,
      time: `${part('hour')}:${part('minute')}`,
    };
  };
  const dayOf = (at: Date | string) => parts(at).day;

  return {
    day(day) {
      const name = weekday.format(midnightUtc(day));
      return lang === 'en' ? `${name} ${day}` : `${day} ${name}`;
    },
    instant(at) {
      const { day, time } = parts(at);
      return `${day} ${time}`;
    },
    dayOf,
    relativeDay(day) {
      const days = Math.round((midnightUtc(day).getTime() - midnightUtc(dayOf(now())).getTime()) / DAY_MS);
      return relative.format(days, 'day');
    },
    percent: (share) => (share === null ? '–' : `${(share * 100).toFixed(1)} %`),
    number: (value, digits = 0) =>
      value === null
        ? '–'
        : value.toLocaleString(lang, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
    bytes: (size) =>
      size < 1_048_576 ? `${Math.max(1, Math.round(size / 1024))} kB` : `${(size / 1_048_576).toFixed(1)} MB`,
  };
}

const midnightUtc = (day: string): Date => new Date(`${day}T00:00:00Z`);
