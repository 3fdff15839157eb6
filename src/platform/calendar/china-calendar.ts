import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Joi from 'joi';
import type { Bilingual } from '../../domain/bilingual.ts';
import type { CalendarYear } from '../../domain/clocks/working-calendar.ts';

/** The package's table: day → "English name,中文名,days". We read the table, not its functions: those guess in years they do not know. */
const tableSchema = Joi.object({
  holidays: Joi.object()
    .pattern(/^\d{4}-\d{2}-\d{2}$/, Joi.string())
    .required(),
  workdays: Joi.object()
    .pattern(/^\d{4}-\d{2}-\d{2}$/, Joi.string())
    .required(),
}).unknown();

/** The State Council's holidays and make-up days (调休), as far as they are published: 2004 to 2026 in chinese-days 1.5. */
export function chinaCalendarYears(): CalendarYear[] {
  const path = createRequire(import.meta.url).resolve('chinese-days/dist/chinese-days.json');
  const table: { holidays: Record<string, string>; workdays: Record<string, string> } = Joi.attempt(
    JSON.parse(readFileSync(path, 'utf8')),
    tableSchema,
  );
  const years = new Map<
    number,
    { holidays: Record<string, Bilingual>; makeUpDays: Record<string, Bilingual> }
  >();
  const yearOf = (day: string) => {
    const year = Number(day.slice(0, 4));
    const known = years.get(year) ?? { holidays: {}, makeUpDays: {} };
    years.set(year, known);
    return known;
  };
  for (const [day, name] of Object.entries(table.holidays)) yearOf(day).holidays[day] = bilingual(name);
  for (const [day, name] of Object.entries(table.workdays)) yearOf(day).makeUpDays[day] = bilingual(name);
  return [...years].map(([year, days]) => ({ year, ...days })).sort((a, b) => a.year - b.year);
}

function bilingual(name: string): Bilingual {
  const [en = name, zh = name] = name.split(',');
  return { zh, en };
}
