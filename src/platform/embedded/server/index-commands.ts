import { doc, integer, isDoc, show, type Doc, type Value } from '../bson/values.js';
import { equal } from '../bson/order.js';
import { ServerError } from '../errors.js';
import type { Collection } from '../storage/collection.js';
import { indexName } from '../storage/index-spec.js';
import type { StoredIndex } from '../storage/stored-index.js';
import { collectionOf, needsCollection, type Call, type Command } from './command.js';
import { listReply } from './list-reply.js';

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

function listIndexes(call: Call): Doc {
  const collection = needsCollection(call);
  return listReply(
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
      : (Array.isArray(wanted) ? wanted : [wanted]).map((each) => namedIndex(collection, each));
  for (const index of chosen) {
    if (index.spec.name === '_id_') throw new ServerError('InvalidOptions', 'cannot drop _id index');
  }
  for (const index of chosen) collection.dropIndex(index);
  return doc({ nIndexesWas });
}

/** The index of a name or a key. */
export function namedIndex(collection: Collection, wanted: Value | undefined): StoredIndex {
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

export const indexCommands: Readonly<Record<string, Command>> = {
  // Options MongoDB knows and this store does not are refused even when unknown ones may be ignored.
  createIndexes: { fields: ['indexes', 'commitQuorum', 'ignoreUnknownIndexOptions'], run: createIndexes },
  listIndexes: { fields: ['cursor'], run: listIndexes },
  dropIndexes: { fields: ['index'], run: dropIndexes },
};
