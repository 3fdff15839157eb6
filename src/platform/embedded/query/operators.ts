import { BSONRegExp, MaxKey, MinKey } from 'bson';
import { keyText } from '../bson/index-key.js';
import { isNumeric, toDouble, wholeNumber } from '../bson/numbers.js';
import { compare, equal } from '../bson/order.js';
import { isDoc, rankOf, show, typeName, types, type TypeName, type Value } from '../bson/values.js';
import { ServerError } from '../errors.js';

/** Judges one value; `undefined` is a missing field. */
export type Test = (value: Value | undefined) => boolean;

/** Makes the test of an operator, or refuses its operand. */
type LeafOperator = (operand: Value, path: string) => Test;

const bad = (message: string): ServerError => new ServerError('BadValue', message);

const isNullish: Test = (value) => value === undefined || value === null;

const isNaNValue = (value: Value | undefined): boolean => isNumeric(value) && Number.isNaN(toDouble(value));

/** Comparisons hold only within one type; MinKey and MaxKey lie outside all, and NaN equals only itself. */
function comparison(orEqual: boolean, direction: 1 | -1): LeafOperator {
  return (operand, path) => {
    if (operand instanceof BSONRegExp) {
      throw bad(`Can't have RegEx as arg to predicate over field '${path}'.`);
    }
    if (operand === null) return orEqual ? isNullish : () => false;
    if (isNaNValue(operand)) return orEqual ? isNaNValue : () => false;
    const rank = rankOf(operand);
    return (value) => {
      if (rankOf(value) !== rank) {
        return operand instanceof MinKey ? direction === 1 : operand instanceof MaxKey && direction === -1;
      }
      if (isNaNValue(value)) return false;
      const difference = compare(value, operand) * direction;
      return difference > 0 || (orEqual && difference === 0);
    };
  };
}

const equality: LeafOperator = (operand) =>
  operand === null ? isNullish : (value) => value !== undefined && equal(value, operand);

/** Below this many values comparing one after the other beats building keys. */
const fewValues = 16;

const membership: LeafOperator = (operand) => {
  if (!Array.isArray(operand)) throw bad('$in needs an array');
  if (operand.some((value) => isDoc(value) && value.keys().next().value?.startsWith('$'))) {
    throw bad('cannot nest $ under $in');
  }
  const patterns = operand.filter((value) => value instanceof BSONRegExp).map(patternTest);
  const plain = operand.filter((value) => !(value instanceof BSONRegExp));
  const tests = plain.length <= fewValues ? plain.map((value) => equality(value, '')) : [oneOf(plain)];
  const all = [...patterns, ...tests];
  return (value) => all.some((test) => test(value));
};

function oneOf(values: readonly Value[]): Test {
  const keys = new Set(values.map(keyText));
  return (value) => keys.has(keyText(value ?? null));
}

/** A pattern from its parts; flags MongoDB or this store does not know are refused. */
export function readPattern(source: string, flags: string): BSONRegExp {
  for (const flag of flags) {
    if (!pcreFlags.has(flag)) throw new ServerError(51108, `invalid flag in regex options: ${flag}`);
  }
  if (source.includes('\0'))
    throw new ServerError(51091, 'Regular expression cannot contain an embedded null byte');
  return new BSONRegExp(source, flags);
}

const pcreFlags = new Set(['i', 'm', 's', 'u']);

/**
 * A pattern as JavaScript's engine understands it. In its strict Unicode mode everything that means something
 * else in PCRE (`\A`, `[[:alpha:]]`, `(?i)`) is an error instead of a silent difference.
 */
export function compilePattern({ pattern, options }: BSONRegExp): RegExp {
  for (const flag of options) {
    if (!pcreFlags.has(flag)) throw new ServerError(51108, `invalid flag in regex options: ${flag}`);
  }
  // Strict mode refuses needless escapes of punctuation, which people write and PCRE accepts.
  const strict = pattern.replaceAll(
    /\\([^\w^$\\.*+?()[\]{}|/])/g,
    (_, escaped: string) => `\\u{${escaped.codePointAt(0)?.toString(16) ?? ''}}`,
  );
  try {
    return new RegExp(strict, [...new Set(`${options}u`)].join(''));
  } catch (error) {
    throw new ServerError(51091, `Regular expression is invalid: ${String(error)}`);
  }
}

export function patternTest(pattern: BSONRegExp): Test {
  const compiled = compilePattern(pattern);
  return (value) =>
    typeof value === 'string' ? compiled.test(value) : value instanceof BSONRegExp && equal(value, pattern);
}

const numberTypes: readonly TypeName[] = ['double', 'int', 'long', 'decimal'];

/** Type names of one $type operand, a name or BSON's number. */
export function typesOf(operand: Value): readonly TypeName[] {
  if (operand === 'number') return numberTypes;
  const found = Object.entries(types).find(
    ([name, { code }]) => name === operand || code === wholeNumber(operand),
  );
  if (!found) throw bad(`Unknown type name alias: ${show(operand)}`);
  return Object.keys(types).filter((name): name is TypeName => name === found[0]);
}

const typeTest: LeafOperator = (operand) => {
  const wanted = new Set((Array.isArray(operand) ? operand : [operand]).flatMap(typesOf));
  if (wanted.size === 0) throw new ServerError('FailedToParse', '$type must match at least one type');
  return (value) => value !== undefined && wanted.has(typeName(value));
};

const size: LeafOperator = (operand) => {
  const wanted = wholeNumber(operand);
  if (wanted === null || wanted < 0) {
    throw bad(`Failed to parse $size. Expected a non-negative integer in: $size: ${show(operand)}`);
  }
  return (value) => Array.isArray(value) && value.length === wanted;
};

const remainder: LeafOperator = (operand) => {
  if (!Array.isArray(operand)) throw bad('malformed mod, needs to be an array');
  const [divisor, wanted] = operand;
  if (operand.length !== 2)
    throw bad(`malformed mod, ${operand.length < 2 ? 'not enough' : 'too many'} elements`);
  if (!isNumeric(divisor) || !isNumeric(wanted))
    throw bad('malformed mod, divisor and remainder must be numbers');
  const by = Math.trunc(toDouble(divisor));
  const rest = Math.trunc(toDouble(wanted));
  if (!Number.isSafeInteger(by) || !Number.isSafeInteger(rest))
    throw bad('malformed mod, number out of range');
  if (by === 0) throw bad('divisor cannot be 0');
  return (value) => {
    if (!isNumeric(value)) return false;
    const whole = typeof value === 'bigint' ? value : Math.trunc(toDouble(value));
    if (typeof whole === 'number' && !Number.isFinite(whole)) return false;
    return BigInt(whole) % BigInt(by) === BigInt(rest);
  };
};

/** Operators that judge one value. The compound ones ($not, $all, $elemMatch, $ne, $nin) are in filter.ts. */
export const leafOperators: Readonly<Record<string, LeafOperator>> = {
  $eq: equality,
  $gt: comparison(false, 1),
  $gte: comparison(true, 1),
  $lt: comparison(false, -1),
  $lte: comparison(true, -1),
  $in: membership,
  $exists: () => (value) => value !== undefined,
  $type: typeTest,
  $size: size,
  $mod: remainder,
};
