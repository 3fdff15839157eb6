import { ObjectId } from 'bson';
import { encode } from '../bson/codec.js';
import { fillTimestamps } from '../bson/empty-timestamps.js';
import { doc, integer, typeName, type Doc, type Value } from '../bson/values.js';
import { ServerError } from '../errors.js';
import { findRows, type Deadline, type Query } from '../query/find.js';
import { readSort } from '../query/sort.js';
import type { Environment } from '../aggregate/expression-types.js';
import { checkRule } from '../storage/document-rule.js';
import { maxDocumentBytes, type Collection, type Row } from '../storage/collection.js';
import type { Store } from '../storage/store.js';
import { checkNames, compileUpdate, updated, upserted, type Update } from '../update/update.js';
import type { Arguments } from './arguments.js';
import { environmentOf, filterOf, type Call } from './command.js';

export const maxWriteBatchSize = 100_000;

/** Where the statements of a write go, and what holds for all of them. */
export interface Target {
  readonly store: Store;
  readonly db: string;
  readonly name: string;
  readonly environment: Environment;
  readonly deadline: Deadline;
  /** The collection's rule for its documents is passed over. */
  readonly bypassesRule: boolean;
}

export const targetOf = (call: Call, db: string, name: string): Target => ({
  store: call.store,
  db,
  name,
  environment: environmentOf(call),
  deadline: call.deadline,
  bypassesRule: call.args.flag('bypassDocumentValidation'),
});

export const existing = ({ store, db, name }: Target): Collection | null => store.find(db, name);

/** What went wrong with a statement, in the fields of a reply. */
export type Failure = readonly [index: number, fields: Doc];

/** Runs the statements of a write; after an error an ordered write stops. Their errors are part of the reply. */
export function eachStatement<T>(
  { args }: Call,
  statements: readonly T[],
  run: (statement: T, index: number) => void,
): Failure[] {
  const isOrdered = args.get('ordered') === undefined || args.flag('ordered');
  if (statements.length === 0 || statements.length > maxWriteBatchSize) {
    throw new ServerError(
      16,
      `Write batch sizes must be between 1 and ${maxWriteBatchSize}. Got ${statements.length} operations.`,
    );
  }
  const failures: Failure[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      const { code, message, details } = error;
      failures.push([index, new Map([...doc({ code: integer(code), errmsg: message }), ...details])]);
      if (isOrdered) break;
    }
  }
  return failures;
}

/** Inserts a document; the bytes the client sent are stored when their _id comes first, as drivers have it. */
export function insertOne(target: Target, given: Doc, bytes: Buffer | null): void {
  checkNames(given);
  const sent = fillTimestamps(given, target.environment.now);
  const id = sent.get('_id') ?? (sent.has('_id') ? null : new ObjectId());
  checkId(id);
  const isAsSent = bytes !== null && sent === given && sent.keys().next().value === '_id';
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
  insertChecked(target, document, stored);
}

function insertChecked(target: Target, document: Doc, bytes: Buffer): void {
  const collection = target.store.ensure(target.db, target.name);
  if (!target.bypassesRule) checkRule(collection.rule, document, null);
  collection.insert(document, bytes);
}

function checkId(id: Value): void {
  const type = typeName(id);
  if (type === 'array' || type === 'regex') {
    throw new ServerError('InvalidIdField', `The '_id' value cannot be of type ${type}`);
  }
}

export interface UpdateStatement {
  readonly query: Query;
  readonly change: Update;
  readonly isUpsert: boolean;
}

/** Reads an update; the names of its filter and of its change depend on the command. */
export function readUpdate(
  args: Arguments,
  names: { readonly filter: string; readonly update: string },
  { environment, deadline }: Target,
): UpdateStatement {
  const filter = filterOf(args, names.filter, environment);
  const arrayFilters = args.get('arrayFilters') === undefined ? [] : args.documents('arrayFilters');
  const change = compileUpdate({ filter, update: args.get(names.update) ?? null, arrayFilters, environment });
  const isMulti = args.flag('multi');
  const sort = readSort(args.document('sort'));
  if (isMulti && change.kind === 'replacement')
    throw new ServerError('FailedToParse', 'multi update is not supported for replacement-style update');
  if (isMulti && sort.length > 0)
    throw new ServerError('FailedToParse', 'Cannot specify sort with multi=true');
  const query: Query = {
    filter,
    sort,
    skip: 0,
    limit: isMulti ? null : 1,
    hint: args.get('hint'),
    deadline,
  };
  return { query, change, isUpsert: args.flag('upsert') };
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

/** Changes one document. Returns it as it is now, and whether anything in it is different. */
export function updateOne(
  target: Target,
  collection: Collection,
  row: Row,
  change: Update,
): { document: Doc; isModified: boolean } {
  const { document, bytes, isModified } = updated(row, change);
  if (isModified) {
    if (!target.bypassesRule) checkRule(collection.rule, document, row.document);
    collection.replace(row, document, bytes);
  }
  return { document, isModified };
}

/** Inserts what an upsert did not find. */
export function insertUpserted(target: Target, { filter }: Query, change: Update): Doc {
  const document = upserted(filter, change);
  checkId(document.get('_id') ?? null);
  insertChecked(target, document, encode(document));
  return document;
}

/** How many were found and changed, and what was inserted because there were none. */
export interface UpdateOutcome {
  readonly matched: number;
  readonly modified: number;
  readonly inserted: Doc | null;
}

export function update(target: Target, { query, change, isUpsert }: UpdateStatement): UpdateOutcome {
  const collection = existing(target);
  let matched = 0;
  let modified = 0;
  for (const row of collection ? chosen(collection, query) : []) {
    modified += collection && updateOne(target, collection, row, change).isModified ? 1 : 0;
    matched += 1;
  }
  const inserted = matched === 0 && isUpsert ? insertUpserted(target, query, change) : null;
  return { matched, modified, inserted };
}

/** How many documents were removed. */
export function remove(target: Target, query: Query): number {
  const collection = existing(target);
  let removed = 0;
  for (const row of collection ? chosen(collection, query) : []) {
    collection?.remove(row);
    removed += 1;
  }
  return removed;
}
