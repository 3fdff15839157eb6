import { decode } from '../bson/codec.js';
import { splitPath, valueAt } from '../bson/paths.js';
import { isDoc, RawDocument, show, type Doc, type Value } from '../bson/values.js';
import { ServerError } from '../errors.js';
import { compileExpression } from '../aggregate/expression.js';
import { compileFilter } from '../query/filter.js';
import { findRows, type Query } from '../query/find.js';
import type { Collection, Row } from '../storage/collection.js';
import { checkNames, compileUpdate } from '../update/update.js';
import type { Call } from './command.js';
import { insertOne, targetOf, updateOne, type Target } from './statements.js';

const known = new Set(['into', 'on', 'let', 'whenMatched', 'whenNotMatched']);

interface Merge {
  readonly target: Target;
  /** The fields by which a result and a document are the same. */
  readonly on: readonly string[];
  readonly variables: Doc;
  readonly whenMatched: Value;
  readonly whenNotMatched: Value;
}

const fail = (message: string): ServerError => new ServerError('FailedToParse', message);

/** `$merge` puts each result beside or over the document of a collection that is the same by some fields. */
export function compileMerge(argument: Value, call: Call): (results: readonly RawDocument[]) => void {
  const merge = readMerge(argument, call);
  const { store, db, name } = merge.target;
  if (merge.on.join() !== '_id') checkUniqueIndex(store.find(db, name), merge.on);
  return (results) => {
    const collection = store.ensure(db, name);
    for (const { bytes } of results) mergeOne(merge, collection, decode(bytes), bytes);
  };
}

function readMerge(argument: Value, call: Call): Merge {
  const given: Doc = isDoc(argument) ? argument : new Map([['into', argument]]);
  for (const field of given.keys())
    if (!known.has(field))
      throw new ServerError('IDLUnknownField', `BSON field '$merge.${field}' is an unknown field.`);
  const on = given.get('on') ?? '_id';
  const fields = (Array.isArray(on) ? on : [on]).filter((field) => typeof field === 'string');
  if (fields.length === 0 || (Array.isArray(on) && fields.length < on.length))
    throw new ServerError(51186, "$merge 'on' must be a string or an array of strings");
  const variables = given.get('let') ?? new Map([['new', '$$ROOT']]);
  const whenMatched = given.get('whenMatched') ?? 'merge';
  const whenNotMatched = given.get('whenNotMatched') ?? 'insert';
  if (!isDoc(variables)) throw fail("$merge 'let' must be an object");
  if (!Array.isArray(whenMatched) && !matchedWays.has(whenMatched))
    throw new ServerError(
      'BadValue',
      `Enumeration value '${show(whenMatched)}' for whenMatched is not valid`,
    );
  if (given.has('let') && !Array.isArray(whenMatched))
    throw new ServerError(51199, "Cannot use 'let' variables without a pipeline as whenMatched");
  if (!unmatchedWays.has(whenNotMatched))
    throw new ServerError(
      'BadValue',
      `Enumeration value '${show(whenNotMatched)}' for whenNotMatched is not valid`,
    );
  return { target: into(given.get('into'), call), on: fields, variables, whenMatched, whenNotMatched };
}

const matchedWays = new Set<Value>(['replace', 'keepExisting', 'merge', 'fail']);
const unmatchedWays = new Set<Value>(['insert', 'discard', 'fail']);

function into(given: Value | undefined, call: Call): Target {
  if (typeof given === 'string') return targetOf(call, call.db, given);
  const db = isDoc(given) ? (given.get('db') ?? call.db) : undefined;
  const coll = isDoc(given) ? given.get('coll') : undefined;
  if (typeof db === 'string' && typeof coll === 'string') return targetOf(call, db, coll);
  throw new ServerError(51178, `$merge 'into' must be a string or { db, coll }, got ${show(given)}`);
}

/** Two documents must not be the same by these fields. */
function checkUniqueIndex(collection: Collection | null, on: readonly string[]): void {
  const wanted = on.toSorted().join();
  const serves = collection?.indexes.some(
    ({ spec }) => spec.unique && !spec.partial && [...spec.key.keys()].toSorted().join() === wanted,
  );
  if (!serves) throw new ServerError(51183, 'Cannot find index to verify that join fields will be unique');
}

function mergeOne(merge: Merge, collection: Collection, result: Doc, bytes: Buffer): void {
  const { target, on, whenMatched, whenNotMatched } = merge;
  const row = counterpart(collection, on, result, target);
  if (!row) {
    if (whenNotMatched === 'discard') return;
    if (whenNotMatched === 'fail')
      throw new ServerError(13113, '$merge could not find a matching document in the target collection');
    insertOne(target, result, bytes);
    return;
  }
  if (whenMatched === 'keepExisting') return;
  if (whenMatched === 'fail') {
    // MongoDB says it with the error of the unique index.
    insertOne(target, result, bytes);
    return;
  }
  updateOne(target, collection, row, changeOf(merge, result));
}

function counterpart(collection: Collection, on: readonly string[], result: Doc, target: Target): Row | null {
  const same: Doc = new Map();
  for (const field of on) {
    const value = valueAt(result, splitPath(field));
    if (value === undefined && field === '_id') return null;
    if (value === undefined || value === null || Array.isArray(value))
      throw new ServerError(
        51132,
        `$merge write error: 'on' field '${field}' cannot be missing, null or an array`,
      );
    same.set(field, new Map([['$eq', value]]));
  }
  const query: Query = {
    filter: compileFilter(same),
    sort: [],
    skip: 0,
    limit: 1,
    hint: undefined,
    deadline: target.deadline,
  };
  const [row] = findRows(collection, query);
  return row ?? null;
}

function changeOf({ target, variables, whenMatched }: Merge, result: Doc): ReturnType<typeof compileUpdate> {
  const { environment } = target;
  const context = { root: result, environment };
  const bound = [...variables].map(([name, value]) => [name, compileExpression(value)(context)] as const);
  // As a replacement, a field named like an operator would be taken for one.
  checkNames(result);
  const update: Value =
    whenMatched === 'replace' ? result : Array.isArray(whenMatched) ? whenMatched : [over(result)];
  return compileUpdate({
    filter: { kind: 'and', parts: [] },
    update,
    arrayFilters: [],
    environment: { ...environment, variables: new Map([...environment.variables, ...bound]) },
  });
}

/** The fields of a result over those of the document that is there. */
function over(result: Doc): Doc {
  const made: Value = new Map([['$literal', result]]);
  return new Map([['$replaceWith', new Map([['$mergeObjects', ['$$ROOT', made]]])]]);
}
