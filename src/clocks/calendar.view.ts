import { inLanguage, type Language } from '../domain/bilingual.ts';
import {
  workingCalendar,
  type CalendarYear,
  type DayKind,
  type TownDay,
  type WorkingCalendar,
} from '../domain/clocks/working-calendar.ts';
import { addDays, weekdayOf, yearOf, type Day } from '../domain/clocks/zoned-day.ts';
import type { Person } from '../domain/directory/directory.ts';
import type { Translate } from '../platform/words.ts';
import type { CalendarStore } from './calendar-store.ts';
import { missingYear } from './check-calendar.ts';
import { nameOf } from './policy.view.ts';

type Imported = Awaited<ReturnType<CalendarStore['years']>>[number];
type SavedDay = Awaited<ReturnType<CalendarStore['townDays']>>[number];

/** How a day is drawn: off by weekday or by the year's notice, worked at a weekend, or as the town itself decided. */
type Drawn = 'weekend' | 'off' | 'worked' | 'ownOff' | 'ownWorked' | 'plain';

function drawnAs({ why, isWorking }: DayKind): Drawn {
  if (why === 'townDay') return isWorking ? 'ownWorked' : 'ownOff';
  if (why === 'holiday') return 'off';
  if (why === 'makeUpDay') return 'worked';
  return why === 'weekend' ? 'weekend' : 'plain';
}

export const daysOfYear = (year: number): Day[] => {
  const days: Day[] = [];
  for (let day = `${year}-01-01`; yearOf(day) === year; day = addDays(day, 1)) days.push(day);
  return days;
};

/** A year as twelve months of weeks from Monday on; null: no day of that month. */
function monthsOf(year: number, calendar: WorkingCalendar) {
  const days = daysOfYear(year);
  return Array.from({ length: 12 }, (_, month) => {
    const own = days.filter((day) => Number(day.slice(5, 7)) === month + 1);
    const before = (weekdayOf(own[0] ?? `${year}-01-01`) + 6) % 7;
    const cells = [
      ...Array.from({ length: before }, () => null),
      ...own.map((day) => ({ date: Number(day.slice(8)), drawn: drawnAs(calendar.kindOf(day)) })),
    ];
    const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_week, at) => {
      const week = cells.slice(at * 7, at * 7 + 7);
      return [...week, ...Array.from({ length: 7 - week.length }, () => null)];
    });
    return { month: month + 1, weeks };
  });
}

/** Days that are not as their weekday would have them, or bear a name: neighbours alike as one row. */
export function namedSpans(year: number, calendar: WorkingCalendar, lang: Language) {
  const spans: { from: Day; to: Day; days: number; name: string; drawn: Drawn }[] = [];
  for (const day of daysOfYear(year)) {
    const kind = calendar.kindOf(day);
    if (kind.name === null) continue;
    const [name, drawn] = [inLanguage(lang, kind.name), drawnAs(kind)];
    const last = spans.at(-1);
    if (last && addDays(last.to, 1) === day && last.name === name && last.drawn === drawn)
      spans[spans.length - 1] = { ...last, to: day, days: last.days + 1 };
    else spans.push({ from: day, to: day, days: 1, name, drawn });
  }
  return spans;
}

/** What is known of days off and days worked. */
export function calendarView(
  facts: {
    readonly calendar: WorkingCalendar;
    readonly imported: readonly Imported[];
    readonly townDays: readonly SavedDay[];
    readonly people: readonly Person[];
    readonly today: Day;
    /** The year that was asked for; null: this one and the next. */
    readonly asked: number | null;
  },
  t: Translate,
) {
  const { calendar, today, asked } = facts;
  const thisYear = yearOf(today);
  const by = nameOf(facts.people, t);
  const isKnown = (year: number) => calendar.years.includes(year);
  return {
    missing: missingYear(today, calendar.years),
    asked: asked ?? '',
    years: calendar.years.toReversed().map((year) => {
      const own = facts.imported.find((each) => each.year === year);
      return {
        year,
        href: `/administration/calendar?year=${year}#year-${year}`,
        source: own ? { by: by(own.by), at: own.at } : null,
        ...countsOf(year, calendar),
      };
    }),
    drawn: (asked === null ? [thisYear, thisYear + 1] : [asked]).map((year) => ({
      year,
      isKnown: isKnown(year),
      months: isKnown(year) ? monthsOf(year, calendar) : [],
      spans: namedSpans(year, calendar, t.lang),
    })),
    townDays: facts.townDays.toReversed().map(({ day, isWorking, name, ...saved }) => ({
      day,
      isWorking,
      name: inLanguage(t.lang, name),
      by: by(saved.by),
      at: saved.at,
      remove: `/administration/calendar/days/${day}/remove`,
    })),
  };
}

/** Days off that the weekday would have worked, and weekend days that are worked. */
function countsOf(year: number, calendar: WorkingCalendar) {
  const days = daysOfYear(year).map((day) => calendar.kindOf(day).why);
  return {
    holidays: days.filter((why) => why === 'holiday').length,
    worked: days.filter((why) => why === 'makeUpDay').length,
  };
}

/** What files would change: per year its days, and each day that is otherwise than it was known. */
export function importView(years: readonly CalendarYear[], calendar: WorkingCalendar, lang: Language) {
  const after = workingCalendar(calendar.zone, years);
  return years.map((year) => {
    const named = [...Object.keys(year.holidays), ...Object.keys(year.makeUpDays)];
    const days = [...new Set([...daysOfYear(year.year), ...named])].sort();
    return {
      year: year.year,
      isKnown: calendar.years.includes(year.year),
      holidays: Object.keys(year.holidays).length,
      worked: Object.keys(year.makeUpDays).length,
      spans: namedSpans(year.year, after, lang),
      differences: days.flatMap((day) => {
        const [was, becomes] = [calendar.kindOf(day), after.kindOf(day)];
        // What the town decided itself stands, whatever a notice says.
        if (was.why === 'townDay' || was.isWorking === becomes.isWorking) return [];
        return [{ day, before: sideOf(was, lang), after: sideOf(becomes, lang) }];
      }),
    };
  });
}

const sideOf = ({ isWorking, name }: DayKind, lang: Language) => ({
  isWorking,
  name: name ? inLanguage(lang, name) : '',
});

/** A day of the town's own, as its form's fields. */
export const dayFields = (day: TownDay | null) => ({
  day: day?.day ?? '',
  is: day ? (day.isWorking ? 'worked' : 'off') : '',
  'name.zh': day?.name.zh ?? '',
  'name.en': day?.name.en ?? '',
});
