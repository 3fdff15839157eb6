import type { Bilingual } from '../domain/bilingual.ts';
import type { CalendarYear } from '../domain/clocks/working-calendar.ts';
import { isDay, weekdayOf, yearOf, type Day } from '../domain/clocks/zoned-day.ts';

/** A day as a file has it: nothing is believed yet. */
export interface FileDay {
  readonly line: number;
  readonly date: unknown;
  readonly name: unknown;
  readonly isOffDay: unknown;
}

/** The days of one notice. `year`: as the file says; undefined where it does not, and its days have to. */
export interface FileTable {
  readonly file: string;
  readonly line: number;
  readonly year: unknown;
  readonly days: readonly FileDay[];
}

export type FaultRule =
  | 'empty'
  | 'json'
  | 'shape'
  | 'columns'
  | 'row'
  | 'year'
  | 'yearTwice'
  | 'date'
  | 'dayTwice'
  | 'outside'
  | 'name'
  | 'isOffDay';
export type DoubtRule = 'few' | 'workedWeekday';

/** What is wrong, and where. The words of a file are not repeated: it is open beside whoever reads this. */
export interface Remark<Rule> {
  readonly file: string;
  readonly line: number | null;
  readonly rule: Rule;
  readonly params: Readonly<Record<string, string | number>>;
}

/** With a fault nothing is taken; with a doubt somebody should look twice. */
export interface ReadCalendar {
  readonly years: readonly CalendarYear[];
  readonly faults: readonly Remark<FaultRule>[];
  readonly doubts: readonly Remark<DoubtRule>[];
}

/** A year's notice never had fewer days off by name; fewer in a file are a cut-off file. */
const FEWEST_DAYS_OFF = 5;
const YEARS = { from: 1990, to: 2100 };
const LONGEST_NAME = 60;

interface KnownDay {
  readonly line: number;
  readonly day: Day;
  readonly name: string;
  readonly isOff: boolean;
}

/** Tables as they stand in files → years a calendar can use. */
export function judgeTables(tables: readonly FileTable[]): ReadCalendar {
  const faults: Remark<FaultRule>[] = [];
  const doubts: Remark<DoubtRule>[] = [];
  const years: CalendarYear[] = [];
  for (const table of tables) {
    const fault = (line: number | null, rule: FaultRule, params: Remark<FaultRule>['params'] = {}): void => {
      faults.push({ file: table.file, line, rule, params });
    };
    for (const { year, days } of tablesByYear(table, knownDays(table.days, fault), fault)) {
      if (years.some((known) => known.year === year)) fault(table.line, 'yearTwice', { year });
      for (const { line, day, isOff } of days) {
        if (!isOff && ![0, 6].includes(weekdayOf(day)))
          doubts.push({ file: table.file, line, rule: 'workedWeekday', params: { day } });
      }
      const count = days.filter(({ day, isOff }) => isOff && yearOf(day) === year).length;
      if (count < FEWEST_DAYS_OFF)
        doubts.push({ file: table.file, line: null, rule: 'few', params: { year, days: count } });
      years.push(yearFrom(year, days));
    }
  }
  return { years: faults.length > 0 ? [] : years.toSorted((a, b) => a.year - b.year), faults, doubts };
}

type SayFault = (line: number | null, rule: FaultRule, params?: Remark<FaultRule>['params']) => void;

function knownDays(days: readonly FileDay[], fault: SayFault): KnownDay[] {
  const lines = new Map<Day, number>();
  return days.flatMap(({ line, ...given }) => {
    const day = dayFrom(given.date);
    const name = nameFrom(given.name);
    const isOff = isOffFrom(given.isOffDay);
    const twice = day === null ? undefined : lines.get(day);
    if (day === null) fault(line, 'date');
    else if (twice !== undefined) fault(line, 'dayTwice', { day, first: twice });
    else lines.set(day, line);
    if (name === null) fault(line, 'name', { limit: LONGEST_NAME });
    if (isOff === null) fault(line, 'isOffDay');
    return day === null || name === null || isOff === null ? [] : [{ line, day, name, isOff }];
  });
}

/** The years a table makes known. Days of the years around them come with them and make their own year no better known. */
function tablesByYear(
  { line, year: given }: FileTable,
  days: readonly KnownDay[],
  fault: SayFault,
): { year: number; days: KnownDay[] }[] {
  const years = given === undefined ? fullYears(days) : [Number(given)];
  if (years.some((year) => !Number.isInteger(year) || year < YEARS.from || year > YEARS.to)) {
    fault(line, 'year', YEARS);
    return [];
  }
  const found = years.map((year) => ({ year, days: [] as KnownDay[] }));
  for (const each of days) {
    const own = yearOf(each.day);
    // The turn of a year is in the notice of the year that begins.
    const place = [own, own + 1, own - 1]
      .map((year) => found.find((one) => one.year === year))
      .find((one) => one !== undefined);
    if (place) place.days.push(each);
    else fault(each.line, 'outside', { day: each.day });
  }
  return found;
}

/** Where a file names no year: those with many days off; of a short file the one with most days. */
function fullYears(days: readonly KnownDay[]): number[] {
  const counts = new Map<number, { all: number; off: number }>();
  for (const { day, isOff } of days) {
    const { all, off } = counts.get(yearOf(day)) ?? { all: 0, off: 0 };
    counts.set(yearOf(day), { all: all + 1, off: off + (isOff ? 1 : 0) });
  }
  const full = [...counts].filter(([, { off }]) => off >= FEWEST_DAYS_OFF);
  const [most] = [...counts].toSorted(([, a], [, b]) => b.all - a.all);
  return (full.length > 0 ? full : most ? [most] : []).map(([year]) => year);
}

function yearFrom(year: number, days: readonly KnownDay[]): CalendarYear {
  const named = (isOff: boolean) =>
    Object.fromEntries(
      days.filter((each) => each.isOff === isOff).map(({ day, name }) => [day, bothLanguages(name)]),
    );
  return { year, holidays: named(true), makeUpDays: named(false) };
}

const DATE = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]0{1,2}:00(?::00)?)?$/;

/** `2027-01-01`, Excel's `2027/1/1`, `2027年1月1日`. */
export function dayFrom(value: unknown): Day | null {
  const [, year = '', month = '', date = ''] = (typeof value === 'string' && DATE.exec(value.trim())) || [];
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  return isDay(day) ? day : null;
}

function nameFrom(value: unknown): string | null {
  const name = typeof value === 'string' ? value.trim() : '';
  return name === '' || name.length > LONGEST_NAME || /[\p{Cc}\uFFFD]/u.test(name) ? null : name;
}

const OFF = ['true', '1', 'yes', 'y', 'off', '是', '休', '休息', '放假'];
const WORKED = ['false', '0', 'no', 'n', 'work', '否', '班', '上班', '补班'];

function isOffFrom(value: unknown): boolean | null {
  const word =
    typeof value === 'boolean' || typeof value === 'string' ? String(value).trim().toLowerCase() : '';
  return OFF.includes(word) ? true : WORKED.includes(word) ? false : null;
}

const FESTIVALS: readonly (readonly [zh: RegExp, en: string])[] = [
  [/^元旦$/, 'New Year’s Day'],
  [/^春节$/, 'Spring Festival'],
  [/^清明节?$/, 'Tomb-sweeping Day'],
  [/^(国际)?劳动节$/, 'Labour Day'],
  [/^端午节?$/, 'Dragon Boat Festival'],
  [/^中秋节?$/, 'Mid-autumn Festival'],
  [/^国庆节?$/, 'National Day'],
];

/** Files name festivals in Chinese; what is not a festival of every year keeps its name. */
function bothLanguages(zh: string): Bilingual {
  const parts = zh.split(/[、,，和及 ]+/).map((part) => FESTIVALS.find(([is]) => is.test(part))?.[1]);
  return { zh, en: parts.every((part) => part !== undefined) ? parts.join(', ') : zh };
}
