import { chmodSync, copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { mongo } from 'mongoose';
import { databaseFile } from './data-directory.js';
import { syncDirectory, syncFile } from './durable-files.js';
import { EmbeddedStoreUnusable, openEmbeddedStore } from './embedded-store.js';

/**
 * Copies the store in dataDir into a file, whether or not a program runs on it: the process that has the store makes
 * the copy. It holds every write acknowledged before; the file gets its name when it is whole and on disk.
 */
export async function backUpEmbeddedStore(options: { dataDir: string; file: string }): Promise<void> {
  const dataDir = resolve(options.dataDir);
  const file = resolve(options.file);
  if (!existsSync(databaseFile(dataDir))) throw new EmbeddedStoreUnusable(`There is no store in ${dataDir}`);
  const store = await openEmbeddedStore({ dataDir, whenRunning: 'join' });
  try {
    const draft = join(dataDir, await requestCopy(store.uri));
    try {
      syncFile(draft);
      moveInto(draft, file);
    } finally {
      rmSync(draft, { force: true });
    }
  } finally {
    await store.close();
  }
}

async function requestCopy(uri: string): Promise<string> {
  const client = await mongo.MongoClient.connect(uri);
  try {
    const reply: unknown = (await client.db('admin').command({ makeBackup: 1 }))['file'];
    // A name, never a path: the answer decides what is moved.
    if (typeof reply !== 'string' || !/^[\w.-]+$/.test(reply)) throw new Error('the store named no file');
    return reply;
  } finally {
    await client.close();
  }
}

function moveInto(draft: string, file: string): void {
  const part = `${file}.part-${process.pid}`;
  try {
    moveOrCopy(draft, part);
    if (existsSync(file)) throw new EmbeddedStoreUnusable(`There is a file ${file} already`);
    renameSync(part, file);
    syncDirectory(dirname(file));
  } finally {
    rmSync(part, { force: true });
  }
}

function moveOrCopy(draft: string, part: string): void {
  try {
    renameSync(draft, part);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error;
    copyFileSync(draft, part);
    chmodSync(part, 0o600);
    syncFile(part);
  }
}
