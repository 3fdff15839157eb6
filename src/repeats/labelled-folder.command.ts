import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../platform/console.ts';
import { readablePath } from '../platform/options.command.ts';
import type { Translate } from '../platform/words.ts';
import { letterRow, pairRow, queryRow, titlePairRow } from './labelled-forms.ts';
import type { LetterRow, PairRow, QueryRow, TitlePairRow } from './labelled-rows.ts';

/** Letters of which somebody said which are about one matter. */
export interface LabelledFolder {
  readonly letters: readonly LetterRow[];
  readonly pairs: readonly PairRow[];
  readonly queries: readonly QueryRow[];
  /** Empty where the folder has none. */
  readonly titlePairs: readonly TitlePairRow[];
}

/** @throws UsageError that names a file that is missing, or the line that is wrong. */
export async function readLabelledFolder(dir: string, say: Translate): Promise<LabelledFolder> {
  return {
    letters: await readRows(join(dir, 'letters.jsonl'), letterRow, say),
    pairs: await readRows(join(dir, 'same-matter-pairs.jsonl'), pairRow, say),
    queries: await readRows(join(dir, 'same-matter-queries.jsonl'), queryRow, say),
    titlePairs: await readRows(join(dir, 'en-petition-pairs.jsonl'), titlePairRow, say).catch(
      (error: unknown) => {
        if (error instanceof NoSuchFile) return [];
        throw error;
      },
    ),
  };
}

class NoSuchFile extends UsageError {}

interface Form<Row> {
  validate(value: unknown): { readonly value: Row; readonly error?: undefined } | { readonly error: Error };
}

async function readRows<Row>(path: string, form: Form<Row>, say: Translate): Promise<Row[]> {
  const text = await readFile(path, 'utf8').catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new NoSuchFile(say('commands:noSuchFile', { path }));
    await readablePath(path, say);
    throw error;
  });
  return text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return [];
    const read = form.validate(parsed(line));
    if (read.error) throw new UsageError(say('commands:badLine', { path, line: i + 1 }));
    return [read.value];
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
