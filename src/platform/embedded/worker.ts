import { rmSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { databaseFile, lockFile, socketPath, writeLock } from './data-directory.js';
import { ServerError } from './errors.js';
import { listen } from './server/listen.js';
import { removeBackupDrafts } from './storage/backup-draft.js';
import { DatabaseTaken, DatabaseUnusable } from './storage/database.js';
import { Store } from './storage/store.js';

/** What the worker is started with. */
export interface WorkerTask {
  readonly dataDir: string;
  /** A port of the loopback in place of the socket; 0 for a free one. */
  readonly port: number | null;
}

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

async function run({ dataDir, port }: WorkerTask): Promise<void> {
  const store = open(dataDir);
  if (!store) {
    parentPort?.close();
    return;
  }
  const path = port === null ? socketPath(dataDir) : null;
  // The file is ours alone now, so a socket lying there is what a killed process left.
  if (path !== null) rmSync(path, { force: true });
  removeBackupDrafts(dataDir);
  const listening = await listen(store, path ?? port ?? 0).catch((error: unknown) => {
    if (port === null) throw error;
    const why = error instanceof Error ? error.message : String(error);
    say({ kind: 'unusable', message: `Port ${port} of 127.0.0.1 cannot be used: ${why}` });
    return null;
  });
  if (!listening) {
    store.database.close();
    parentPort?.close();
    return;
  }
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

const isTask = (given: unknown): given is WorkerTask =>
  typeof given === 'object' && given !== null && 'dataDir' in given && 'port' in given;

const given: unknown = workerData;
if (!isTask(given)) throw new TypeError('the worker needs the data directory');
await run(given);
