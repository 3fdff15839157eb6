import { readFile } from 'node:fs/promises';
import type { CalendarYear, WorkingCalendar } from '../domain/clocks/working-calendar.ts';
import { isDay } from '../domain/clocks/zoned-day.ts';
import { UsageError, type Command, type CommandCall } from '../platform/console.ts';
import { readablePath, readOptions } from '../platform/options.command.ts';
import { textIn } from '../platform/rows/text-file.ts';
import type { Translate } from '../platform/words.ts';
import { readCalendarTexts, type CalendarText } from './calendar-file-forms.ts';
import type { Remark } from './calendar-file.ts';
import type { CalendarStore } from './calendar-store.ts';
import { importView, namedSpans } from './calendar.view.ts';
import type { GetTownTimes } from './get-town-times.ts';
import { COMMAND_LINE, type KeepCalendar } from './keep-calendar.ts';
import type { ReckoningSum } from './reckon-clocks.ts';

interface Services {
  readonly keepCalendar: KeepCalendar;
  readonly calendar: Pick<CalendarStore, 'townDays'>;
  readonly getTownTimes: GetTownTimes;
}

const OPTIONS = {
  'dry-run': { type: 'boolean' },
  off: { type: 'boolean' },
  work: { type: 'boolean' },
  remove: { type: 'boolean' },
  name: { type: 'string' },
  'name-en': { type: 'string' },
} as const;

type Options = ReturnType<typeof readOptions<typeof OPTIONS>>['values'];
type Run = (services: Services) => Promise<number>;

/** `npm run calendar -- import FILE… | show YEAR | day DATE …` */
export const calendarCommand: Command<Services> = async (call) => {
  const { values, positionals } = readOptions(call.args, OPTIONS, call.say);
  const [what, ...named] = positionals;
  if (what === 'import') return importFiles(call, named, values['dry-run'] ?? false);
  if (what === 'show') return showYear(call, named);
  if (what === 'day') return changeDay(call, named, values);
  throw new UsageError(call.say('commands:calendar.whatToDo'));
};

async function importFiles(
  { say, console }: CommandCall,
  paths: readonly string[],
  isDryRun: boolean,
): Promise<Run> {
  if (paths.length === 0) throw new UsageError(say('commands:calendar.whichFiles'));
  const texts: CalendarText[] = [];
  for (const path of paths) {
    await readablePath(path, say);
    texts.push({ name: path, text: await textIn(await readFile(path)) });
  }
  const { years, faults, doubts } = await readCalendarTexts(texts);
  for (const fault of faults) console.note(remarkWords(fault, say));
  if (faults.length > 0) throw new UsageError(say('commands:calendar.refused'));
  for (const doubt of doubts)
    console.note(say('commands:calendar.doubt', { remark: remarkWords(doubt, say) }));
  return async ({ keepCalendar, getTownTimes }) => {
    for (const line of yearLines(years, (await getTownTimes()).calendar, say)) console.result(line);
    if (isDryRun) console.result(say('commands:calendar.dryRun'));
    else console.result(sumWords(await keepCalendar.takeYears(years, COMMAND_LINE), say));
    return 0;
  };
}

const remarkWords = ({ file, line, rule, params }: Remark<string>, say: Translate): string => {
  const what = say(`clocks:file.rule.${rule}`, params);
  return line === null
    ? say('commands:calendar.fault', { path: file, what })
    : say('commands:calendar.faultAt', { path: file, line, what });
};

const whatWords = ({ isWorking }: { isWorking: boolean }, say: Translate): string =>
  say(isWorking ? 'commands:calendar.worked' : 'commands:calendar.off');

/** What each year holds, and which days become otherwise than they were known. */
const yearLines = (years: readonly CalendarYear[], calendar: WorkingCalendar, say: Translate): string[] =>
  importView(years, calendar, say.lang).flatMap(({ year, holidays, worked, differences }) => [
    say('commands:calendar.year', { year, holidays, worked }),
    ...differences.map(({ day, before, after }) =>
      say('commands:calendar.difference', {
        day,
        before: whatWords(before, say),
        after: whatWords(after, say),
      }),
    ),
  ]);

const sumWords = ({ looked, earlier, later, retimed, over }: ReckoningSum, say: Translate): string =>
  say('commands:calendar.sum', { looked, earlier, later, retimed, over });

async function showYear({ say, console }: CommandCall, named: readonly string[]): Promise<Run> {
  const [typed = ''] = named;
  if (named.length !== 1 || !/^(19|20)\d{2}$/.test(typed))
    throw new UsageError(say('commands:calendar.whichYear'));
  const year = Number(typed);
  return async ({ getTownTimes }) => {
    const { calendar } = await getTownTimes();
    const spans = namedSpans(year, calendar, say.lang);
    const daysOf = (drawn: string) =>
      spans.filter((span) => span.drawn === drawn).reduce((sum, { days }) => sum + days, 0);
    const counts = { year, holidays: daysOf('off'), worked: daysOf('worked') };
    console.result(
      calendar.years.includes(year)
        ? say('commands:calendar.year', counts)
        : say('commands:calendar.unknown', { year }),
    );
    for (const { from, to, name, drawn } of spans) {
      const what = say(`clocks:calendar.drawn.${drawn}`);
      if (from === to) console.result(say('commands:calendar.day', { day: from, what, name }));
      else console.result(say('commands:calendar.span', { from, to, what, name }));
    }
    return 0;
  };
}

async function changeDay(
  { say, console }: CommandCall,
  named: readonly string[],
  options: Options,
): Promise<Run> {
  const [day = ''] = named;
  if (named.length !== 1 || !isDay(day)) throw new UsageError(say('commands:calendar.whichDay'));
  const { off = false, work = false, remove = false } = options;
  if ([off, work, remove].filter(Boolean).length !== 1)
    throw new UsageError(say('commands:calendar.whichOf'));
  const zh = options.name?.trim() ?? '';
  if (!remove && zh === '') throw new UsageError(say('commands:calendar.whichName'));
  const name = { zh, en: options['name-en']?.trim() || zh };
  return async ({ keepCalendar, calendar }) => {
    if (remove && !(await calendar.townDays()).some((own) => own.day === day))
      throw new UsageError(say('commands:calendar.noSuchDay', { day }));
    const sum = remove
      ? await keepCalendar.removeDay(day)
      : await keepCalendar.setDay({ day, isWorking: work, name }, COMMAND_LINE);
    console.result(sumWords(sum, say));
    return 0;
  };
}
