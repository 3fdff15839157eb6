import { BSONRegExp, ObjectId } from 'bson';
import { decode, encode } from '../bson/codec.js';
import { fillTimestamps } from '../bson/empty-timestamps.js';
import { equal } from '../bson/order.js';
import { splitPath } from '../bson/paths.js';
import { isDoc, show, type Doc, type Value } from '../bson/values.js';
import { ServerError } from '../errors.js';
import { compileDocumentPipeline } from '../aggregate/document-stages.js';
import type { Environment } from '../aggregate/expression-types.js';
import { matchedIndex, type Filter, type Leaf } from '../query/filter.js';
import { conjuncts } from '../query/planner.js';
import type { Row } from '../storage/collection.js';
import { applyStep, type Positions, type Step } from './apply-at.js';
import { arrayChanges } from './array-changes.js';
import { compileArrayFilters, elementAt } from './array-filters.js';
import { checkConflicts, checkUpdatePath, comparePaths, conflict, isInside } from './update-paths.js';
import { valueChanges, type Change, type Place } from './changes.js';

/** Makes the new document out of `document`, which is consumed. `before` is what the filter matched; null: an insert. */
export type Apply = (document: Doc, before: Doc | null) => Doc;

export interface UpdateRequest {
  readonly filter: Filter;
  readonly update: Value;
  readonly arrayFilters: readonly Doc[];
  readonly environment: Environment;
}

export interface Update {
  readonly kind: 'replacement' | 'operators' | 'pipeline';
  readonly apply: Apply;
}

/** Reads the `u` of an update: a replacement, operators or a pipeline. */
export function compileUpdate(request: UpdateRequest): Update {
  const { update, environment, arrayFilters } = request;
  if (Array.isArray(update)) {
    if (arrayFilters.length > 0)
      throw new ServerError('FailedToParse', 'arrayFilters may not be specified for pipeline-style updates');
    const run = compileDocumentPipeline(update, environment);
    return { kind: 'pipeline', apply: (document) => run(document) };
  }
  if (!isDoc(update))
    throw new ServerError('FailedToParse', 'Update argument must be either an object or an array');
  if (update.keys().next().value?.startsWith('$'))
    return { kind: 'operators', apply: compileOperators(update, request) };
  if (arrayFilters.length > 0)
    throw new ServerError('FailedToParse', 'arrayFilters may not be specified for replacement updates');
  checkNames(update);
  const filled = fillTimestamps(update, environment.now);
  return { kind: 'replacement', apply: (document) => replaced(document, filled) };
}

/** The names of a document to be stored. */
export function checkNames(document: Doc): void {
  for (const name of document.keys()) {
    if (!name.startsWith('$')) continue;
    throw new ServerError(
      'DollarPrefixedFieldName',
      `The dollar ($) prefixed field '${name}' in '${name}' is not valid for storage.`,
    );
  }
}

function replaced(before: Doc, update: Doc): Doc {
  const id = before.get('_id') ?? update.get('_id');
  const made: Doc = new Map();
  if (id !== undefined) made.set('_id', id);
  for (const [name, value] of update) made.set(name, value);
  return made;
}

/** One operator on one path (two for $rename). */
interface PlannedStep {
  readonly paths: readonly string[];
  readonly onlyOnInsert: boolean;
  /** Returns the places that were changed, wildcards resolved. */
  readonly run: (place: Omit<Place, 'path'>, positions: Positions) => readonly string[];
}

function compileOperators(update: Doc, request: UpdateRequest): Apply {
  const steps = [...update].flatMap(([operator, argument]) => readOperator(operator, argument));
  const paths = steps.flatMap((step) => step.paths);
  checkConflicts(paths);
  const chosen = compileArrayFilters(request.arrayFilters, paths);
  const hasWildcards = paths.some((path) => path.includes('$['));
  steps.sort((a, b) => comparePaths(a.paths[0] ?? '', b.paths[0] ?? ''));
  return (document, before) => {
    const place = { document, now: request.environment.now };
    // One step may change what the filter of the next one looks at: all choose by the document as it was.
    const original = before ?? (hasWildcards ? decode(encode(document)) : document);
    const positions: Positions = {
      matched: positionOf(request.filter, before ?? new Map()),
      chosen: (identifier, path) => chosen(identifier, elementAt(original, path) ?? null),
    };
    const touched: string[] = [];
    for (const step of steps) {
      if (step.onlyOnInsert && before !== null) continue;
      const places = step.run(place, positions);
      const clash = hasWildcards
        ? places.find((path) => touched.some((other) => isInside(path, other)))
        : undefined;
      if (clash !== undefined) throw conflict(clash, clash);
      touched.push(...places);
    }
    checkNames(document);
    return document;
  };
}

function readOperator(operator: string, argument: Value): PlannedStep[] {
  const make = valueChanges[operator] ?? arrayChanges[operator];
  if (!make && operator !== '$rename') {
    throw new ServerError(
      'FailedToParse',
      `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
    );
  }
  if (!isDoc(argument)) {
    throw new ServerError(
      'FailedToParse',
      `Modifiers operate on fields but we found type ${show(argument)} instead. For example: {$mod: {<field>: ...}} not {${operator}: ${show(argument)}}`,
    );
  }
  return [...argument].flatMap(([path, value]) => {
    checkUpdatePath(path);
    return [make ? stepOf(operator, path, make(value, path)) : rename(path, value)];
  });
}

/** Operators that end quietly where their path does. */
const notCreating = new Set(['$unset', '$pull', '$pullAll', '$pop']);

function stepOf(operator: string, path: string, change: Change): PlannedStep {
  const step: Step = { parts: splitPath(path), change, isCreating: !notCreating.has(operator) };
  return {
    paths: [path],
    onlyOnInsert: operator === '$setOnInsert',
    run: (place, positions) => applyStep(step, place, positions),
  };
}

/** The value leaves its old place and arrives at the new one. */
function rename(from: string, to: Value): PlannedStep {
  if (typeof to !== 'string')
    throw new ServerError('BadValue', `The 'to' field for $rename must be a string: ${from}: ${show(to)}`);
  checkUpdatePath(to);
  if (from.includes('$') || to.includes('$'))
    throw new ServerError('BadValue', `The $rename fields may not be dynamic: ${from}: ${to}`);
  if (from === to)
    throw new ServerError(
      'BadValue',
      `The source and target field for $rename must differ: ${from}: "${to}"`,
    );
  if (isInside(from, to))
    throw new ServerError(
      'BadValue',
      `The source and target field for $rename must not be on the same path: ${from}: "${to}"`,
    );
  const take = (document: Doc): Value | undefined =>
    splitPath(from).reduce<Value | undefined>((inner, part) => {
      if (Array.isArray(inner))
        throw new ServerError('BadValue', `The source field cannot be an array element, '${from}'`);
      return isDoc(inner) ? inner.get(part) : undefined;
    }, document);
  const run: PlannedStep['run'] = (place, positions) => {
    const moved = take(place.document);
    if (moved === undefined) return [];
    const leave: Step = { parts: splitPath(from), change: () => undefined, isCreating: false };
    const arrive: Step = { parts: splitPath(to), change: () => moved, isCreating: true };
    return [...applyStep(leave, place, positions), ...applyStep(arrive, place, positions)];
  };
  return { paths: [to, from], onlyOnInsert: false, run };
}

function positionOf(filter: Filter, before: Doc): Positions['matched'] {
  return (arrayPath) => {
    const index = matchedIndex(filter, before, arrayPath);
    if (index === null) throw noPosition();
    return index;
  };
}

const noPosition = (): ServerError =>
  new ServerError('BadValue', 'The positional operator did not find the match needed from the query.');

/** Changes a stored document. Its _id may not change; `isModified` is false when not one byte did. */
export function updated(row: Row, update: Update): { document: Doc; bytes: Buffer; isModified: boolean } {
  const applied = update.apply(decode(row.bytes), row.document);
  const document = update.kind === 'pipeline' ? idFirst(applied) : applied;
  const id = row.document.get('_id');
  if (!equal(document.get('_id'), id)) {
    throw new ServerError(
      'ImmutableField',
      update.kind === 'operators'
        ? "Performing an update on the path '_id' would modify the immutable field '_id'"
        : `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${show(document.get('_id'))}`,
    );
  }
  const bytes = encode(document);
  return { document, bytes, isModified: !bytes.equals(row.bytes) };
}

/** The document an upsert inserts: what the filter says for certain, then the update; _id first, made if need be. */
export function upserted(filter: Filter, update: Update): Doc {
  const start: Doc = new Map();
  for (const { path, operand, parts } of certainties(filter)) {
    if (update.kind === 'replacement' && path !== '_id') continue;
    if (start.has(path)) {
      throw new ServerError(
        'NotSingleValueField',
        `cannot infer query fields to set, path '${path}' is matched twice`,
      );
    }
    const step: Step = { parts, change: () => operand, isCreating: true };
    applyStep(step, { document: start, now: new Date() }, { matched: () => 0, chosen: () => false });
  }
  const id = start.get('_id');
  const made = update.apply(start, null);
  if (id !== undefined && !equal(made.get('_id'), id)) {
    throw new ServerError(
      'ImmutableField',
      "Performing an update on the path '_id' would modify the immutable field '_id'",
    );
  }
  return idFirst(made);
}

/** A document is stored with its _id in front; one that has none gets one. */
function idFirst(document: Doc): Doc {
  const first: Doc = new Map<string, Value>([['_id', document.get('_id') ?? new ObjectId()]]);
  for (const [name, value] of document) first.set(name, value);
  return first;
}

/** The equalities a filter cannot be passed without, those of one-armed disjunctions and lists among them. */
function certainties(filter: Filter): Leaf[] {
  return conjuncts(filter).flatMap((part): Leaf[] => {
    if (part.kind === 'or') return part.parts.length === 1 ? part.parts.flatMap(certainties) : [];
    if (part.kind !== 'leaf') return [];
    if (part.operator === '$eq') return [part];
    const [only, second] = part.operator === '$in' && Array.isArray(part.operand) ? part.operand : [];
    if (only === undefined || second !== undefined || only instanceof BSONRegExp) return [];
    return [{ ...part, operator: '$eq', operand: only }];
  });
}
