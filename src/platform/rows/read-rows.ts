import { extname } from 'node:path';
import { csvRows } from './csv-rows.ts';
import { jsonRows } from './json-rows.ts';
import type { RawRow } from './raw-row.ts';
import { textOf, type Encoding } from './text-file.ts';

export type Format = 'csv' | 'lines' | 'array';

export interface TextFile {
  readonly path: string;
  readonly encoding: Encoding;
}

/** The rows of a table or of a JSON file, whatever they are about. */
export async function* rawRows(file: TextFile, known?: Format): AsyncGenerator<RawRow> {
  const format = known ?? (await formatOf(file));
  const pieces = textOf(file.path, file.encoding);
  yield* format === 'csv' ? csvRows(pieces) : jsonRows(pieces, format === 'array');
}

/** By its name, else by its first character. */
export async function formatOf({ path, encoding }: TextFile): Promise<Format> {
  const extension = extname(path).toLowerCase();
  let start = '';
  for await (const piece of textOf(path, encoding)) {
    start = piece.trimStart().slice(0, 1);
    if (start !== '') break;
  }
  if (['.csv', '.tsv'].includes(extension)) return 'csv';
  if (start === '[') return 'array';
  return start === '{' || ['.jsonl', '.ndjson', '.json'].includes(extension) ? 'lines' : 'csv';
}
