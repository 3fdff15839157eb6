import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DatabaseSync } from '@photostructure/sqlite';
import { mongo } from 'mongoose';
import { openEmbeddedStore } from '../../../src/platform/embedded/embedded-store.js';

const writer = fileURLToPath(new URL('./writer-process.js', import.meta.url));

export interface Writer {
  readonly child: ChildProcess;
  readonly acknowledged: number[];
  readonly ready: Promise<void>;
}

/** A process with a store of its own and eight writers on it. */
export function startWriter(dataDir: string, first: number): Writer {
  const child = spawn(process.execPath, [writer, dataDir, String(first)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const acknowledged: number[] = [];
  const ready = new Promise<void>((resolve, reject) => {
    const lines = createInterface({ input: child.stdout ?? process.stdin });
    lines.on('line', (line) => {
      if (line === 'ready') resolve();
      else acknowledged.push(Number(line));
    });
    child.once('exit', () => reject(new Error('the writer ended')));
  });
  ready.catch(() => undefined);
  return { child, acknowledged, ready };
}

export async function kill({ child }: Writer): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

export interface Survived {
  readonly acknowledged: number;
  /** Acknowledged, and not there any more. */
  readonly lost: number;
  readonly documents: number;
  /** What the index on the other field leads to. */
  readonly indexed: number;
  /** SQLite's own word. */
  readonly integrity: string;
}

/** Kills a process under eight writers, again and again on one directory, then counts what is there. */
export async function killRounds(dataDir: string, rounds: number): Promise<Survived> {
  const acknowledged: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const running = startWriter(dataDir, 1_000_000 * round);
    await running.ready;
    await pause(150 + 100 * (round % 4));
    await kill(running);
    // Pipe contents written before the kill still arrive.
    await pause(50);
    if (running.acknowledged.length === 0) throw new Error('the writer wrote nothing');
    for (const id of running.acknowledged) acknowledged.push(id);
  }
  const store = await openEmbeddedStore({ dataDir, whenRunning: 'refuse' });
  const client = await mongo.MongoClient.connect(store.uri);
  const collection = client.db().collection<{ _id: number }>('numbers');
  const there = new Set((await collection.find().toArray()).map(({ _id }) => _id));
  const indexed = await collection.countDocuments({ even: { $in: [true, false] } });
  await client.close();
  await store.close();
  const sqlite = new DatabaseSync(join(dataDir, 'store.sqlite'));
  const integrity = String(Object.values(sqlite.prepare('PRAGMA integrity_check').get())[0]);
  sqlite.close();
  return {
    acknowledged: acknowledged.length,
    lost: acknowledged.filter((id) => !there.has(id)).length,
    documents: there.size,
    indexed,
    integrity,
  };
}
