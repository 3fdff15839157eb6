import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { ServerError } from '../errors.js';
import { structuralDamage } from './page-damage.js';
import { readAhead } from './read-ahead.js';

/** "Huiy" in ASCII: marks the file as a store of ours. */
const applicationId = 0x48756979;

/** 2: collections have options. */
const layoutVersion = 2;

/** Another process has the file. */
export class DatabaseTaken extends Error {}

/** The file is not one this version can work with; the message says why. */
export class DatabaseUnusable extends Error {}

/** Told when its writes are safe on disk (null) or were lost (the reason). */
type Settled = (failure: ServerError | null) => void;

export const sqliteCode = (error: unknown): number | null =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode & 0xff
    : null;

const codes = { busy: 5, corrupt: 11, full: 13, notADatabase: 26 } as const;

export const isTaken = (error: unknown): boolean => sqliteCode(error) === codes.busy;

/** For a file that was a store of ours once. */
export const damaged = (file: string, what: string, cause?: unknown): DatabaseUnusable =>
  new DatabaseUnusable(
    `${file} is damaged (${what}). Put a backup in its place with: npm run restore -- FILE`,
    { cause },
  );

/**
 * The SQLite file. All writes of one turn of the event loop share one transaction, hence one fsync; nothing is
 * reported done before it. Opening takes SQLite's exclusive lock, which the operating system drops with the
 * process. (The process must never open the file by other means: closing it would drop the lock.)
 */
export class Database {
  readonly sqlite: DatabaseSyncInstance;
  readonly file: string;
  /** Called after a transaction was rolled back: whatever was derived from the tables is stale. */
  onRollback: () => void = () => undefined;
  private waiting: Settled[] = [];
  private isOpen = false;

  /** `shownAs` is what complaints call the file. */
  constructor(file: string, shownAs = file) {
    this.file = file;
    this.sqlite = new DatabaseSync(file);
    try {
      this.prepare(shownAs);
    } catch (error) {
      this.sqlite.close();
      if (isTaken(error)) throw new DatabaseTaken(`${shownAs} is in use`, { cause: error });
      if (sqliteCode(error) === codes.notADatabase) {
        throw new DatabaseUnusable(
          `${shownAs} is not a database of the embedded store, or its beginning is damaged`,
          { cause: error },
        );
      }
      if (sqliteCode(error) === codes.corrupt) throw damaged(shownAs, 'its structure', error);
      throw error;
    }
  }

  private prepare(file: string): void {
    this.sqlite.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA busy_timeout = 0');
    // The first write takes the exclusive lock, before anything of the file is believed.
    this.sqlite.exec('BEGIN EXCLUSIVE');
    const isEmpty = this.sqlite.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').all().length === 0;
    const identity = Number(this.pragma('application_id'));
    const version = Number(this.pragma('user_version'));
    this.sqlite.exec('COMMIT');
    if (identity !== applicationId && (identity !== 0 || !isEmpty)) {
      throw new DatabaseUnusable(`${file} belongs to another program`);
    }
    if (version > layoutVersion) {
      throw new DatabaseUnusable(
        `${file} was written by a newer version (layout ${version}, known ${layoutVersion})`,
      );
    }
    readAhead(this.file);
    const damage = structuralDamage(this.sqlite);
    if (damage !== null) throw damaged(file, damage);
    this.sqlite.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    const older = version === 1 ? 'ALTER TABLE collections ADD COLUMN options BLOB;' : '';
    this.sqlite.exec(`BEGIN EXCLUSIVE; ${older}
      PRAGMA application_id = ${applicationId};
      PRAGMA user_version = ${layoutVersion};
      CREATE TABLE IF NOT EXISTS collections (id INTEGER PRIMARY KEY, db TEXT NOT NULL, name TEXT NOT NULL,
        uuid BLOB NOT NULL, options BLOB, UNIQUE (db, name));
      CREATE TABLE IF NOT EXISTS indexes (id INTEGER PRIMARY KEY, collection INTEGER NOT NULL, spec BLOB NOT NULL,
        multikey TEXT NOT NULL DEFAULT '[]');
      COMMIT`);
  }

  private pragma(name: string): unknown {
    const row: unknown = this.sqlite.prepare(`PRAGMA ${name}`).get();
    return typeof row === 'object' && row !== null ? Object.values(row)[0] : undefined;
  }

  /** Runs a change inside the transaction of this turn. SQLite's own failures undo the whole transaction. */
  write<T>(change: () => T): T {
    try {
      if (!this.isOpen) {
        this.sqlite.exec('BEGIN');
        this.isOpen = true;
        setImmediate(() => this.commit());
      }
      return change();
    } catch (error) {
      if (sqliteCode(error) === null) throw error;
      throw this.fail(error);
    }
  }

  /** As `write`, but a change that throws leaves nothing behind. For changes of several steps. */
  writeAllOrNothing<T>(change: () => T): T {
    return this.write(() => {
      this.sqlite.exec('SAVEPOINT step');
      try {
        const result = change();
        this.sqlite.exec('RELEASE step');
        return result;
      } catch (error) {
        if (this.isOpen) this.sqlite.exec('ROLLBACK TO step; RELEASE step');
        throw error;
      }
    });
  }

  /** Calls back once everything written so far is on disk; at once when nothing is pending. */
  whenSettled(settled: Settled): void {
    if (this.isOpen) this.waiting.push(settled);
    else settled(null);
  }

  /** Copies everything written so far into an empty file, in one step: whatever else there is to do waits. */
  copyInto(file: string): void {
    this.commit();
    try {
      this.sqlite.prepare('VACUUM INTO ?').run(file);
    } catch (error) {
      throw new ServerError(
        sqliteCode(error) === codes.full ? 'OutOfDiskSpace' : 'InternalError',
        `the copy was not made: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  private commit(): void {
    if (!this.isOpen) return;
    try {
      this.sqlite.exec('COMMIT');
    } catch (error) {
      this.fail(error);
      return;
    }
    this.isOpen = false;
    this.settle(null);
  }

  private fail(error: unknown): ServerError {
    const failure = new ServerError(
      sqliteCode(error) === codes.full ? 'OutOfDiskSpace' : 'InternalError',
      `the write was undone: ${error instanceof Error ? error.message : String(error)}`,
    );
    this.isOpen = false;
    // SQLite itself rolls back on some errors; a second ROLLBACK then has nothing to do.
    if (this.sqlite.isTransaction) this.sqlite.exec('ROLLBACK');
    this.onRollback();
    this.settle(failure);
    return failure;
  }

  private settle(failure: ServerError | null): void {
    const settled = this.waiting;
    this.waiting = [];
    for (const each of settled) each(failure);
  }

  close(): void {
    this.commit();
    this.sqlite.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    this.sqlite.close();
  }
}
