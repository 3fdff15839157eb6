import type { KnownLetter } from '../domain/routing/learn-classifier.ts';
import { UsageError } from '../platform/console.ts';
import { readablePath } from '../platform/options.command.ts';
import { rawRows } from '../platform/rows/read-rows.ts';
import type { Translate } from '../platform/words.ts';

/**
 * Letters whose topic people know: rows of `title`, `body`, `text`, `topic`. Where no title was written, the letter is its
 * `text`. @throws UsageError that names the first row that is none.
 */
export async function readKnownLetters(path: string, say: Translate): Promise<KnownLetter[]> {
  await readablePath(path, say);
  const letters: KnownLetter[] = [];
  for await (const { line, cells } of rawRows({ path, encoding: 'utf8' })) {
    const values = new Map(cells);
    const text = (key: string): string => {
      const value = values.get(key);
      return typeof value === 'string' ? value.trim() : '';
    };
    const letter = { title: text('title'), body: text('body') || text('text'), name: text('topic') };
    if (letter.name === '' || letter.title + letter.body === '')
      throw new UsageError(say('commands:routing.badRow', { path, line }));
    letters.push(letter);
  }
  return letters;
}
