import { access, constants, stat } from 'node:fs/promises';
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

/** @throws UsageError unless there is a file with something in it that may be read. */
export async function readablePath(path: string, say: Translate): Promise<void> {
  const there = await stat(path).catch(() => null);
  if (!there) throw new UsageError(say('commands:noSuchFile', { path }));
  if (!there.isFile()) throw new UsageError(say('commands:notAFile', { path }));
  if (there.size === 0) throw new UsageError(say('commands:emptyFile', { path }));
  const mayRead = await access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
  if (!mayRead) throw new UsageError(say('commands:mayNotRead', { path }));
}
