import { randomUUID } from 'node:crypto';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Database } from './database.js';

const prefix = 'store.backup-';

/** Copies the database into a new file beside it, for its owner only; returns the file's name. */
export function makeBackup(database: Database): string {
  const file = join(dirname(database.file), `${prefix}${randomUUID()}`);
  writeFileSync(file, '', { flag: 'wx', mode: 0o600 });
  try {
    database.copyInto(file);
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
  return basename(file);
}

/** Removes copies nobody came for. */
export function removeBackupDrafts(dataDir: string): void {
  for (const name of readdirSync(dataDir)) {
    if (name.startsWith(prefix)) rmSync(join(dataDir, name), { force: true });
  }
}
