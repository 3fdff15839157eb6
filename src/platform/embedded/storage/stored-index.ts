import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { keyOf } from '../bson/index-key.js';
import { keyTuples } from '../bson/paths.js';
import { show, type Doc, type Value } from '../bson/values.js';
import { ServerError } from '../errors.js';
import { matches } from '../query/filter.js';
import type { IndexSpec } from './index-spec.js';

/** The keys from `from` (inclusive) to `to` (exclusive). */
export interface Range {
  readonly from: Buffer;
  readonly to: Buffer;
}

/** One entry of an index with the document it leads to. */
export interface Entry {
  readonly key: Buffer;
  readonly rid: number;
  readonly bytes: Buffer;
}

export interface Keys {
  readonly keys: readonly Buffer[];
  readonly tuples: readonly (readonly (Value | undefined)[])[];
  readonly multikey: readonly number[];
}

const noKeys: Keys = { keys: [], tuples: [], multikey: [] };

export const asBuffer = (value: unknown): Buffer => {
  if (!(value instanceof Uint8Array)) throw new TypeError('the table holds something that is not bytes');
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
};

/** Bytes as a text that can be looked up. */
export const spelled = (key: Buffer): string => key.toString('latin1');

/** One index: a table of (key, document), walked in order of the key. */
export class StoredIndex {
  readonly spec: IndexSpec;
  readonly id: number;
  /** Positions of the fields that went through an array in some document. */
  readonly multikey: Set<number>;
  /** How many queries walked or counted it, for $indexStats. */
  readonly uses = { count: 0, since: new Date() };
  private readonly statements: Record<
    'add' | 'drop' | 'has' | 'owner' | 'count' | 'size' | 'up' | 'down',
    StatementSyncInstance
  >;

  constructor(
    sqlite: DatabaseSyncInstance,
    stored: { id: number; collection: number; spec: IndexSpec; multikey: readonly number[] },
  ) {
    this.spec = stored.spec;
    this.id = stored.id;
    this.multikey = new Set(stored.multikey);
    const table = `i_${stored.id}`;
    sqlite.exec(
      `CREATE TABLE IF NOT EXISTS ${table} (k BLOB NOT NULL, rid INTEGER NOT NULL, PRIMARY KEY (k, rid)) WITHOUT ROWID`,
    );
    const walk = `SELECT i.k AS k, i.rid AS rid, d.doc AS doc FROM ${table} i CROSS JOIN d_${stored.collection} d ON d.rid = i.rid`;
    this.statements = {
      add: sqlite.prepare(`INSERT INTO ${table} (k, rid) VALUES (?, ?)`),
      drop: sqlite.prepare(`DELETE FROM ${table} WHERE k = ? AND rid = ?`),
      has: sqlite.prepare(`SELECT 1 FROM ${table} WHERE k = ? AND rid = ?`),
      owner: sqlite.prepare(`SELECT rid FROM ${table} WHERE k = ? LIMIT 1`),
      count: sqlite.prepare(
        `SELECT count(*) AS n FROM (SELECT 1 FROM ${table} WHERE k >= ? AND k < ? LIMIT ?)`,
      ),
      size: sqlite.prepare(`SELECT count(*) AS n FROM ${table}`),
      up: sqlite.prepare(`${walk} WHERE (i.k, i.rid) > (?, ?) AND i.k < ? ORDER BY i.k, i.rid LIMIT ?`),
      down: sqlite.prepare(
        `${walk} WHERE (i.k, i.rid) < (?, ?) AND i.k >= ? ORDER BY i.k DESC, i.rid DESC LIMIT ?`,
      ),
    };
  }

  keysOf(document: Doc): Keys {
    const { partial, paths, sparse, directions } = this.spec;
    if (partial && !matches(partial, document)) return noKeys;
    const { tuples, nothing, multikey } = keyTuples(document, paths);
    if (sparse && nothing) return noKeys;
    const keys = tuples.map((tuple) => keyOf(tuple, directions));
    if (keys.length < 2) return { keys, tuples, multikey };
    // A long text has a thousand keys: each is looked up, not compared with all others.
    const distinct = new Map(keys.map((key) => [spelled(key), key]));
    return { keys: [...distinct.values()], tuples, multikey };
  }

  /** Throws DuplicateKey when the index is unique and another document has one of the keys. */
  checkUnique({ keys, tuples }: Keys, rid: number | null, namespace: string): void {
    if (!this.spec.unique) return;
    for (const [at, key] of keys.entries()) {
      const row: unknown = this.statements.owner.get(key);
      if (isRow(row) && row['rid'] !== rid) throw this.duplicate(tuples[at] ?? [], namespace);
    }
  }

  private duplicate(tuple: readonly (Value | undefined)[], namespace: string): ServerError {
    const { key, name } = this.spec;
    const keyValue: Doc = new Map([...key.keys()].map((path, at) => [path, tuple[at] ?? null]));
    return new ServerError(
      'DuplicateKey',
      duplicateMessage(namespace, name, keyValue),
      new Map([
        ['keyPattern', key],
        ['keyValue', keyValue],
      ]),
    );
  }

  add(key: Buffer, rid: number): void {
    this.statements.add.run(key, rid);
  }

  drop(key: Buffer, rid: number): void {
    this.statements.drop.run(key, rid);
  }

  has(key: Buffer, rid: number): boolean {
    return isRow(this.statements.has.get(key, rid));
  }

  /** How many entries there are. */
  size(): number {
    const row: unknown = this.statements.size.get();
    return isRow(row) ? Number(row['n']) : 0;
  }

  /** How many entries the range has; counting stops at `most`. */
  count({ from, to }: Range, most: number): number {
    const row: unknown = this.statements.count.get(from, to, most);
    return isRow(row) ? Number(row['n']) : 0;
  }

  /** Walks a range in chunks, with nothing held open between them: changes on the way are seen or not, never fatal. */
  *walk({ from, to }: Range, isBackward: boolean): Generator<Entry> {
    const statement = isBackward ? this.statements.down : this.statements.up;
    const bound = isBackward ? from : to;
    let key = isBackward ? to : from;
    let rid = 0;
    for (let size = firstChunk; ; size = Math.min(size * 4, largestChunk)) {
      const rows: unknown[] = statement.all(key, rid, bound, size);
      for (const row of rows) {
        if (!isRow(row)) continue;
        key = asBuffer(row['k']);
        rid = Number(row['rid']);
        yield { key, rid, bytes: asBuffer(row['doc']) };
      }
      if (rows.length < size) return;
    }
  }
}

/** Most finds want one document; the rest soon get larger chunks. */
export const firstChunk = 4;
export const largestChunk = 256;

export const isRow = (row: unknown): row is Record<string, unknown> =>
  typeof row === 'object' && row !== null;

function duplicateMessage(namespace: string, index: string, keyValue: Doc): string {
  return `E11000 duplicate key error collection: ${namespace} index: ${index} dup key: ${show(keyValue)}`;
}
