import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';

/** A program of ours in a process of its own, and what it has said so far. */
export interface ChildProgram {
  readonly child: ChildProcess;
  readonly lines: readonly string[];
  /** Waits until it has said such a line; fails when it ends before. */
  said(line: RegExp, patienceMs?: number): Promise<string>;
  /** kill -9: nothing is flushed, nothing is said. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code once it has ended by itself. */
  stop(): Promise<number | null>;
}

const WRONG_CLOCK = pathToFileURL('dist/test/support/wrong-clock.js').href;

/** `wrongByMs`: its clock is fast (or slow, below zero) by so much. */
export function startChild(
  program: string,
  args: readonly string[],
  { env = {}, wrongByMs = 0 }: { env?: NodeJS.ProcessEnv; wrongByMs?: number } = {},
): ChildProgram {
  const child = spawn(
    process.execPath,
    [...(wrongByMs === 0 ? [] : ['--import', WRONG_CLOCK]), program, ...args],
    {
      env: { ...process.env, CLOCK_IS_WRONG_BY_MS: String(wrongByMs), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (hasEnded()) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  return {
    child,
    lines,
    async said(line, patienceMs = 30_000) {
      for (const until = Date.now() + patienceMs; ; await wait(20)) {
        const found = lines.find((each) => line.test(each));
        if (found !== undefined) return found;
        if (hasEnded() || Date.now() > until)
          throw new Error(`${program} did not say ${String(line)}: ${lines.join(' | ')} ${complaints}`);
      }
    },
    kill: () => end('SIGKILL'),
    async stop() {
      await end('SIGTERM');
      return child.exitCode;
    },
  };
}
