import { BSONRegExp } from 'bson';
import { isNumeric, toDouble } from '../bson/numbers.js';
import { compare, equal } from '../bson/order.js';
import { isDoc, show, typeName, type Value } from '../bson/values.js';
import { ServerError } from '../errors.js';
import { elementTest, emptyEnvironment } from '../query/filter.js';
import { patternTest } from '../query/operators.js';
import { readSort, sortItems, sortKeyOf } from '../query/sort.js';
import { wholeArgument, type Change, type MakeChange, type Place } from './changes.js';

function mustBeArray(value: Value, { path, document }: Place): Value[] {
  if (Array.isArray(value)) return value;
  throw new ServerError(
    'BadValue',
    `The field '${path}' must be an array but is of type ${typeName(value)} in document {_id: ${show(document.get('_id'))}}`,
  );
}

/** `{ $each: […], … }`, or a bare value, which is one element. */
function eachOf(
  argument: Value,
  name: string,
  options: readonly string[],
): { values: readonly Value[]; option: (name: string) => Value | undefined } {
  if (!isDoc(argument) || !argument.has('$each')) return { values: [argument], option: () => undefined };
  for (const option of argument.keys()) {
    if (option !== '$each' && !options.includes(option)) {
      throw new ServerError('BadValue', `Unrecognized clause in ${name}: ${option}`);
    }
  }
  const values = argument.get('$each');
  if (!Array.isArray(values)) {
    throw new ServerError(
      'BadValue',
      `The argument to $each in ${name} must be an array but it was of type ${typeName(values ?? null)}`,
    );
  }
  return { values, option: (option) => argument.get(option) };
}

type Arrange = (values: Value[]) => Value[];

const push: MakeChange = (argument) => {
  const { values, option } = eachOf(argument, '$push', ['$slice', '$sort', '$position']);
  const position = option('$position');
  const at =
    position === undefined
      ? Infinity
      : wholeArgument(position, 'The value for $position must be an integer value');
  const order = arrangement(option('$sort'));
  const slice = option('$slice');
  const kept =
    slice === undefined ? null : wholeArgument(slice, 'The value for $slice must be an integer value');
  return (current, place) => {
    const before = current === undefined ? [] : mustBeArray(current, place);
    const index = Math.min(at < 0 ? Math.max(before.length + at, 0) : at, before.length);
    const all = order([...before.slice(0, index), ...values, ...before.slice(index)]);
    if (kept === null) return all;
    return kept >= 0 ? all.slice(0, kept) : all.slice(kept);
  };
};

/** `$sort: 1` orders the elements themselves, `$sort: { a: 1 }` by their fields. */
function arrangement(sort: Value | undefined): Arrange {
  if (sort === undefined) return (values) => values;
  if (isNumeric(sort)) {
    const direction = toDouble(sort);
    if (direction !== 1 && direction !== -1)
      throw new ServerError('BadValue', 'The $sort element value must be either 1 or -1');
    return (values) => values.toSorted((a, b) => compare(a, b) * direction);
  }
  if (!isDoc(sort))
    throw new ServerError(
      'BadValue',
      'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1}',
    );
  const keyOf = sortKeyOf(readSort(sort));
  const key = (value: Value): Buffer => keyOf(isDoc(value) ? value : new Map());
  return (values) => sortItems(values, { key, wanted: null, sizeOf: () => 0 });
}

const addToSet: MakeChange = (argument) => {
  const { values } = eachOf(argument, '$addToSet', []);
  return (current, place) => {
    const kept = current === undefined ? [] : [...mustBeArray(current, place)];
    for (const value of values) if (!kept.some((other) => equal(other, value))) kept.push(value);
    return kept;
  };
};

const without =
  (isGone: (value: Value) => boolean): Change =>
  (current, place) =>
    current === undefined ? undefined : mustBeArray(current, place).filter((value) => !isGone(value));

const pull: MakeChange = (argument) => {
  if (isDoc(argument)) return without(elementTest(argument, emptyEnvironment()));
  if (argument instanceof BSONRegExp) return without(patternTest(argument));
  return without((value) => equal(value, argument));
};

const pullAll: MakeChange = (argument) => {
  if (!Array.isArray(argument)) throw new ServerError('BadValue', '$pullAll requires an array argument');
  return without((value) => argument.some((gone) => equal(gone, value)));
};

const pop: MakeChange = (argument, path) => {
  const end = wholeArgument(argument, `Expected a number in: ${path}: ${show(argument)}`);
  if (end !== 1 && end !== -1)
    throw new ServerError('FailedToParse', `$pop expects 1 or -1, found: ${show(argument)}`);
  return (current, place) => {
    if (current === undefined) return undefined;
    if (!Array.isArray(current)) {
      throw new ServerError(
        'TypeMismatch',
        `Path '${place.path}' contains an element of non-array type '${typeName(current)}'`,
      );
    }
    return end === 1 ? current.slice(0, -1) : current.slice(1);
  };
};

export const arrayChanges: Readonly<Record<string, MakeChange>> = {
  $push: push,
  $addToSet: addToSet,
  $pull: pull,
  $pullAll: pullAll,
  $pop: pop,
};
