import { ObjectId } from 'bson';
import { decode, encode } from '../bson/codec.js';
import { doc, integer, isDoc, RawDocument, typeName, type Doc, type Value } from '../bson/values.js';
import { ServerError } from '../errors.js';
import { findRows, type Query } from '../query/find.js';
import type { Filter } from '../query/filter.js';
import { maxDocumentBytes, type Collection, type Row } from '../storage/collection.js';
import { checkNames, compileUpdate, updated, upserted, type Update } from '../update/update.js';
import { Arguments } from './arguments.js';
import { collectionOf, environmentOf, filterOf, type Call, type Command } from './command.js';

export const maxWriteBatchSize = 100_000;

/** Runs the statements of a write; after an error an ordered write stops. Their errors are part of the reply. */
function eachStatement<T>(
  call: Call,
  statements: readonly T[],
  run: (statement: T, index: number) => void,
): Value[] | undefined {
  const { args } = call;
  const isOrdered = args.get('ordered') === undefined || args.flag('ordered');
  if (statements.length === 0 || statements.length > maxWriteBatchSize) {
    throw new ServerError(
      16,
      `Write batch sizes must be between 1 and ${maxWriteBatchSize}. Got ${statements.length} operations.`,
    );
  }
  const errors: Value[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      errors.push(
        new Map([
          ...doc({ index: integer(index), code: integer(error.code), errmsg: error.message }),
          ...error.details,
        ]),
      );
      if (isOrdered) break;
    }
  }
  return errors.length > 0 ? errors : undefined;
}

function insert(call: Call): Doc {
  const { args, store, db } = call;
  const statements = args.list('documents');
  const collection = store.ensure(db, args.string('insert'));
  let n = 0;
  const writeErrors = eachStatement(call, statements, (given) => {
    const sent = given instanceof RawDocument ? decode(given.bytes) : given;
    if (!isDoc(sent))
      throw new ServerError('TypeMismatch', "BSON field 'insert.documents' must hold objects");
    insertOne(collection, sent, given instanceof RawDocument ? given.bytes : null);
    n += 1;
  });
  return doc({ n: integer(n), writeErrors });
}

/** Stores the bytes the client sent when their _id comes first, as drivers have it. */
function insertOne(collection: Collection, sent: Doc, bytes: Buffer | null): void {
  checkNames(sent);
  const id = sent.get('_id') ?? (sent.has('_id') ? null : new ObjectId());
  checkId(id);
  const isAsSent = bytes !== null && sent.keys().next().value === '_id';
  const document: Doc = isAsSent
    ? sent
    : new Map<string, Value>([['_id', id], ...[...sent].filter(([name]) => name !== '_id')]);
  const stored = isAsSent ? bytes : encode(document);
  if (stored.length > maxDocumentBytes) {
    throw new ServerError(
      'BSONObjectTooLarge',
      `object to insert too large. size in bytes: ${stored.length}, max size: ${maxDocumentBytes}`,
    );
  }
  collection.insert(document, stored);
}

function checkId(id: Value): void {
  const type = typeName(id);
  if (type === 'array' || type === 'regex') {
    throw new ServerError('InvalidIdField', `The '_id' value cannot be of type ${type}`);
  }
}

interface Statement {
  readonly query: Query;
  readonly change: Update;
  readonly isMulti: boolean;
  readonly isUpsert: boolean;
}

const updateFields = new Set(['q', 'u', 'multi', 'upsert', 'arrayFilters', 'hint']);

function readUpdate(call: Call, given: Doc): Statement {
  const args = new Arguments(given, 'update.updates');
  args.check(updateFields, new Set());
  const environment = environmentOf(call);
  const filter = filterOf(args, 'q', environment);
  const arrayFilters = args.get('arrayFilters') === undefined ? [] : args.documents('arrayFilters');
  const change = compileUpdate({ filter, update: args.get('u') ?? null, arrayFilters, environment });
  const isMulti = args.flag('multi');
  if (isMulti && change.kind === 'replacement') {
    throw new ServerError('FailedToParse', 'multi update is not supported for replacement-style update');
  }
  const query: Query = {
    filter,
    sort: [],
    skip: 0,
    limit: isMulti ? null : 1,
    hint: args.get('hint'),
    deadline: call.deadline,
  };
  return { query, change, isMulti, isUpsert: args.flag('upsert') };
}

/**
 * The documents a statement is about, all found before one changes: a document moved along an index must not be
 * met again. Of many only the places are kept meanwhile, not the documents.
 */
function* chosen(collection: Collection, query: Query): Generator<Row> {
  if (query.limit === 1) {
    const [row] = findRows(collection, query);
    if (row) yield row;
    return;
  }
  for (const rid of Array.from(findRows(collection, query), (row) => row.rid)) {
    const row = collection.get(rid);
    if (row) yield row;
  }
}

/** Changes one document; true when anything in it is different now. */
function apply(collection: Collection, row: Row, change: Update): boolean {
  const { document, bytes, isModified } = updated(row, change);
  if (isModified) collection.replace(row, document, bytes);
  return isModified;
}

/** Inserts what an upsert did not find. */
export function insertUpserted(call: Call, filter: Filter, change: Update): Doc {
  const document = upserted(filter, change);
  checkId(document.get('_id') ?? null);
  call.store.ensure(call.db, call.args.string(call.args.name)).insert(document, encode(document));
  return document;
}

function update(call: Call): Doc {
  const { args } = call;
  let n = 0;
  let nModified = 0;
  const inserted: Value[] = [];
  const writeErrors = eachStatement(call, args.documents('updates'), (given, index) => {
    const statement = readUpdate(call, given);
    const collection = collectionOf(call);
    let matched = 0;
    for (const row of collection ? chosen(collection, statement.query) : []) {
      nModified += collection && apply(collection, row, statement.change) ? 1 : 0;
      matched += 1;
    }
    n += matched;
    if (matched > 0 || !statement.isUpsert) return;
    const document = insertUpserted(call, statement.query.filter, statement.change);
    inserted.push(doc({ index: integer(index), _id: document.get('_id') }));
    n += 1;
  });
  return doc({
    n: integer(n),
    nModified: integer(nModified),
    upserted: inserted.length > 0 ? inserted : undefined,
    writeErrors,
  });
}

const deleteFields = new Set(['q', 'limit', 'hint']);

function remove(call: Call): Doc {
  const { args, deadline } = call;
  const collection = collectionOf(call);
  let n = 0;
  const writeErrors = eachStatement(call, args.documents('deletes'), (given) => {
    const statement = new Arguments(given, 'delete.deletes');
    statement.check(deleteFields, new Set());
    const limit = statement.whole('limit');
    if (limit !== 0 && limit !== 1)
      throw new ServerError(
        'FailedToParse',
        `The limit field in delete objects must be 0 or 1. Got ${limit}`,
      );
    const filter = filterOf(statement, 'q', environmentOf(call));
    const query: Query = {
      filter,
      sort: [],
      skip: 0,
      limit: limit === 1 ? 1 : null,
      hint: statement.get('hint'),
      deadline,
    };
    for (const row of collection ? chosen(collection, query) : []) {
      collection?.remove(row);
      n += 1;
    }
  });
  return doc({ n: integer(n), writeErrors });
}

export const writeCommands: Readonly<Record<string, Command>> = {
  insert: { fields: ['documents', 'ordered', 'bypassDocumentValidation'], run: insert },
  update: { fields: ['updates', 'ordered', 'bypassDocumentValidation', 'let'], run: update },
  delete: { fields: ['deletes', 'ordered', 'let'], run: remove },
};
