import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mongo } from 'mongoose';
import { openEmbeddedStore } from '../../../src/platform/embedded/embedded-store.ts';

const command = fileURLToPath(new URL('../../../src/command.js', import.meta.url));

export const temporaryDirectory = (): Promise<string> => mkdtemp(join(tmpdir(), 'store-tools-'));

/** A command as `npm run` starts it, in English. */
export function startTool(
  args: readonly string[],
  { dataDir, mongodbUri = '' }: { dataDir: string; mongodbUri?: string },
): ChildProcess {
  return spawn(process.execPath, [command, ...args], {
    env: { ...process.env, DATA_DIR: dataDir, MONGODB_URI: mongodbUri, LC_ALL: 'en' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

export interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export async function ended(child: ChildProcess): Promise<Said> {
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  await once(child, 'close');
  return { code: child.exitCode, out, err };
}

export const runTool = (args: readonly string[], where: { dataDir: string; mongodbUri?: string }) =>
  ended(startTool(args, where));

/** Does something with the store in a directory that no other process runs. */
export async function withStore<T>(dataDir: string, act: (db: mongo.Db) => Promise<T>): Promise<T> {
  const store = await openEmbeddedStore({ dataDir, whenRunning: 'refuse' });
  const client = await mongo.MongoClient.connect(store.uri);
  try {
    return await act(client.db());
  } finally {
    await client.close();
    await store.close();
  }
}
