import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from './console.ts';
import type { Translate } from './words.ts';

/** Options and file names of a command line. @throws UsageError that names what is wrong. */
export function readOptions<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
  say: Translate,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error);
    const known = Object.keys(options)
      .map((name) => `--${name}`)
      .join(' ');
    throw new UsageError(say('commands:wrongOptions', { message, known }));
  }
}
