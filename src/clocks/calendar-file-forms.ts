import type { CalendarYear } from '../domain/clocks/working-calendar.ts';
import { csvRows } from '../platform/rows/csv-rows.ts';
import {
  judgeTables,
  type FaultRule,
  type FileDay,
  type FileTable,
  type ReadCalendar,
} from './calendar-file.ts';

/** A file as text. `name`: how it is spoken of. */
export interface CalendarText {
  readonly name: string;
  readonly text: string;
}

/**
 * Years of days off and days worked, as the public holiday-cn repository has them (JSON: one year or a list of them), or
 * as a table `date,name,isOffDay`. All or nothing: with one fault there are no years.
 */
export async function readCalendarTexts(texts: readonly CalendarText[]): Promise<ReadCalendar> {
  const tables: FileTable[] = [];
  const faults: ReadCalendar['faults'][number][] = [];
  for (const { name, text } of texts) {
    const read = await tablesIn(name, text);
    tables.push(...read.tables);
    faults.push(...read.faults.map((fault) => ({ file: name, params: {}, ...fault })));
  }
  const judged = judgeTables(tables);
  const all = [...faults, ...judged.faults];
  return all.length > 0 ? { ...judged, years: [], faults: all } : judged;
}

interface Read {
  readonly tables: FileTable[];
  readonly faults: { readonly line: number | null; readonly rule: FaultRule }[];
}

const faulty = (rule: FaultRule, line: number | null = null): Read => ({
  tables: [],
  faults: [{ line, rule }],
});

async function tablesIn(file: string, text: string): Promise<Read> {
  const plain = text.replace(/^\uFEFF/, '');
  const start = plain.trimStart().slice(0, 1);
  if (start === '') return faulty('empty');
  const read = start === '{' || start === '[' ? tablesOfJson(file, plain) : await tableOfRows(file, plain);
  const isEmpty = read.faults.length === 0 && read.tables.every(({ days }) => days.length === 0);
  return isEmpty ? faulty('empty') : read;
}

function tablesOfJson(file: string, text: string): Read {
  let whole: unknown;
  try {
    whole = JSON.parse(text);
  } catch {
    return faulty('json');
  }
  const lines = linesOfObjects(whole, text);
  const lineOf = (value: unknown): number => lines.get(value) ?? 1;
  const dayOf = (value: unknown): FileDay => ({
    line: lineOf(value),
    date: partOf(value, 'date'),
    name: partOf(value, 'name'),
    isOffDay: partOf(value, 'isOffDay'),
  });
  const list: unknown[] = Array.isArray(whole) ? whole : [whole];
  // Days alone, without a year around them.
  if (list.length > 0 && list.every((value) => partOf(value, 'date') !== undefined))
    return { tables: [{ file, line: 1, year: undefined, days: list.map(dayOf) }], faults: [] };
  const read: Read = { tables: [], faults: [] };
  for (const value of list) {
    const days = partOf(value, 'days');
    // A year that is left out is not to be guessed here: holiday-cn always names it.
    const year = partOf(value, 'year') ?? null;
    if (Array.isArray(days)) read.tables.push({ file, line: lineOf(value), year, days: days.map(dayOf) });
    else read.faults.push({ line: lineOf(value), rule: 'shape' });
  }
  return read;
}

const partOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;

/** The line on which each object of a JSON text begins: the text's opening braces, in the order of its objects. */
function linesOfObjects(whole: unknown, text: string): Map<unknown, number> {
  const openings: number[] = [];
  let line = 1;
  for (const [found] of text.matchAll(/"(?:\\.|[^"\\])*"|\{|\n/g)) {
    if (found === '\n') line += 1;
    if (found === '{') openings.push(line);
  }
  const lines = new Map<unknown, number>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (!Array.isArray(value)) lines.set(value, openings[lines.size] ?? 1);
    for (const inner of Object.values(value)) visit(inner);
  };
  visit(whole);
  return lines;
}

const COLUMNS = ['date', 'name', 'isOffDay'] as const;
const NAMES: Readonly<Record<(typeof COLUMNS)[number], readonly string[]>> = {
  date: ['date', 'day', '日期'],
  name: ['name', 'holiday', '名称', '节日', '节假日'],
  isOffDay: ['isoffday', 'off', '是否放假', '是否休息', '放假', '休息'],
};

async function tableOfRows(file: string, text: string): Promise<Read> {
  const hasHeader = !/^\s*"?\d{4}\D/.test(text);
  const [first = ''] = text.trimStart().split('\n', 1);
  const delimiter = ['\t', ';'].find((each) => first.includes(each)) ?? ',';
  const whole = hasHeader ? text : `${COLUMNS.join(delimiter)}\n${text}`;
  const days: FileDay[] = [];
  const faults: Read['faults'] = [];
  for await (const row of csvRows(inOnePiece(whole))) {
    const line = hasHeader ? row.line : row.line - 1;
    if (!row.cells) faults.push({ line, rule: 'row' });
    else {
      const cells = new Map(row.cells.map(([name, value]) => [name.trim().toLowerCase(), value]));
      const missing = COLUMNS.some((column) => !NAMES[column].some((name) => cells.has(name)));
      if (missing) return faulty('columns', 1);
      const cell = (column: (typeof COLUMNS)[number]): unknown =>
        cells.get(NAMES[column].find((name) => cells.has(name)) ?? '');
      days.push({ line, date: cell('date'), name: cell('name'), isOffDay: cell('isOffDay') });
    }
  }
  return { tables: [{ file, line: 1, year: undefined, days }], faults };
}

async function* inOnePiece(text: string): AsyncGenerator<string> {
  yield text;
}

/** Years as a text that `readCalendarTexts` reads: how they travel from the preview to the page that saves. */
export const calendarText = (years: readonly CalendarYear[]): string =>
  JSON.stringify(
    years.map(({ year, holidays, makeUpDays }) => ({
      year,
      days: [
        ...Object.entries(holidays).map(([date, { zh }]) => ({ name: zh, date, isOffDay: true })),
        ...Object.entries(makeUpDays).map(([date, { zh }]) => ({ name: zh, date, isOffDay: false })),
      ],
    })),
  );
