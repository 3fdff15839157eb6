import { randomUUID } from 'node:crypto';
import { decode, encode } from '../bson/codec.js';
import { keyComponent } from '../bson/index-key.js';
import { doc, types, type Doc } from '../bson/values.js';
import { Int32 } from 'bson';
import { ServerError } from '../errors.js';
import { Collection, type Row } from './collection.js';
import { damaged, Database, DatabaseUnusable } from './database.js';
import { readRule } from './document-rule.js';
import { indexDamage } from './index-damage.js';
import { readIndexSpec, type IndexSpec } from './index-spec.js';
import { asBuffer, isRow, StoredIndex } from './stored-index.js';
import { readView, type View } from './view.js';

/** All databases with their collections and views. */
export class Store {
  readonly database: Database;
  private collections = new Map<string, Collection>();
  private views = new Map<string, View>();

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
    this.views = new Map();
    const byId = new Map<number, Collection>();
    for (const row of sqlite.prepare('SELECT * FROM collections ORDER BY id').all()) {
      if (!isRow(row)) continue;
      const stored = {
        id: Number(row['id']),
        db: String(row['db']),
        name: String(row['name']),
        uuid: asBuffer(row['uuid']),
        options: row['options'] === null ? doc({}) : decode(asBuffer(row['options'])),
      };
      const view = readView(stored.db, stored.name, stored.options);
      if (view) {
        this.views.set(`${view.db}.${view.name}`, view);
        continue;
      }
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

  /** Throws for a view: who has not asked for one means to write, or to look at indexes. */
  find(db: string, name: string): Collection | null {
    if (this.view(db, name)) {
      throw new ServerError(
        'CommandNotSupportedOnView',
        `Namespace ${db}.${name} is a view, not a collection`,
      );
    }
    return this.collections.get(`${db}.${name}`) ?? null;
  }

  view(db: string, name: string): View | null {
    return this.views.get(`${db}.${name}`) ?? null;
  }

  /** The collection, made with these options when it is not there. */
  ensure(db: string, name: string, options: Doc = doc({})): Collection {
    const found = this.find(db, name);
    if (found) return found;
    checkNames(db, name);
    return this.database.writeAllOrNothing(() => {
      const uuid = Buffer.from(randomUUID().replaceAll('-', ''), 'hex');
      const { lastInsertRowid } = this.database.sqlite
        .prepare('INSERT INTO collections (db, name, uuid, options) VALUES (?, ?, ?, ?)')
        .run(db, name, uuid, encode(options));
      const id = Number(lastInsertRowid);
      const collection = new Collection(this.database, { id, db, name, uuid, options });
      collection.createIndex(doc({ key: doc({ _id: new Int32(1) }), name: '_id_' }));
      this.collections.set(collection.namespace, collection);
      return collection;
    });
  }

  createView({ db, name, on, pipeline }: View): void {
    checkNames(db, name);
    const options = encode(doc({ viewOn: on, pipeline: [...pipeline] }));
    this.database.write(() => {
      this.database.sqlite
        .prepare('INSERT OR REPLACE INTO collections (db, name, uuid, options) VALUES (?, ?, ?, ?)')
        .run(db, name, Buffer.alloc(16), options);
    });
    this.load();
  }

  dropView({ db, name }: View): void {
    this.database.write(() => {
      this.database.sqlite.prepare('DELETE FROM collections WHERE db = ? AND name = ?').run(db, name);
    });
    this.views.delete(`${db}.${name}`);
  }

  /** Changes what a collection asks of its documents. */
  setOptions(collection: Collection, options: Doc): void {
    readRule(options);
    this.database.write(() => {
      this.database.sqlite
        .prepare('UPDATE collections SET options = ? WHERE id = ?')
        .run(encode(options), collection.id);
    });
    this.load();
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

  /** Several changes of the catalogue and of documents, or none of them. */
  undoably(change: () => void): void {
    try {
      this.database.writeAllOrNothing(change);
    } catch (error) {
      this.load();
      throw error;
    }
  }

  collectionsOf(db: string): Collection[] {
    return [...this.collections.values()].filter((collection) => collection.db === db);
  }

  viewsOf(db: string): View[] {
    return [...this.views.values()].filter((view) => view.db === db);
  }

  databases(): string[] {
    return [...new Set([...this.collections.values(), ...this.views.values()].map(({ db }) => db))].sort();
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
