import { UsageError, type Command } from '../../src/platform/console.ts';
import type { Huiyin } from '../../src/compose.ts';

/** What a command said, and the code it ends with. */
export interface Said {
  readonly code: number;
  readonly result: string;
  readonly notes: readonly string[];
  readonly progress: readonly string[];
}

/** Runs a command on a test town as `npm run` would: wrong calls end with 2 and their sentence. */
export async function runCommand(
  command: Command<Huiyin['services']>,
  args: readonly string[],
  town: Pick<Huiyin, 'services' | 'words'>,
  language: 'zh-CN' | 'en' = 'en',
): Promise<Said> {
  const results: string[] = [];
  const notes: string[] = [];
  const progress: string[] = [];
  const console = {
    isTerminal: true,
    result: (text: string) => void results.push(text),
    note: (line: string) => void notes.push(line),
    progress: (line: string) => void progress.push(line),
  };
  const call = { args, say: town.words.in(language), console, zone: town.services.zone };
  const code = await command(call)
    .then((run) => run(town.services))
    .catch((error: unknown) => {
      if (!(error instanceof UsageError)) throw error;
      notes.push(error.message);
      return 2;
    });
  return { code, result: results.join('\n'), notes, progress };
}
