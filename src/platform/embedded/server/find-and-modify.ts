import { doc, integer, type Doc } from '../bson/values.js';
import { ServerError } from '../errors.js';
import { findRows, type Query } from '../query/find.js';
import { compileProjection } from '../query/projection.js';
import { readSort } from '../query/sort.js';
import { compileUpdate } from '../update/update.js';
import { collectionOf, environmentOf, filterOf, type Call, type Command } from './command.js';
import { insertUpserted, targetOf, updateOne } from './statements.js';

/** Finds one document and changes, replaces, removes or upserts it, in one step. */
function findAndModify(call: Call): Doc {
  const { args, deadline } = call;
  const environment = environmentOf(call);
  const filter = filterOf(args, 'query', environment);
  const query: Query = {
    filter,
    sort: readSort(args.document('sort')),
    skip: 0,
    limit: 1,
    hint: args.get('hint'),
    deadline,
  };
  const project = compileProjection(args.document('fields'), { environment, find: filter });
  const isRemoval = args.flag('remove');
  const given = args.get('update');
  if (isRemoval && (given !== undefined || args.flag('new') || args.flag('upsert'))) {
    throw new ServerError(
      'FailedToParse',
      'Cannot specify both an update and remove=true, nor new or upsert with it',
    );
  }
  if (!isRemoval && given === undefined)
    throw new ServerError('FailedToParse', 'Either an update or remove=true must be specified');
  const arrayFilters = args.get('arrayFilters') === undefined ? [] : args.documents('arrayFilters');
  const change = isRemoval
    ? null
    : compileUpdate({ filter, update: given ?? null, arrayFilters, environment });
  const collection = collectionOf(call);
  const target = targetOf(call, call.db, args.string(args.name));
  const [row] = collection ? findRows(collection, query) : [];
  if (collection && row && change === null) {
    collection.remove(row);
    return doc({ lastErrorObject: doc({ n: integer(1) }), value: project(row.document) });
  }
  if (collection && row && change) {
    const before = project(row.document);
    const { document } = updateOne(target, collection, row, change);
    return doc({
      lastErrorObject: doc({ n: integer(1), updatedExisting: true }),
      value: args.flag('new') ? project(document) : before,
    });
  }
  if (!change) return doc({ lastErrorObject: doc({ n: integer(0) }), value: null });
  if (!args.flag('upsert'))
    return doc({ lastErrorObject: doc({ n: integer(0), updatedExisting: false }), value: null });
  const document = insertUpserted(target, query, change);
  const last = doc({ n: integer(1), updatedExisting: false, upserted: document.get('_id') });
  return doc({ lastErrorObject: last, value: args.flag('new') ? project(document) : null });
}

export const findAndModifyCommand: Command = {
  fields: [
    'query',
    'sort',
    'remove',
    'update',
    'new',
    'fields',
    'upsert',
    'arrayFilters',
    'hint',
    'let',
    'bypassDocumentValidation',
  ],
  run: findAndModify,
};
