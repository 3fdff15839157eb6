import { doc, integer, type Doc } from '../bson/values.js';
import { notSupported, ServerError } from '../errors.js';
import { compileStages } from '../aggregate/pipeline.js';
import { matches } from '../query/filter.js';
import type { Collection } from '../storage/collection.js';
import { indexName, readIndexSpec } from '../storage/index-spec.js';
import { sizesOf } from '../storage/sizes.js';
import type { Store } from '../storage/store.js';
import { readView, type View } from '../storage/view.js';
import { Arguments } from './arguments.js';
import { tellingStage } from './collection-stats.js';
import {
  collectionOf,
  environmentOf,
  filterOf,
  namespaceOf,
  needsCollection,
  settingOf,
  type Call,
  type Command,
} from './command.js';
import { namedIndex } from './index-commands.js';
import { listReply } from './list-reply.js';
import { writingStage } from './write-results.js';

const optionFields = ['validator', 'validationLevel', 'validationAction'];

/** The options among a command's fields that the catalogue keeps. */
const optionsOf = ({ doc: given }: Arguments, fields: readonly string[]): Doc =>
  new Map([...given].filter(([field]) => fields.includes(field)));

function create(call: Call): Doc {
  const { store, db, args } = call;
  const name = args.string('create');
  if (store.view(db, name) || store.find(db, name))
    throw new ServerError('NamespaceExists', `Collection ${namespaceOf(call)} already exists.`);
  const view = readView(db, name, optionsOf(args, ['viewOn', 'pipeline']));
  const options = optionsOf(args, optionFields);
  // What mongorestore sends along; there is only one kind of it here.
  const idIndex = args.optionalDocument('idIndex');
  if (idIndex && indexName(readIndexSpec(idIndex).key) !== '_id_1') throw notSupported('such an idIndex');
  if (view && options.size > 0)
    throw new ServerError('InvalidOptions', 'a view has no validator: its collection has');
  if (view) createView(call, view);
  else store.ensure(db, name, options);
  return doc({});
}

/** A pipeline that cannot run is refused when it is stored, not when it is read. */
function createView(call: Call, view: View): void {
  if (writingStage(view.pipeline) || tellingStage(view.pipeline, call))
    throw new ServerError('OptionNotSupportedOnView', 'a view can neither write nor tell of a collection');
  compileStages(view.pipeline, settingOf(call));
  call.store.createView(view);
}

function drop(call: Call): Doc {
  const { store, cursors, db, args } = call;
  const view = store.view(db, args.string('drop'));
  if (view) {
    store.dropView(view);
    return doc({ ns: namespaceOf(call) });
  }
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
  const views = store.viewsOf(db);
  for (const collection of collections) store.drop(collection);
  for (const view of views) store.dropView(view);
  cursors.killOver((namespace) => namespace.startsWith(`${db}.`));
  return doc({ dropped: collections.length + views.length > 0 ? db : undefined });
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
  if (store.view(...split(to)))
    throw new ServerError('NamespaceExists', 'a view already exists with that name');
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
  const collections = store.collectionsOf(db).map(({ name, uuid, indexes, options }) =>
    doc({
      name,
      type: 'collection',
      options,
      info: doc({ readOnly: false, uuid }),
      idIndex: indexes[0]?.spec.document,
    }),
  );
  const views = store.viewsOf(db).map(({ name, on, pipeline }) =>
    doc({
      name,
      type: 'view',
      options: doc({ viewOn: on, pipeline: [...pipeline] }),
      info: doc({ readOnly: true }),
    }),
  );
  const matching = [...collections, ...views].filter((each) => matches(filter, each));
  const shown = args.flag('nameOnly')
    ? matching.map((each) => doc({ name: each.get('name'), type: each.get('type') }))
    : matching;
  return listReply(call, `${db}.$cmd.listCollections`, shown);
}

function listDatabases(call: Call): Doc {
  const { store, args } = call;
  const filter = filterOf(args, 'filter', environmentOf(call));
  const isNameOnly = args.flag('nameOnly');
  let totalSize = 0;
  const databases = store.databases().map((name) => {
    if (isNameOnly) return doc({ name });
    const size = sizeOnDisk(store, name);
    totalSize += size;
    return doc({ name, sizeOnDisk: BigInt(size), empty: size === 0 });
  });
  return doc({
    databases: databases.filter((each) => matches(filter, each)),
    totalSize: isNameOnly ? undefined : BigInt(totalSize),
  });
}

function sizeOnDisk(store: Store, db: string): number {
  const sizes = store.collectionsOf(db).map((collection) => sizesOf(store.database, collection));
  return sizes
    .flatMap(({ storage, indexes }) => [storage, ...indexes.values()])
    .reduce((total, size) => total + size, 0);
}

/** Of all collMod can do: what a view shows, what documents must be like, the age of a TTL index. */
function collMod(call: Call): Doc {
  const { args, store, db } = call;
  const name = args.string('collMod');
  if (store.view(db, name)) {
    const view = readView(db, name, optionsOf(args, ['viewOn', 'pipeline']));
    if (!view || optionsOf(args, ['index', ...optionFields]).size > 0)
      throw new ServerError('InvalidOptions', 'of a view, viewOn and pipeline can be changed, both together');
    createView(call, view);
    return doc({});
  }
  const collection = needsCollection(call);
  if (optionsOf(args, ['viewOn', 'pipeline']).size > 0)
    throw new ServerError('InvalidOptions', `${collection.namespace} is not a view`);
  const options = optionsOf(args, optionFields);
  if (options.size > 0) store.setOptions(collection, new Map([...collection.options, ...options]));
  return args.get('index') === undefined ? doc({}) : expireAfter(call, needsCollection(call));
}

function expireAfter({ args, store }: Call, collection: Collection): Doc {
  const index = new Arguments(args.document('index'), 'collMod.index');
  const found = namedIndex(collection, index.get('name') ?? index.get('keyPattern'));
  const seconds = index.amount('expireAfterSeconds');
  if (found.spec.expireAfterSeconds === null || seconds === null) {
    throw new ServerError('InvalidOptions', 'only expireAfterSeconds of a TTL index can be changed');
  }
  const before = integer(found.spec.expireAfterSeconds);
  store.expireAfter(found, seconds);
  return doc({ expireAfterSeconds_old: before, expireAfterSeconds_new: integer(seconds) });
}

export const catalogCommands: Readonly<Record<string, Command>> = {
  create: {
    fields: ['viewOn', 'pipeline', 'idIndex', ...optionFields],
    off: ['capped', 'autoIndexId', 'temp'],
    run: create,
  },
  drop: { fields: [], run: drop },
  dropDatabase: { fields: [], run: dropDatabase },
  renameCollection: { fields: ['to', 'dropTarget'], run: renameCollection },
  listCollections: {
    fields: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'],
    run: listCollections,
  },
  listDatabases: { fields: ['filter', 'nameOnly', 'authorizedDatabases'], run: listDatabases },
  collMod: { fields: ['index', 'viewOn', 'pipeline', ...optionFields], run: collMod },
};
