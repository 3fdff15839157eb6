import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** The program itself, started as `npm start` starts it, on a port of its own. */
export interface ServedProgram {
  readonly address: string;
  readonly child: ChildProcess;
  /** kill -9: nothing is flushed, nothing is said. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}

export async function startProgram(dataDir: string): Promise<ServedProgram> {
  const port = await freePort();
  const child = spawn(process.execPath, ['dist/src/server.js'], {
    env: { ...process.env, DATA_DIR: dataDir, PORT: String(port), MONGODB_URI: '', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  const address = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries += 1) {
    if (child.exitCode !== null || tries > 300) throw new Error(`The program did not start: ${complaints}`);
    const isUp = await fetch(`${address}/letters/rules`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) break;
    await wait(50);
  }
  const ended = once(child, 'exit');
  return {
    address,
    child,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
      return child.exitCode;
    },
  };
}
