import { Int32 } from 'bson';
import { toDouble, isNumeric, wholeNumber } from '../bson/numbers.js';
import { compare, equal } from '../bson/order.js';
import { integer, isDoc, show, typeName, type Doc, type Value } from '../bson/values.js';
import { notSupported, ServerError } from '../errors.js';
import { isNullish, truthy, type Call, type Operator } from './expression-types.js';

const kind = (value: Value | undefined): string => (value === undefined ? 'missing' : typeName(value));

function array(value: Value | undefined, name: string, code: number): readonly Value[] {
  if (Array.isArray(value)) return value;
  throw new ServerError(code, `The argument to ${name} must be an array, but was of type: ${kind(value)}`);
}

const whole = (value: Value | undefined, name: string, code: number): number => {
  const number = wholeNumber(value);
  if (number === null) throw new ServerError(code, `${name} needs a whole number, not ${show(value)}`);
  return number;
};

const elementAt: Call = ([values, index], name) => {
  if (isNullish(values) || isNullish(index)) return null;
  return array(values, name, 28689).at(whole(index, name, 28690));
};

const slice: Call = ([values, first, count], name) => {
  if (isNullish(values) || isNullish(first)) return null;
  const given = array(values, name, 28724);
  const n = whole(first, name, 28725);
  if (count === undefined) return n >= 0 ? given.slice(0, n) : given.slice(n);
  const length = whole(count, name, 28727);
  if (length <= 0) throw new ServerError(28729, `Third argument to $slice must be positive: ${length}`);
  const start = n >= 0 ? n : Math.max(given.length + n, 0);
  return given.slice(start, start + length);
};

const concatArrays: Call = (values, name) =>
  values.some(isNullish) ? null : values.flatMap((value) => [...array(value, name, 28664)]);

const indexOf: Call = ([values, sought], name) => {
  if (isNullish(values)) return null;
  return integer(array(values, name, 40090).findIndex((value) => equal(value, sought)));
};

const range: Call = ([from, to, by], name) => {
  const start = whole(from, name, 34444);
  const end = whole(to, name, 34446);
  const step = by === undefined ? 1 : whole(by, name, 34448);
  if (step === 0) throw new ServerError(34449, '$range requires a non-zero step value');
  const made: Value[] = [];
  for (let at = start; step > 0 ? at < end : at > end; at += step) made.push(new Int32(at));
  return made;
};

const includes = (values: readonly Value[], value: Value): boolean =>
  values.some((other) => equal(other, value));

const distinct = (values: readonly Value[]): Value[] =>
  values.reduce<Value[]>((kept, value) => {
    if (!includes(kept, value)) kept.push(value);
    return kept;
  }, []);

const union: Call = (values, name) =>
  values.some(isNullish) ? null : distinct(values.flatMap((value) => [...array(value, name, 17043)]));

const intersection: Call = (values, name) => {
  if (values.some(isNullish)) return null;
  const [first = [], ...rest] = values.map((value) => array(value, name, 17047));
  return distinct(first.filter((value) => rest.every((others) => includes(others, value))));
};

const difference: Call = ([a, b], name) => {
  if (isNullish(a) || isNullish(b)) return null;
  const taken = array(b, name, 17049);
  return distinct(array(a, name, 17048).filter((value) => !includes(taken, value)));
};

const objectToArray: Call = ([value]) => {
  if (isNullish(value)) return null;
  if (!isDoc(value))
    throw new ServerError(40390, `$objectToArray requires a document input, found: ${kind(value)}`);
  return [...value].map(
    ([k, v]): Doc =>
      new Map([
        ['k', k],
        ['v', v],
      ]),
  );
};

const arrayToObject: Call = ([value], name) => {
  if (isNullish(value)) return null;
  const made: Doc = new Map();
  for (const entry of array(value, name, 40386)) {
    const [key, inner] = Array.isArray(entry) ? entry : isDoc(entry) ? [entry.get('k'), entry.get('v')] : [];
    if (typeof key !== 'string' || inner === undefined) {
      throw new ServerError(40392, `$arrayToObject needs pairs of key and value, found: ${show(entry)}`);
    }
    made.set(key, inner);
  }
  return made;
};

/** Later documents win; missing and null ones are passed over. */
export function mergeObjects(values: readonly (Value | undefined)[]): Doc {
  const made: Doc = new Map();
  for (const value of values) {
    if (isNullish(value)) continue;
    if (!isDoc(value)) {
      throw new ServerError(
        40400,
        `$mergeObjects requires object inputs, but input ${show(value)} is of type ${kind(value)}`,
      );
    }
    for (const [name, inner] of value) made.set(name, inner);
  }
  return made;
}

const sortArray: Call = ([argument]) => {
  if (!isDoc(argument)) throw new ServerError('FailedToParse', '$sortArray requires an object');
  const values = argument.get('input');
  const by = argument.get('sortBy');
  if (isNullish(values)) return null;
  if (!isNumeric(by)) throw notSupported('$sortArray by a document');
  return array(values, '$sortArray', 2942504).toSorted((a, b) => compare(a, b) * toDouble(by));
};

const ends =
  (at: 0 | -1): Call =>
  ([values], name) =>
    isNullish(values) ? null : array(values, name, 28689).at(at);

const one = (call: Call): Operator => ({ least: 1, most: 1, call });

const two = (call: Call): Operator => ({ least: 2, most: 2, call });

const any = (call: Call): Operator => ({ least: 1, most: Infinity, call });

export const arrayOperators: Readonly<Record<string, Operator>> = {
  $size: one(([values], name) => integer(array(values, name, 17124).length)),
  $arrayElemAt: two(elementAt),
  $first: one(ends(0)),
  $last: one(ends(-1)),
  $slice: { least: 2, most: 3, call: slice },
  $concatArrays: any(concatArrays),
  $isArray: one(([value]) => Array.isArray(value)),
  $in: two(([value, values], name) => includes(array(values, name, 40081), value ?? null)),
  $indexOfArray: two(indexOf),
  $reverseArray: one(([values], name) =>
    isNullish(values) ? null : array(values, name, 34435).toReversed(),
  ),
  $range: { least: 2, most: 3, call: range },
  $setUnion: any(union),
  $setIntersection: any(intersection),
  $setDifference: two(difference),
  $setIsSubset: two(([a, b], name) => {
    const all = array(b, name, 17042);
    return array(a, name, 17046).every((value) => includes(all, value));
  }),
  $anyElementTrue: one(([values], name) => array(values, name, 17041).some(truthy)),
  $allElementsTrue: one(([values], name) => array(values, name, 17040).every(truthy)),
  $objectToArray: one(objectToArray),
  $arrayToObject: one(arrayToObject),
  $mergeObjects: any(mergeObjects),
  $sortArray: one(sortArray),
};
