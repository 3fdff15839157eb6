import { hostname } from 'node:os';
import { doc, integer, isDoc, type Doc, type Value } from '../bson/values.js';
import { notSupported, ServerError } from '../errors.js';
import { stageEntry } from '../aggregate/document-stages.js';
import type { Collection } from '../storage/collection.js';
import { sizesOf } from '../storage/sizes.js';
import type { Store } from '../storage/store.js';
import { Arguments } from './arguments.js';
import { collectionOf, namespaceOf, type Call, type Command } from './command.js';

const scaleOf = (args: Arguments): number => {
  const scale = args.whole('scale') ?? 1;
  if (scale < 1)
    throw new ServerError(51024, `BSON field 'scale' value must be >= 1, actual value '${scale}'`);
  return scale;
};

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, each) => total + each, 0);

function storageStats(store: Store, collection: Collection, scale: number): Doc {
  const { documents, storage, indexes } = sizesOf(store.database, collection);
  const count = collection.count();
  const scaled = (bytes: number): Value => integer(Math.trunc(bytes / scale));
  const totalIndexSize = sum(indexes.values());
  return doc({
    size: scaled(documents),
    count: integer(count),
    avgObjSize: count > 0 ? integer(Math.trunc(documents / count)) : undefined,
    storageSize: scaled(storage),
    capped: false,
    nindexes: integer(indexes.size),
    indexBuilds: [],
    totalIndexSize: scaled(totalIndexSize),
    totalSize: scaled(storage + totalIndexSize),
    indexSizes: new Map([...indexes].map(([name, bytes]) => [name, scaled(bytes)])),
    scaleFactor: integer(scale),
  });
}

const nothing = (scale: number): Doc =>
  doc({
    size: integer(0),
    count: integer(0),
    storageSize: integer(0),
    nindexes: integer(0),
    totalIndexSize: integer(0),
    totalSize: integer(0),
    indexSizes: doc({}),
    scaleFactor: integer(scale),
  });

function collStats(call: Call): Doc {
  const collection = collectionOf(call);
  const scale = scaleOf(call.args);
  const stats = collection ? storageStats(call.store, collection, scale) : nothing(scale);
  return new Map([...doc({ ns: namespaceOf(call) }), ...stats]);
}

function dbStats({ store, db, args }: Call): Doc {
  const scale = scaleOf(args);
  const collections = store.collectionsOf(db);
  const sizes = collections.map((collection) => sizesOf(store.database, collection));
  const objects = sum(collections.map((collection) => collection.count()));
  const dataSize = sum(sizes.map(({ documents }) => documents));
  const storageSize = sum(sizes.map(({ storage }) => storage));
  const indexSize = sum(sizes.flatMap(({ indexes }) => [...indexes.values()]));
  return doc({
    db,
    collections: integer(collections.length),
    views: integer(store.viewsOf(db).length),
    objects: integer(objects),
    avgObjSize: objects > 0 ? dataSize / objects : 0,
    dataSize: dataSize / scale,
    storageSize: storageSize / scale,
    indexes: integer(sum(collections.map(({ indexes }) => indexes.length))),
    indexSize: indexSize / scale,
    totalSize: (storageSize + indexSize) / scale,
    scaleFactor: integer(scale),
  });
}

/** The documents of a first stage that tells of the collection itself; null for any other pipeline. */
export function tellingStage([first]: readonly Value[], call: Call): Doc[] | null {
  if (first === undefined) return null;
  const [name, argument] = stageEntry(first);
  if (name !== '$collStats' && name !== '$indexStats') return null;
  if (!isDoc(argument)) throw new ServerError(40447, `${name} must take a nested object`);
  const args = new Arguments(argument, name);
  const collection = collectionOf(call);
  if (!collection) throw new ServerError('NamespaceNotFound', `Collection [${namespaceOf(call)}] not found.`);
  return name === '$collStats' ? [collStatsOf(args, collection, call)] : indexStatsOf(args, collection);
}

function collStatsOf(args: Arguments, collection: Collection, { store, now }: Call): Doc {
  for (const asked of args.doc.keys()) {
    if (asked !== 'storageStats' && asked !== 'count') throw notSupported(`$collStats with ${asked}`);
  }
  const scale = scaleOf(new Arguments(args.document('storageStats'), 'storageStats'));
  return doc({
    ns: collection.namespace,
    host: hostname(),
    localTime: now,
    storageStats: args.get('storageStats') ? storageStats(store, collection, scale) : undefined,
    count: args.get('count') ? integer(collection.count()) : undefined,
  });
}

function indexStatsOf(args: Arguments, { indexes }: Collection): Doc[] {
  if (args.doc.size > 0)
    throw new ServerError(28803, 'The $indexStats stage specification must be an empty object');
  return indexes.map(({ spec, uses }) =>
    doc({
      name: spec.name,
      key: spec.key,
      host: hostname(),
      accesses: doc({ ops: BigInt(uses.count), since: uses.since }),
      spec: spec.document,
    }),
  );
}

export const statsCommands: Readonly<Record<string, Command>> = {
  collStats: { fields: ['scale'], run: collStats },
  collstats: { fields: ['scale'], run: collStats },
  dbStats: { fields: ['scale'], off: ['freeStorage'], run: dbStats },
  dbstats: { fields: ['scale'], off: ['freeStorage'], run: dbStats },
};
