import { randomUUID } from 'node:crypto';
import { decode, encode } from '../bson/codec.js';
import { keyComponent } from '../bson/index-key.js';
import { doc, types, type Doc } from '../bson/values.js';
import { Int32 } from 'bson';
import { ServerError } from '../errors.js';
import { Collection, type Row } from './collection.js';
import { damaged, Database, DatabaseUnusable } from './database.js';
import { indexDamage } from './index-damage.js';
import { readIndexSpec, type IndexSpec } from './index-spec.js';
import { asBuffer, isRow, StoredIndex } from './stored-index.js';

/** All databases with their collections. */
export class Store {
  readonly database: Database;
  private collections = new Map<string, Collection>();

  /** `shownAs` is what complaints call the file. Throws DatabaseUnusable for a file that is not whole. */
  constructor(file: string, shownAs = file) {
    this.database = new Database(file, shownAs);
    try {
      this.load();
      const damage = indexDamage(this.collections.values());
      if (damage !== null) throw damaged(shownAs, damage);
    } catch (error) {
      this.database.sqlite.close();
      if (error instanceof DatabaseUnusable) throw error;
      throw damaged(shownAs, error instanceof Error ? error.message : String(error), error);
    }
    this.database.onRollback = () => this.load();
  }

  /** Reads the catalogue; after a rollback the tables are the truth again. */
  private load(): void {
    const { sqlite } = this.database;
    this.collections = new Map();
    const byId = new Map<number, Collection>();
    for (const row of sqlite.prepare('SELECT id, db, name, uuid FROM collections ORDER BY id').all()) {
      if (!isRow(row)) continue;
      const stored = {
        id: Number(row['id']),
        db: String(row['db']),
        name: String(row['name']),
        uuid: asBuffer(row['uuid']),
      };
      const collection = new Collection(this.database, stored);
      byId.set(stored.id, collection);
      this.collections.set(collection.namespace, collection);
    }
    for (const row of sqlite
      .prepare('SELECT id, collection, spec, multikey FROM indexes ORDER BY id')
      .all()) {
      if (!isRow(row)) continue;
      const spec = readIndexSpec(decode(asBuffer(row['spec'])));
      const multikey: unknown = JSON.parse(String(row['multikey']));
      const positions = Array.isArray(multikey) ? multikey.map(Number) : [];
      const stored = {
        id: Number(row['id']),
        collection: Number(row['collection']),
        spec,
        multikey: positions,
      };
      byId.get(stored.collection)?.indexes.push(new StoredIndex(sqlite, stored));
    }
  }

  find(db: string, name: string): Collection | null {
    return this.collections.get(`${db}.${name}`) ?? null;
  }

  /** The collection, made when it is not there. */
  ensure(db: string, name: string): Collection {
    const found = this.find(db, name);
    if (found) return found;
    checkNames(db, name);
    return this.database.writeAllOrNothing(() => {
      const uuid = Buffer.from(randomUUID().replaceAll('-', ''), 'hex');
      const { lastInsertRowid } = this.database.sqlite
        .prepare('INSERT INTO collections (db, name, uuid) VALUES (?, ?, ?)')
        .run(db, name, uuid);
      const collection = new Collection(this.database, { id: Number(lastInsertRowid), db, name, uuid });
      collection.createIndex(doc({ key: doc({ _id: new Int32(1) }), name: '_id_' }));
      this.collections.set(collection.namespace, collection);
      return collection;
    });
  }

  drop(collection: Collection): void {
    this.database.writeAllOrNothing(() => {
      const { sqlite } = this.database;
      for (const index of collection.indexes) sqlite.exec(`DROP TABLE i_${index.id}`);
      sqlite.exec(`DROP TABLE d_${collection.id}`);
      sqlite.prepare('DELETE FROM indexes WHERE collection = ?').run(collection.id);
      sqlite.prepare('DELETE FROM collections WHERE id = ?').run(collection.id);
    });
    this.collections.delete(collection.namespace);
  }

  rename(collection: Collection, db: string, name: string): void {
    checkNames(db, name);
    this.database.write(() => {
      this.database.sqlite
        .prepare('UPDATE collections SET db = ?, name = ? WHERE id = ?')
        .run(db, name, collection.id);
    });
    this.load();
  }

  /** Changes a TTL index's age. The catalogue is read anew, because an index's specification never changes in place. */
  expireAfter(index: StoredIndex, seconds: number): void {
    const document: Doc = new Map(index.spec.document).set('expireAfterSeconds', new Int32(seconds));
    const spec: IndexSpec = readIndexSpec(document);
    this.database.write(() => {
      this.database.sqlite
        .prepare('UPDATE indexes SET spec = ? WHERE id = ?')
        .run(encode(spec.document), index.id);
    });
    this.load();
  }

  collectionsOf(db: string): Collection[] {
    return [...this.collections.values()].filter((collection) => collection.db === db);
  }

  databases(): string[] {
    return [...new Set([...this.collections.values()].map(({ db }) => db))].sort();
  }

  /** Removes what TTL indexes say has expired by `now`; returns how many documents went. */
  expire(now: Date): number {
    let removed = 0;
    for (const collection of this.collections.values()) {
      for (const index of collection.indexes) removed += expireIn(collection, index, now);
    }
    return removed;
  }
}

function expireIn(collection: Collection, index: StoredIndex, now: Date): number {
  const { expireAfterSeconds, directions } = index.spec;
  if (expireAfterSeconds === null) return 0;
  const direction = directions[0] ?? 1;
  const limit = keyComponent(new Date(now.getTime() - expireAfterSeconds * 1000), direction);
  const end = Buffer.concat([limit, Buffer.of(0xff)]);
  const { rank } = types.date;
  const range =
    direction === 1 ? { from: Buffer.of(rank), to: end } : { from: limit, to: Buffer.of((~rank & 0xff) + 1) };
  const rids = new Set<number>();
  for (const { rid } of index.walk(range, false)) rids.add(rid);
  const rows = [...rids].map((rid) => collection.get(rid)).filter((row): row is Row => row !== null);
  for (const row of rows) collection.remove(row);
  return rows.length;
}

function checkNames(db: string, name: string): void {
  if (db === '' || db.length > 63 || /[/\\. "$*<>:|?\0]/.test(db)) {
    throw new ServerError('InvalidNamespace', `Invalid database name: '${db}'`);
  }
  if (name === '' || name.length > 200 || name.includes('$') || name.includes('\0') || name.startsWith('.')) {
    throw new ServerError('InvalidNamespace', `Invalid collection name: '${name}'`);
  }
  if (name.startsWith('system.'))
    throw new ServerError('InvalidNamespace', `cannot write to '${db}.${name}'`);
}
