import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { Binary } from 'bson';
import { decode, encode } from '../bson/codec.js';
import type { Doc } from '../bson/values.js';
import { ServerError } from '../errors.js';
import type { Database } from './database.js';
import { readRule, type DocumentRule } from './document-rule.js';
import { readIndexSpec, sameIndex, type IndexSpec } from './index-spec.js';
import {
  asBuffer,
  firstChunk,
  isRow,
  largestChunk,
  spelled,
  StoredIndex,
  type Keys,
} from './stored-index.js';

/** A document as it lies in the store; decoded when somebody looks inside. */
export class Row {
  readonly rid: number;
  readonly bytes: Buffer;
  private decoded: Doc | null = null;

  constructor(rid: number, bytes: Buffer) {
    this.rid = rid;
    this.bytes = bytes;
  }

  get document(): Doc {
    this.decoded ??= decode(this.bytes);
    return this.decoded;
  }

  /** Lets the decoded form go, which is far larger than the bytes. */
  forget(): void {
    this.decoded = null;
  }
}

export const maxDocumentBytes = 16 * 1024 * 1024;

/** MongoDB lets a stored document be 16 KB larger than one a client may send. */
const maxStoredBytes = maxDocumentBytes + 16 * 1024;

/** The documents of one collection and the entries of its indexes, kept in step by the three writes here. */
export class Collection {
  readonly id: number;
  readonly db: string;
  readonly name: string;
  readonly uuid: Binary;
  /** As listCollections shows them. */
  readonly options: Doc;
  readonly rule: DocumentRule | null;
  readonly indexes: StoredIndex[] = [];
  private readonly database: Database;
  private readonly statements: Record<
    'add' | 'change' | 'drop' | 'get' | 'up' | 'down' | 'count',
    StatementSyncInstance
  >;
  private size: number | null = null;

  constructor(
    database: Database,
    stored: { id: number; db: string; name: string; uuid: Buffer; options: Doc },
  ) {
    this.database = database;
    this.id = stored.id;
    this.db = stored.db;
    this.name = stored.name;
    this.uuid = new Binary(stored.uuid, Binary.SUBTYPE_UUID);
    this.options = stored.options;
    this.rule = readRule(stored.options);
    const table = `d_${stored.id}`;
    const sqlite: DatabaseSyncInstance = database.sqlite;
    sqlite.exec(`CREATE TABLE IF NOT EXISTS ${table} (rid INTEGER PRIMARY KEY, doc BLOB NOT NULL)`);
    this.statements = {
      add: sqlite.prepare(`INSERT INTO ${table} (doc) VALUES (?)`),
      change: sqlite.prepare(`UPDATE ${table} SET doc = ? WHERE rid = ?`),
      drop: sqlite.prepare(`DELETE FROM ${table} WHERE rid = ?`),
      get: sqlite.prepare(`SELECT rid, doc FROM ${table} WHERE rid = ?`),
      up: sqlite.prepare(`SELECT rid, doc FROM ${table} WHERE rid > ? ORDER BY rid LIMIT ?`),
      down: sqlite.prepare(`SELECT rid, doc FROM ${table} WHERE rid < ? ORDER BY rid DESC LIMIT ?`),
      count: sqlite.prepare(`SELECT count(*) AS n FROM ${table}`),
    };
  }

  get namespace(): string {
    return `${this.db}.${this.name}`;
  }

  /** How many documents there are. */
  count(): number {
    if (this.size === null) {
      const row: unknown = this.statements.count.get();
      this.size = isRow(row) ? Number(row['n']) : 0;
    }
    return this.size;
  }

  get(rid: number): Row | null {
    const row: unknown = this.statements.get.get(rid);
    return isRow(row) ? new Row(rid, asBuffer(row['doc'])) : null;
  }

  /** All documents in the order of their insertion. */
  *walk(isBackward: boolean): Generator<Row> {
    const statement = isBackward ? this.statements.down : this.statements.up;
    let rid = isBackward ? Number.MAX_SAFE_INTEGER : 0;
    for (let size = firstChunk; ; size = Math.min(size * 4, largestChunk)) {
      const rows: unknown[] = statement.all(rid, size);
      for (const row of rows) {
        if (!isRow(row)) continue;
        rid = Number(row['rid']);
        yield new Row(rid, asBuffer(row['doc']));
      }
      if (rows.length < size) return;
    }
  }

  insert(document: Doc, bytes: Buffer): void {
    checkSize(bytes);
    const keys = this.indexes.map((index) => index.keysOf(document));
    this.database.write(() => {
      this.checkUnique(keys, null);
      const rid = Number(this.statements.add.run(bytes).lastInsertRowid);
      for (const [at, index] of this.indexes.entries()) {
        for (const key of keys[at]?.keys ?? []) index.add(key, rid);
      }
      this.rememberArrays(keys);
      if (this.size !== null) this.size += 1;
    });
  }

  replace({ rid, document: before }: Row, document: Doc, bytes: Buffer): void {
    checkSize(bytes);
    const old = this.indexes.map((index) => index.keysOf(before));
    const keys = this.indexes.map((index) => index.keysOf(document));
    this.database.write(() => {
      this.checkUnique(keys, rid);
      this.statements.change.run(bytes, rid);
      for (const [at, index] of this.indexes.entries()) {
        const gone = old[at]?.keys ?? [];
        const come = keys[at]?.keys ?? [];
        const stays = new Set(come.map(spelled));
        const stood = new Set(gone.map(spelled));
        for (const key of gone) if (!stays.has(spelled(key))) index.drop(key, rid);
        for (const key of come) if (!stood.has(spelled(key))) index.add(key, rid);
      }
      this.rememberArrays(keys);
    });
  }

  remove({ rid, document }: Row): void {
    this.database.write(() => {
      this.statements.drop.run(rid);
      for (const index of this.indexes) {
        for (const key of index.keysOf(document).keys) index.drop(key, rid);
      }
      if (this.size !== null) this.size -= 1;
    });
  }

  private checkUnique(keys: readonly Keys[], rid: number | null): void {
    for (const [at, index] of this.indexes.entries()) {
      const own = keys[at];
      if (own) index.checkUnique(own, rid, this.namespace);
    }
  }

  private rememberArrays(keys: readonly Keys[]): void {
    for (const [at, index] of this.indexes.entries()) {
      const news = keys[at]?.multikey.filter((field) => !index.multikey.has(field)) ?? [];
      if (news.length === 0) continue;
      for (const field of news) index.multikey.add(field);
      this.database.sqlite
        .prepare('UPDATE indexes SET multikey = ? WHERE id = ?')
        .run(JSON.stringify([...index.multikey]), index.id);
    }
  }

  /** Adds an index over what is there; false when it exists already. Throws DuplicateKey and leaves nothing behind. */
  createIndex(given: Doc): boolean {
    const spec = readIndexSpec(given);
    const sameKey = this.indexes.find((index) => sameIndex(index.spec, spec));
    if (sameKey?.spec.name === spec.name) return false;
    this.checkConflict(spec, sameKey);
    this.database.writeAllOrNothing(() => {
      const { sqlite } = this.database;
      const { lastInsertRowid } = sqlite
        .prepare('INSERT INTO indexes (collection, spec) VALUES (?, ?)')
        .run(this.id, encode(spec.document));
      const index = new StoredIndex(sqlite, {
        id: Number(lastInsertRowid),
        collection: this.id,
        spec,
        multikey: [],
      });
      const filled: Keys[] = [];
      for (const { rid, document } of this.walk(false)) {
        const keys = index.keysOf(document);
        index.checkUnique(keys, rid, this.namespace);
        for (const key of keys.keys) index.add(key, rid);
        if (keys.multikey.length > 0) filled.push(keys);
      }
      this.indexes.push(index);
      for (const keys of filled)
        this.rememberArrays(this.indexes.map((other) => (other === index ? keys : none)));
    });
    return true;
  }

  private checkConflict(spec: IndexSpec, sameKey: StoredIndex | undefined): void {
    if (sameKey && sameKey.spec.key.size === 1 && sameKey.spec.key.has('_id')) return;
    if (sameKey) {
      throw new ServerError(
        'IndexOptionsConflict',
        `Index already exists with a different name: ${sameKey.spec.name}`,
      );
    }
    if (this.indexes.some((index) => index.spec.name === spec.name)) {
      throw new ServerError(
        'IndexKeySpecsConflict',
        `An existing index has the same name as the requested index, but not the same specification: ${spec.name}`,
      );
    }
    const key = [...spec.key.keys()].join();
    const clash = this.indexes.find(
      (index) =>
        [...index.spec.key.keys()].join() === key &&
        index.spec.directions.join() === spec.directions.join() &&
        index.spec.partial === null &&
        spec.partial === null,
    );
    if (clash) {
      throw new ServerError(
        'IndexOptionsConflict',
        `An equivalent index already exists with other options: ${clash.spec.name}`,
      );
    }
  }

  dropIndex(index: StoredIndex): void {
    this.database.write(() => {
      this.database.sqlite.exec(`DROP TABLE i_${index.id}`);
      this.database.sqlite.prepare('DELETE FROM indexes WHERE id = ?').run(index.id);
      this.indexes.splice(this.indexes.indexOf(index), 1);
    });
  }
}

const none: Keys = { keys: [], tuples: [], multikey: [] };

function checkSize(bytes: Buffer): void {
  if (bytes.length <= maxStoredBytes) return;
  throw new ServerError(
    'BSONObjectTooLarge',
    `BSONObj size: ${bytes.length} is invalid. Size must be between 0 and ${maxStoredBytes}`,
  );
}
