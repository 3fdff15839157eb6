import { DatabaseSync } from '@photostructure/sqlite';
import {
  copyFileSync,
  constants,
  chmodSync,
  existsSync,
  linkSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { databaseFile, makeDataDirectory } from './data-directory.js';
import { syncDirectory, syncFile } from './durable-files.js';
import { EmbeddedStoreBusy, EmbeddedStoreUnusable } from './embedded-store.js';
import { DatabaseTaken, DatabaseUnusable, isTaken } from './storage/database.js';
import { Store } from './storage/store.js';

const logOf = (file: string): string => `${file}-wal`;

/**
 * Puts a backup in the place of the store in dataDir; the one that was there is kept beside it under a dated name.
 * At every moment there is a whole store under the store's name. Returns where the old one is, null when there was
 * none. Throws EmbeddedStoreBusy while a program runs on it, EmbeddedStoreUnusable when the file is not a whole store.
 */
export function restoreEmbeddedStore(options: { dataDir: string; file: string; now: Date }): {
  kept: string | null;
} {
  const dataDir = makeDataDirectory(options.dataDir);
  const live = databaseFile(dataDir);
  const incoming = join(dataDir, `store.incoming-${process.pid}`);
  refuseWhenTaken(live, dataDir);
  try {
    checkedCopy(options.file, incoming);
    if (!existsSync(live)) {
      renameSync(incoming, live);
      syncDirectory(dataDir);
      return { kept: null };
    }
    const kept = join(dataDir, `store.replaced-${stamp(options.now)}.sqlite`);
    keep(live, kept);
    // A log that is left here would be taken for the new file's own.
    if (existsSync(logOf(live))) renameSync(logOf(live), logOf(kept));
    renameSync(incoming, live);
    syncDirectory(dataDir);
    // Whoever opened the old file since the first look has it still, by whatever name.
    if (lockedByOther(kept)) {
      renameSync(kept, live);
      if (existsSync(logOf(kept))) renameSync(logOf(kept), logOf(live));
      throw busy(dataDir);
    }
    return { kept };
  } finally {
    for (const file of [incoming, logOf(incoming)]) rmSync(file, { force: true });
  }
}

const busy = (dataDir: string): EmbeddedStoreBusy =>
  new EmbeddedStoreBusy(`The store in ${dataDir} is in use. Stop the program first.`);

function refuseWhenTaken(live: string, dataDir: string): void {
  if (existsSync(live) && lockedByOther(live)) throw busy(dataDir);
}

/** Asks SQLite's lock, the only certain one. A file too damaged to be opened is nobody's. */
function lockedByOther(file: string): boolean {
  const sqlite = new DatabaseSync(file);
  try {
    sqlite.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE; ROLLBACK');
    return false;
  } catch (error) {
    return isTaken(error);
  } finally {
    sqlite.close();
  }
}

/** The file's copy, looked through as a store is at its start, safe on disk. The file itself is never opened as a store. */
function checkedCopy(file: string, copy: string): void {
  if (existsSync(logOf(file)) && statSync(logOf(file)).size > 0) {
    throw new EmbeddedStoreUnusable(
      `${file} is a store that was not closed, not a backup: part of it lies in ${logOf(file)}`,
    );
  }
  copyFileSync(file, copy);
  chmodSync(copy, 0o600);
  try {
    const store = new Store(copy, file);
    const isEmpty = store.databases().length === 0;
    store.database.close();
    if (isEmpty) throw new EmbeddedStoreUnusable(`${file} is an empty store`);
  } catch (error) {
    if (error instanceof DatabaseTaken || error instanceof DatabaseUnusable)
      throw new EmbeddedStoreUnusable(error.message, { cause: error });
    throw error;
  }
  syncFile(copy);
}

function keep(live: string, kept: string): void {
  try {
    linkSync(live, kept);
  } catch {
    // Some file systems have no links.
    copyFileSync(live, kept, constants.COPYFILE_EXCL);
    syncFile(kept);
  }
}

const stamp = (now: Date): string => now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
