import { createConnection } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { makeDataDirectory, readLock, type Lock } from './data-directory.js';
import type { WorkerMessage, WorkerTask } from './worker.js';

export interface EmbeddedStore {
  readonly uri: string;
  /** false: another process runs this store and we talk to it */
  readonly own: boolean;
  close(): Promise<void>;
}

/** Another process runs the store; the message names it. */
export class EmbeddedStoreBusy extends Error {}

/** The data directory holds something this version cannot work with; the message says what. */
export class EmbeddedStoreUnusable extends Error {}

export interface EmbeddedStoreOptions {
  readonly dataDir: string;
  readonly whenRunning: 'join' | 'refuse';
  /** Put into the URI's path; default 'huiyin'. A client may use any other name as well. */
  readonly databaseName?: string;
  /** Serves a port of 127.0.0.1 (0: a free one) in place of the socket: then every user of this machine can read. */
  readonly port?: number;
}

/** A process that is just starting or stopping holds the file without answering; it gets this long. */
const patienceMs = 15_000;

/**
 * Opens the store in dataDir (created 0700 when missing). When a living process already runs it: `join` returns
 * the URI of the running one (own: false, close() does nothing); `refuse` throws EmbeddedStoreBusy.
 */
export async function openEmbeddedStore(options: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  const dataDir = makeDataDirectory(options.dataDir);
  const uriOf = (host: string): string =>
    `mongodb://${host}/${options.databaseName ?? 'huiyin'}?directConnection=true`;
  for (const startedAt = Date.now(); ; await sleep(50 + Math.random() * 50)) {
    const started = await startWorker({ dataDir, port: options.port ?? null });
    if (started) return { uri: uriOf(started.host), own: true, close: started.close };
    const lock = readLock(dataDir);
    if (lock && (await answers(lock))) {
      if (options.whenRunning === 'refuse') throw busy(dataDir, lock);
      return { uri: uriOf(lock.host), own: false, close: () => Promise.resolve() };
    }
    if (Date.now() - startedAt > patienceMs) throw busy(dataDir, lock);
  }
}

const busy = (dataDir: string, lock: Lock | null): EmbeddedStoreBusy =>
  new EmbeddedStoreBusy(
    `The store in ${dataDir} is in use by ${lock ? `process ${lock.pid}` : 'another process'}. Stop that one first.`,
  );

interface Started {
  readonly host: string;
  readonly close: () => Promise<void>;
}

/** The running worker, or null when another process has the files. */
async function startWorker(task: WorkerTask): Promise<Started | null> {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: task });
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', () => resolve());
  });
  const message = await new Promise<WorkerMessage>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the store's worker ended with code ${code}`)));
  });
  if (message.kind === 'unusable') throw new EmbeddedStoreUnusable(message.message);
  if (message.kind !== 'ready') {
    await exited;
    return null;
  }
  // From here on nobody awaits the worker: its failure has to end the process loudly, not hang its clients.
  worker.on('error', (error) => {
    throw error;
  });
  worker.unref();
  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    worker.ref();
    worker.postMessage('close', []);
    await exited;
  };
  return {
    host: message.host,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** Whether somebody listens at the address of a lock file. */
async function answers({ host }: Lock): Promise<boolean> {
  const path = decodeURIComponent(host);
  const port = /^127\.0\.0\.1:(\d+)$/.exec(path)?.[1];
  const socket = port ? createConnection(Number(port), '127.0.0.1') : createConnection(path);
  const isThere = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
  socket.destroy();
  return isThere;
}
