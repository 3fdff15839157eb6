import { rmSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { databaseFile, lockFile, socketPath, writeLock } from './data-directory.js';
import { ServerError } from './errors.js';
import { listen } from './server/listen.js';
import { DatabaseTaken, DatabaseUnusable } from './storage/database.js';
import { Store } from './storage/store.js';

/** What the worker tells the thread that started it. */
export type WorkerMessage =
  | { readonly kind: 'ready'; readonly host: string }
  | { readonly kind: 'taken' }
  | { readonly kind: 'unusable'; readonly message: string }
  | { readonly kind: 'closed' };

const sweepMs = 60_000;

const say = (message: WorkerMessage): void => parentPort?.postMessage(message, []);

function open(dataDir: string): Store | null {
  try {
    return new Store(databaseFile(dataDir));
  } catch (error) {
    if (error instanceof DatabaseTaken) say({ kind: 'taken' });
    else if (error instanceof DatabaseUnusable) say({ kind: 'unusable', message: error.message });
    else throw error;
    return null;
  }
}

function expire(store: Store): void {
  try {
    store.expire(new Date());
  } catch (error) {
    // A full disk undoes the sweep like any other write; the next one tries again.
    if (!(error instanceof ServerError)) throw error;
  }
}

async function run(dataDir: string): Promise<void> {
  const store = open(dataDir);
  if (!store) {
    parentPort?.close();
    return;
  }
  const path = socketPath(dataDir);
  // The file is ours alone now, so a socket lying there is what a killed process left.
  if (path !== null) rmSync(path, { force: true });
  const listening = await listen(store, path);
  const host = path === null ? `127.0.0.1:${listening.port}` : encodeURIComponent(path);
  writeLock(dataDir, { pid: process.pid, host });
  const sweep = setInterval(() => {
    listening.tidy(Date.now());
    expire(store);
  }, sweepMs);
  parentPort?.once('message', () => {
    clearInterval(sweep);
    void close();
  });
  const close = async (): Promise<void> => {
    await listening.close();
    store.database.close();
    rmSync(lockFile(dataDir), { force: true });
    if (path !== null) rmSync(path, { force: true });
    say({ kind: 'closed' });
    parentPort?.close();
  };
  say({ kind: 'ready', host });
}

const given: unknown = workerData;
if (typeof given !== 'string') throw new TypeError('the worker needs the data directory');
await run(given);
