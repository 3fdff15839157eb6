import type { CountedSpan, DueDate } from '../domain/clocks/due-date.ts';
import { timeOf, type Day } from '../domain/clocks/zoned-day.ts';
import { inLanguage, type Language } from '../domain/bilingual.ts';

/** A due day with its sum, so that anyone can redo it. */
export interface DueView {
  readonly startedOn: Day;
  readonly dueOn: Day;
  readonly closesAt: string;
  /** Of limits in hours: the time they run from. */
  readonly startsAt: string;
  /** Days, or hours, that make up the limit. */
  readonly counted: number;
  readonly unit: DueDate['limit']['unit'];
  readonly isProvisional: boolean;
  readonly spans: readonly {
    readonly days: string;
    readonly count: number;
    readonly isCounted: boolean;
    readonly why: CountedSpan['why'];
    readonly name: string;
  }[];
}

export function dueView(due: DueDate, zone: string, lang: Language): DueView {
  return {
    startedOn: due.startedOn,
    dueOn: due.dueOn,
    closesAt: timeOf(due.dueAt, zone),
    startsAt: due.startedAt ? timeOf(due.startedAt, zone) : '',
    counted: due.startedAt
      ? due.limit.amount
      : due.arithmetic.reduce((sum, span) => sum + (span.isCounted ? span.days : 0), 0),
    unit: due.limit.unit,
    isProvisional: due.isProvisional,
    spans: due.arithmetic.map((span) => ({
      days: spanOfDays(span.from, span.to, lang),
      count: span.days,
      isCounted: span.isCounted,
      why: span.why,
      name: span.name ? inLanguage(lang, span.name) : '',
    })),
  };
}

/** 9月28日至30日, 9月28日至10月2日; 28 to 30 Sep, 28 Sep to 2 Oct */
function spanOfDays(from: Day, to: Day, lang: Language): string {
  const [start, end] = [parts(from, lang), parts(to, lang)];
  const isOneMonth = from.slice(0, 7) === to.slice(0, 7);
  if (lang === 'en') {
    if (from === to) return `${start.day} ${start.month}`;
    return isOneMonth
      ? `${start.day} to ${end.day} ${end.month}`
      : `${start.day} ${start.month} to ${end.day} ${end.month}`;
  }
  if (from === to) return `${start.month}${start.day}日`;
  return `${start.month}${start.day}日至${isOneMonth ? '' : end.month}${end.day}日`;
}

function parts(day: Day, lang: Language): { day: number; month: string } {
  const month = new Intl.DateTimeFormat(lang, { month: 'short', timeZone: 'UTC' });
  return { day: Number(day.slice(8)), month: month.format(new Date(`${day}T00:00:00Z`)) };
}
