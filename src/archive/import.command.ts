import type { DirectoryStore } from '../directory/directory-store.ts';
import type { FieldError } from '../domain/domain-error.ts';
import type { Clock } from '../platform/clock.ts';
import { UsageError, type Command, type CommandCall } from '../platform/console.ts';
import { readablePath, readOptions } from '../platform/options.command.ts';
import type { Translate } from '../platform/words.ts';
import type { RowText } from './archive-row.ts';
import type { ImportLetters, ImportTally } from './import-letters.ts';
import { collectReasons, sayProblem, sayTally } from './import-report.ts';
import { OLD_COLUMNS, parseColumns, type OldColumn } from './old-columns.ts';
import { readArchive, type ArchiveFile } from './read-archive.command.ts';
import { rejectedFile } from './rejected-file.command.ts';
import { ENCODINGS, encodingOf } from '../platform/rows/text-file.ts';

interface Services {
  readonly importLetters: ImportLetters;
  readonly directory: Pick<DirectoryStore, 'units' | 'town'>;
  readonly clock: Clock;
  readonly zone: string;
}

const OPTIONS = {
  source: { type: 'string' },
  'dry-run': { type: 'boolean' },
  columns: { type: 'string' },
  encoding: { type: 'string' },
  unit: { type: 'string' },
  report: { type: 'string' },
  published: { type: 'boolean' },
} as const;

const ROWS_A_LINE = 5000;

/** `npm run import -- FILE --source NAME …` */
export const importCommand: Command<Services> = async ({ args, say, console }) => {
  const { values, positionals } = readOptions(args, OPTIONS, say);
  const [path, ...others] = positionals;
  if (!path || others.length > 0) throw new UsageError(say('commands:import.whichFile'));
  const source = readSource(values.source, say);
  const file: ArchiveFile = {
    path,
    columns: readColumns(values.columns, say),
    ...(await readEncoding(path, values.encoding, say)),
  };
  const isDryRun = values['dry-run'] ?? false;

  return async ({ importLetters, directory, clock, zone }) => {
    if ((await directory.town()) === null) {
      // A start that finds a demonstration half made empties the store and begins anew.
      if ((await directory.units()).length > 0) throw new UsageError(say('commands:import.unfinished'));
      console.note(say('commands:import.noTown'));
    }
    const unit = await knownUnit(values.unit, directory, say);
    const startedAt = clock.now().getTime();
    const reportPath = values.report ?? `${path}.rejected`;
    // A dry run writes nothing unless it was asked to.
    const report = isDryRun && !values.report ? null : await rejectedFile(reportPath);
    const reasons = collectReasons();
    const unused = new Set<string>();
    const reading = { zone, now: clock.now(), isPublished: values.published ?? false };
    console.note(say('commands:import.reading', { path, encoding: file.encoding }));
    const watch = {
      async rejected({ line, text }: RowText, problem: FieldError) {
        const reason = sayProblem(problem, say);
        reasons.add(line, reason);
        await report?.add({ line, reason, row: text });
      },
      progress: progressOn(console, say),
    };
    let tally: ImportTally;
    try {
      const rows = readArchive(file, reading, unused, say);
      tally = await importLetters({ source, unit, isDryRun }, rows, watch);
    } finally {
      await report?.close();
    }
    const seconds = (clock.now().getTime() - startedAt) / 1000;
    for (const line of sayTally(tally, { isDryRun, unused, seconds }, say)) console.result(line);
    for (const line of reasons.lines(say)) console.result(line);
    if (tally.rejected > 0 && report) console.result(say('commands:import.kept', { path: reportPath }));
    return tally.imported + tally.known > 0 ? 0 : 2;
  };
};

function progressOn(console: CommandCall['console'], say: Translate): (tally: Readonly<ImportTally>) => void {
  let saidAt = 0;
  return (tally) => {
    if (!console.isTerminal && tally.rows - saidAt < ROWS_A_LINE) return;
    saidAt = tally.rows;
    const { rows, imported, known, rejected } = tally;
    console.progress(say('commands:import.progress', { rows, imported, known, rejected }));
  };
}

function readSource(typed: string | undefined, say: Translate): string {
  const source = typed?.trim() ?? '';
  if (source === '') throw new UsageError(say('commands:import.whichSource'));
  // Letters of our own are counted under this name.
  if (source === 'own' || source.length > 60 || /\p{Cc}/u.test(source)) {
    throw new UsageError(say('commands:import.badSource', { source }));
  }
  return source;
}

function readColumns(typed: string | undefined, say: Translate): ReadonlyMap<string, OldColumn> {
  if (typed === undefined) return new Map();
  const read = parseColumns(typed);
  if ('given' in read) return read.given;
  throw new UsageError(
    say('commands:import.badColumns', { wrong: read.wrong, columns: OLD_COLUMNS.join(', ') }),
  );
}

async function readEncoding(path: string, typed: string | undefined, say: Translate) {
  const encoding = typed === undefined ? null : ENCODINGS.get(typed.toLowerCase());
  if (encoding === undefined) {
    throw new UsageError(
      say('commands:import.badEncoding', { typed: typed ?? '', known: [...ENCODINGS.keys()].join(', ') }),
    );
  }
  await readablePath(path, say);
  const found = await encodingOf(path);
  return encoding === null || encoding === found.encoding ? found : { encoding, isClean: false };
}

async function knownUnit(
  typed: string | undefined,
  directory: Services['directory'],
  say: Translate,
): Promise<string> {
  if (typed === undefined) return '';
  const units = await directory.units();
  const unit = units.find(({ id, name }) => [id, name.zh, name.en].includes(typed));
  if (unit) return unit.id;
  const there = units.map(({ id }) => id).join(', ');
  throw new UsageError(say('commands:import.noSuchUnit', { unit: typed, there }));
}
