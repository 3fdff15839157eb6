import { createHash } from 'node:crypto';
import { UsageError } from '../platform/console.ts';
import type { Translate } from '../platform/words.ts';
import { rowProblem, type RawRow } from '../platform/rows/raw-row.ts';
import { formatOf, rawRows, type TextFile } from '../platform/rows/read-rows.ts';
import type { ArchiveRow, OldLetter } from './archive-row.ts';
import { columnMap, columnOf, type OldColumn } from './old-columns.ts';
import { readOldLetter, type ReadingOldLetters } from './old-letter-forms.ts';
import { MARK } from '../platform/rows/text-file.ts';

export interface ArchiveFile extends TextFile {
  /** Its bytes are all of its encoding, so that a mark of damage in it is only a character. */
  readonly isClean: boolean;
  /** File's names → ours, as the operator gave them. */
  readonly columns: ReadonlyMap<string, OldColumn>;
}

const NEEDED = ['body', 'date'] as const;

/**
 * The letters of a file, row by row. Names of columns that nothing was done with are put into `unused`.
 * @throws UsageError when a table has no column for what every letter needs.
 */
export async function* readArchive(
  file: ArchiveFile,
  reading: ReadingOldLetters,
  unused: Set<string>,
  say: Translate,
): AsyncGenerator<ArchiveRow> {
  const map = columnMap(file.columns);
  const format = await formatOf(file);
  let isFirst = true;
  for await (const row of rawRows(file, format)) {
    if (!row.cells) {
      yield row;
      continue;
    }
    if (isFirst && format === 'csv') assertColumns(row.cells, file.columns, say);
    isFirst = false;
    const cells = new Map<OldColumn, unknown>();
    for (const [name, value] of row.cells) {
      const column = columnOf(name, map);
      if (!column) unused.add(name);
      // Of two columns with one meaning the first that says something counts.
      else if (!cells.has(column) || cells.get(column) === '') cells.set(column, value);
    }
    yield understood(row, cells, reading, file.isClean);
  }
}

function understood(
  { line, text }: RawRow,
  cells: ReadonlyMap<OldColumn, unknown>,
  reading: ReadingOldLetters,
  isClean: boolean,
): ArchiveRow {
  if (!isClean && text.includes(MARK)) return { line, text, problem: rowProblem('damaged') };
  const read = readOldLetter(cells, reading);
  if ('problem' in read) return { line, text, problem: read.problem };
  const letter = read.value;
  return { line, text, letter: { ...letter, externalId: letter.externalId || fingerprint(letter) } };
}

/** What identifies a letter that has no number: its own words. */
function fingerprint({ letter, reply }: OldLetter): string {
  const words = [letter.receivedAt.toISOString(), letter.writer.name, letter.title, letter.body, reply?.text];
  return `text-${createHash('sha256').update(JSON.stringify(words)).digest('base64url').slice(0, 24)}`;
}

function assertColumns(
  cells: readonly (readonly [string, unknown])[],
  given: ArchiveFile['columns'],
  say: Translate,
): void {
  const names = cells.map(([name]) => name);
  const there = names.join(', ');
  for (const name of given.keys()) {
    if (!names.includes(name)) throw new UsageError(say('commands:import.noSuchColumn', { name, there }));
  }
  const map = columnMap(given);
  const found = new Set(names.map((name) => columnOf(name, map)));
  const missing = NEEDED.filter((column) => !found.has(column));
  if (missing.length > 0) {
    throw new UsageError(say('commands:import.missingColumns', { missing: missing.join(', '), there }));
  }
}
