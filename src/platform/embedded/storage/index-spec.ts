import { Int32 } from 'bson';
import type { Direction } from '../bson/index-key.js';
import { isNumeric, toDouble, wholeNumber } from '../bson/numbers.js';
import { equal } from '../bson/order.js';
import { checkPath, isArrayIndex, splitPath, type Path } from '../bson/paths.js';
import { doc, isDoc, show, type Doc, type Value } from '../bson/values.js';
import { notSupported, ServerError } from '../errors.js';
import { compileFilter, type Filter } from '../query/filter.js';

/** What an index is, read from its specification document and kept as one. */
export interface IndexSpec {
  readonly name: string;
  readonly key: Doc;
  readonly paths: readonly Path[];
  readonly directions: readonly Direction[];
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly partial: Filter | null;
  readonly expireAfterSeconds: number | null;
  /** As listIndexes shows it. */
  readonly document: Doc;
}

const known = new Set([
  'v',
  'key',
  'name',
  'unique',
  'sparse',
  'partialFilterExpression',
  'expireAfterSeconds',
  'background',
  'ns',
]);

const cannot = (message: string): ServerError => new ServerError('CannotCreateIndex', message);

/** The name drivers give an index: "a_1_b_-1". */
export const indexName = (key: Doc): string =>
  [...key].map(([path, direction]) => `${path}_${show(direction)}`).join('_');

export function readIndexSpec(given: Doc): IndexSpec {
  for (const option of given.keys()) {
    if (!known.has(option)) throw notSupported(`the index option '${option}'`, 'CannotCreateIndex');
  }
  const key = given.get('key');
  if (!isDoc(key) || key.size === 0) throw cannot('Index keys cannot be an empty object');
  const name = given.get('name') ?? indexName(key);
  if (typeof name !== 'string' || name === '') throw cannot('an index needs a name');
  const directions = [...key].map(([path, direction]) => readDirection(path, direction));
  const isId = key.size === 1 && key.has('_id');
  const partial = readPartial(given.get('partialFilterExpression'));
  const sparse = flag(given, 'sparse');
  if (sparse && partial) throw cannot('cannot mix "partialFilterExpression" and "sparse" options');
  const expireAfterSeconds = readExpiry(given, key);
  const document: Doc = doc({ v: new Int32(2), key, name });
  for (const [option, value] of given) {
    if (!document.has(option) && option !== 'background' && option !== 'ns') document.set(option, value);
  }
  const paths = [...key.keys()].map(splitPath);
  return {
    name,
    key,
    paths,
    directions,
    unique: isId || flag(given, 'unique'),
    sparse,
    partial,
    expireAfterSeconds,
    document,
  };
}

function readDirection(path: string, direction: Value): Direction {
  checkPath(path);
  if (path.startsWith('$') || path.includes('.$'))
    throw cannot(`Index key contains an illegal field name: ${path}`);
  if (splitPath(path).some(isArrayIndex))
    throw notSupported(`an index over an array position ('${path}')`, 'CannotCreateIndex');
  if (path === '$**' || path.endsWith('.$**')) throw notSupported('a wildcard index', 'CannotCreateIndex');
  if (typeof direction === 'string') throw notSupported(`the index kind '${direction}'`, 'CannotCreateIndex');
  if (!isNumeric(direction) || !Number.isFinite(toDouble(direction)) || toDouble(direction) === 0) {
    throw cannot(`Values in v:2 index key pattern must be non-zero numbers or strings: ${path}`);
  }
  return toDouble(direction) > 0 ? 1 : -1;
}

function flag(given: Doc, option: string): boolean {
  const value = given.get(option);
  if (value === undefined || typeof value === 'boolean') return value === true;
  if (isNumeric(value)) return toDouble(value) !== 0;
  throw new ServerError('TypeMismatch', `The field '${option}' has to be a boolean`);
}

/** MongoDB's list of what a partial index may say, so that its planner (and ours) can reason about it. */
const partialOperators = new Set(['$eq', '$gt', '$gte', '$lt', '$lte', '$exists', '$type', '$in']);

function readPartial(given: Value | undefined): Filter | null {
  if (given === undefined) return null;
  if (!isDoc(given)) throw cannot("'partialFilterExpression' must be an object");
  const filter = compileFilter(given);
  const check = (part: Filter): boolean =>
    part.kind === 'leaf'
      ? partialOperators.has(part.operator)
      : (part.kind === 'and' || part.kind === 'or') && part.parts.every(check);
  if (!check(filter)) throw cannot(`unsupported expression in partial index: ${show(given)}`);
  return filter;
}

function readExpiry(given: Doc, key: Doc): number | null {
  const value = given.get('expireAfterSeconds');
  if (value === undefined) return null;
  const seconds = wholeNumber(value);
  if (seconds === null || seconds < 0 || seconds > 2 ** 31 - 1) {
    throw cannot(`TTL index 'expireAfterSeconds' must be within the range 0 to 2147483647: ${show(value)}`);
  }
  if (key.size > 1) throw cannot('TTL indexes are single-field indexes, compound indexes do not support TTL');
  if (key.has('_id')) throw cannot('_id cannot have TTL');
  return seconds;
}

/** Whether two specifications mean the same index, whatever their names. */
export function sameIndex(a: IndexSpec, b: IndexSpec): boolean {
  const meaning = ({ key, document, unique, sparse, expireAfterSeconds }: IndexSpec): Doc =>
    doc({
      key,
      unique,
      sparse,
      partial: document.get('partialFilterExpression') ?? null,
      expire: expireAfterSeconds ?? null,
    });
  return equal(meaning(a), meaning(b));
}
