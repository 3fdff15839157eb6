import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where the running store is found. */
export interface Lock {
  readonly pid: number;
  /** The host part of its URI. */
  readonly host: string;
}

/** Systems allow a little over 100 bytes for the path of a socket. */
const longestSocketPath = 100;

export const databaseFile = (dataDir: string): string => join(dataDir, 'store.sqlite');

export const lockFile = (dataDir: string): string => join(dataDir, 'store.lock');

/** The directory, readable by its owner only: whoever reaches the socket has the data. */
export function makeDataDirectory(dataDir: string): string {
  const path = resolve(dataDir);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  chmodSync(path, 0o700);
  return path;
}

/** The socket's place; null where the system has none and the loopback has to do. */
export function socketPath(dataDir: string, platform: NodeJS.Platform = process.platform): string | null {
  if (platform === 'win32') return null;
  const inside = join(dataDir, 'store.sock');
  if (Buffer.byteLength(inside) <= longestSocketPath) return inside;
  const user = process.getuid?.() ?? 0;
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  const folder = join(tmpdir(), `store-${user}-${hash}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  // Anyone may write in the temporary directory; a folder somebody else put there is not to be trusted.
  if (!found.isDirectory() || found.uid !== user || (found.mode & 0o077) !== 0) {
    throw new Error(`${folder} is not a directory of this user alone`);
  }
  return join(folder, 'store.sock');
}

export function writeLock(dataDir: string, lock: Lock): void {
  const draft = `${lockFile(dataDir)}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(lock), { mode: 0o600 });
  renameSync(draft, lockFile(dataDir));
}

/** What the lock file says; null when there is none to be read. It may be stale: only SQLite's lock is certain. */
export function readLock(dataDir: string): Lock | null {
  try {
    const read: unknown = JSON.parse(readFileSync(lockFile(dataDir), 'utf8'));
    if (typeof read !== 'object' || read === null || !('pid' in read) || !('host' in read)) return null;
    const { pid, host } = read;
    return typeof pid === 'number' && typeof host === 'string' ? { pid, host } : null;
  } catch {
    return null;
  }
}
