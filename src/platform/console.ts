import type { Translate } from './words.ts';

/** What a command says, and to whom: results on standard output, everything else on standard error. */
export interface Console {
  readonly isTerminal: boolean;
  result(text: string): void;
  note(line: string): void;
  /** On a terminal a line that is written over by the next; elsewhere a line. */
  progress(line: string): void;
}

export function streamConsole(
  out: NodeJS.WritableStream,
  err: NodeJS.WritableStream & { isTTY?: boolean },
): Console {
  const isTerminal = err.isTTY ?? false;
  let isOpenLine = false;
  const endLine = (): void => {
    if (isOpenLine) err.write('\n');
    isOpenLine = false;
  };
  return {
    isTerminal,
    result(text) {
      endLine();
      out.write(`${text}\n`);
    },
    note(line) {
      endLine();
      err.write(`${line}\n`);
    },
    progress(line) {
      err.write(isTerminal ? `\r\u001b[K${line}` : `${line}\n`);
      isOpenLine = isTerminal;
    },
  };
}

/** A command that was called wrongly; the message is for its caller. */
export class UsageError extends Error {}

export interface CommandCall {
  readonly args: readonly string[];
  readonly say: Translate;
  readonly console: Console;
  /** The town's zone. */
  readonly zone: string;
}

/** Reads its arguments before any store is opened; what it returns does the work and says the exit code. */
export type Command<Services> = (call: CommandCall) => Promise<(services: Services) => Promise<number>>;
