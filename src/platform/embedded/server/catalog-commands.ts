import { doc, integer, isDoc, RawDocument, show, type Doc, type Value } from '../bson/values.js';
import { encode } from '../bson/codec.js';
import { equal } from '../bson/order.js';
import { ServerError } from '../errors.js';
import { matches } from '../query/filter.js';
import type { Collection } from '../storage/collection.js';
import { indexName } from '../storage/index-spec.js';
import type { StoredIndex } from '../storage/stored-index.js';
import { Arguments } from './arguments.js';
import { collectionOf, environmentOf, filterOf, namespaceOf, type Call, type Command } from './command.js';

function needsCollection(call: Call): Collection {
  const found = collectionOf(call);
  if (found) return found;
  throw new ServerError('NamespaceNotFound', `ns does not exist: ${namespaceOf(call)}`);
}

function create(call: Call): Doc {
  const { store, db, args } = call;
  if (collectionOf(call))
    throw new ServerError('NamespaceExists', `Collection ${namespaceOf(call)} already exists.`);
  store.ensure(db, args.string('create'));
  return doc({});
}

function createIndexes(call: Call): Doc {
  const { store, db, args } = call;
  const given = args.documents('indexes');
  if (given.length === 0) throw new ServerError('BadValue', 'Must specify at least one index to create');
  const isNew = collectionOf(call) === null;
  const collection = store.ensure(db, args.string('createIndexes'));
  const numIndexesBefore = integer(collection.indexes.length);
  const made = given.map((spec) => {
    const key = spec.get('key');
    const isNamed = spec.has('name') || !isDoc(key);
    return collection.createIndex(isNamed ? spec : new Map(spec).set('name', indexName(key)));
  });
  return doc({
    numIndexesBefore,
    numIndexesAfter: integer(collection.indexes.length),
    createdCollectionAutomatically: isNew,
    note: made.some(Boolean) ? undefined : 'all indexes already exist',
  });
}

function listOf(call: Call, namespace: string, documents: readonly Doc[]): Doc {
  return doc({
    cursor: call.cursors.start({
      namespace,
      documents: documents.map((document) => new RawDocument(encode(document))),
      batchSize: new Arguments(call.args.document('cursor'), 'cursor').amount('batchSize'),
    }),
  });
}

function listIndexes(call: Call): Doc {
  const collection = needsCollection(call);
  return listOf(
    call,
    collection.namespace,
    collection.indexes.map(({ spec }) => spec.document),
  );
}

function dropIndexes(call: Call): Doc {
  const { args } = call;
  const collection = needsCollection(call);
  const nIndexesWas = integer(collection.indexes.length);
  const wanted = args.get('index');
  const chosen =
    wanted === '*'
      ? collection.indexes.slice(1)
      : (Array.isArray(wanted) ? wanted : [wanted]).map((each) => named(collection, each));
  for (const index of chosen) {
    if (index.spec.name === '_id_') throw new ServerError('InvalidOptions', 'cannot drop _id index');
  }
  for (const index of chosen) collection.dropIndex(index);
  return doc({ nIndexesWas });
}

function named(collection: Collection, wanted: Value | undefined): StoredIndex {
  const found = collection.indexes.find(({ spec }) =>
    isDoc(wanted) ? equal(spec.key, wanted) : spec.name === wanted,
  );
  if (found) return found;
  throw new ServerError(
    'IndexNotFound',
    isDoc(wanted)
      ? `can't find index with key: ${show(wanted)}`
      : `index not found with name [${show(wanted)}]`,
  );
}

function drop(call: Call): Doc {
  const { store, cursors } = call;
  const collection = collectionOf(call);
  // MongoDB since 7.0 finds nothing wrong with dropping what is not there.
  if (!collection) return doc({});
  const nIndexesWas = integer(collection.indexes.length);
  store.drop(collection);
  cursors.killOver((namespace) => namespace === collection.namespace);
  return doc({ nIndexesWas, ns: collection.namespace });
}

function dropDatabase({ store, db, cursors }: Call): Doc {
  const collections = store.collectionsOf(db);
  for (const collection of collections) store.drop(collection);
  cursors.killOver((namespace) => namespace.startsWith(`${db}.`));
  return doc({ dropped: collections.length > 0 ? db : undefined });
}

/** Database and collection. */
function split(namespace: string): readonly [string, string] {
  const at = namespace.indexOf('.');
  return [namespace.slice(0, at), namespace.slice(at + 1)];
}

function renameCollection({ store, args, cursors }: Call): Doc {
  const from = args.string('renameCollection');
  const to = args.string('to');
  const collection = store.find(...split(from));
  if (!collection) throw new ServerError('NamespaceNotFound', `Source collection ${from} does not exist`);
  const target = store.find(...split(to));
  if (target && !args.flag('dropTarget')) throw new ServerError('NamespaceExists', 'target namespace exists');
  if (from === to) throw new ServerError('IllegalOperation', "Can't rename a collection to itself");
  store.database.writeAllOrNothing(() => {
    if (target) store.drop(target);
    store.rename(collection, ...split(to));
  });
  cursors.killOver((namespace) => namespace === from || namespace === to);
  return doc({});
}

function listCollections(call: Call): Doc {
  const { store, db, args } = call;
  const filter = filterOf(args, 'filter', environmentOf(call));
  const described = store.collectionsOf(db).map(({ name, uuid, indexes }) =>
    doc({
      name,
      type: 'collection',
      options: doc({}),
      info: doc({ readOnly: false, uuid }),
      idIndex: indexes[0]?.spec.document,
    }),
  );
  const matching = described.filter((each) => matches(filter, each));
  const shown = args.flag('nameOnly')
    ? matching.map((each) => doc({ name: each.get('name'), type: 'collection' }))
    : matching;
  return listOf(call, `${db}.$cmd.listCollections`, shown);
}

function listDatabases(call: Call): Doc {
  const { store, args } = call;
  const filter = filterOf(args, 'filter', environmentOf(call));
  const databases = store
    .databases()
    .map((name) => (args.flag('nameOnly') ? doc({ name }) : doc({ name, sizeOnDisk: 0n, empty: false })))
    .filter((each) => matches(filter, each));
  return doc({ databases, totalSize: args.flag('nameOnly') ? undefined : 0n });
}

/** Of all collMod can do: another age for a TTL index. */
function collMod(call: Call): Doc {
  const { args, store } = call;
  const collection = needsCollection(call);
  const index = new Arguments(args.document('index'), 'collMod.index');
  const found = named(collection, index.get('name') ?? index.get('keyPattern'));
  const seconds = index.amount('expireAfterSeconds');
  if (found.spec.expireAfterSeconds === null || seconds === null) {
    throw new ServerError('InvalidOptions', 'only expireAfterSeconds of a TTL index can be changed');
  }
  const before = integer(found.spec.expireAfterSeconds);
  store.expireAfter(found, seconds);
  return doc({ expireAfterSeconds_old: before, expireAfterSeconds_new: integer(seconds) });
}

export const catalogCommands: Readonly<Record<string, Command>> = {
  create: { fields: [], off: ['capped', 'autoIndexId'], run: create },
  createIndexes: { fields: ['indexes', 'commitQuorum'], run: createIndexes },
  listIndexes: { fields: ['cursor'], run: listIndexes },
  dropIndexes: { fields: ['index'], run: dropIndexes },
  drop: { fields: [], run: drop },
  dropDatabase: { fields: [], run: dropDatabase },
  renameCollection: { fields: ['to', 'dropTarget'], run: renameCollection },
  listCollections: {
    fields: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'],
    run: listCollections,
  },
  listDatabases: { fields: ['filter', 'nameOnly', 'authorizedDatabases'], run: listDatabases },
  collMod: { fields: ['index'], run: collMod },
};
