import { Decimal128, Int32, ObjectId } from 'bson';
import {
  add,
  exactOfDouble,
  isNumeric,
  multiply,
  roundExact,
  subtract,
  toDouble,
  wholeNumber,
  type Numeric,
} from '../bson/numbers.js';
import { compare } from '../bson/order.js';
import { integer, show, typeName, type Value } from '../bson/values.js';
import { notSupported, ServerError } from '../errors.js';
import { isNullish, truthy, type Call, type Operator } from './expression-types.js';
import { total } from './sum.js';

const kind = (value: Value | undefined): string => (value === undefined ? 'missing' : typeName(value));

function only(name: string, value: Value | undefined): ServerError {
  return new ServerError('TypeMismatch', `${name} only supports numeric types, not ${kind(value)}`);
}

/** The functions of one number have a code of their own for it. */
const notNumeric = (name: string, value: Value | undefined): ServerError =>
  new ServerError(28765, `${name} only supports numeric types, not ${kind(value)}`);

/** A Long that overflows goes on as a Double, as in MongoDB's aggregation. */
const sumOf = (a: Numeric, b: Numeric): Numeric => add(a, b) ?? toDouble(a) + toDouble(b);

const addAll: Call = (values, name) => {
  let sum: Numeric = new Int32(0);
  let since: Date | null = null;
  if (values.some(isNullish)) return null;
  for (const value of values) {
    if (value instanceof Date) {
      if (since) throw new ServerError(16612, 'only one date allowed in an $add expression');
      since = value;
    } else if (isNumeric(value)) sum = sumOf(sum, value);
    else
      throw new ServerError(
        'TypeMismatch',
        `${name} only supports numeric or date types, not ${kind(value)}`,
      );
  }
  return since ? new Date(since.getTime() + Math.round(toDouble(sum))) : sum;
};

const subtractTwo: Call = ([a, b]) => {
  if (isNullish(a) || isNullish(b)) return null;
  if (a instanceof Date && b instanceof Date) return BigInt(a.getTime() - b.getTime());
  if (a instanceof Date && isNumeric(b)) return new Date(a.getTime() - Math.round(toDouble(b)));
  if (isNumeric(a) && isNumeric(b)) return subtract(a, b) ?? toDouble(a) - toDouble(b);
  throw new ServerError('TypeMismatch', `can't $subtract ${kind(b)} from ${kind(a)}`);
};

const multiplyAll: Call = (values, name) => {
  let product: Numeric = new Int32(1);
  if (values.some(isNullish)) return null;
  for (const value of values) {
    if (!isNumeric(value)) throw only(name, value);
    product = multiply(product, value) ?? toDouble(product) * toDouble(value);
  }
  return product;
};

/** Two doubles from two numbers; null when one is missing. */
function pair(values: readonly (Value | undefined)[], name: string): readonly [number, number] | null {
  const [a, b] = values;
  if (isNullish(a) || isNullish(b)) return null;
  if (!isNumeric(a)) throw only(name, a);
  if (!isNumeric(b)) throw only(name, b);
  if (a instanceof Decimal128 || b instanceof Decimal128) throw notSupported(`${name} of decimals`);
  return [toDouble(a), toDouble(b)];
}

const divide: Call = (values, name) => {
  const numbers = pair(values, name);
  if (!numbers) return null;
  if (numbers[1] === 0) throw new ServerError('BadValue', "can't $divide by zero");
  return numbers[0] / numbers[1];
};

const isWhole = (value: Value | undefined): value is Int32 | bigint =>
  value instanceof Int32 || typeof value === 'bigint';

const remainder: Call = (values, name) => {
  const numbers = pair(values, name);
  if (!numbers) return null;
  if (numbers[1] === 0) throw new ServerError(16610, "can't $mod by zero");
  const [a, b] = values;
  if (a instanceof Int32 && b instanceof Int32) return new Int32(a.value % b.value);
  if (isWhole(a) && isWhole(b)) return BigInt(String(a)) % BigInt(String(b));
  return numbers[0] % numbers[1];
};

const power: Call = (values, name) => {
  const numbers = pair(values, name);
  if (!numbers) return null;
  const result = numbers[0] ** numbers[1];
  const whole = typeof values[0] !== 'number' && typeof values[1] !== 'number';
  return whole && Number.isSafeInteger(result) ? sameWidth(result, values[0], values[1]) : result;
};

/** A whole result: Int32 only when the operands were and it fits. */
function sameWidth(result: number, ...operands: readonly (Value | undefined)[]): Value {
  return operands.every((operand) => operand instanceof Int32) ? integer(result) : BigInt(result);
}

/** A function of one number: Doubles stay Doubles, whole types stay what they are. */
function ofOne(onDouble: (value: number) => number, onWhole: (value: bigint) => bigint): Operator {
  const call: Call = ([value], name) => {
    if (isNullish(value)) return null;
    if (!isNumeric(value)) throw notNumeric(name, value);
    if (value instanceof Decimal128) throw notSupported(`${name} of decimals`);
    if (typeof value === 'number') return onDouble(value);
    const result = onWhole(BigInt(value instanceof Int32 ? value.value : value));
    return value instanceof Int32 ? integer(Number(result)) : result;
  };
  return { least: 1, most: 1, call };
}

const real = (onDouble: (value: number) => number): Operator => ({
  least: 1,
  most: 1,
  call: ([value], name) => {
    if (isNullish(value)) return null;
    if (!isNumeric(value) || value instanceof Decimal128) throw notNumeric(name, value);
    return onDouble(toDouble(value));
  },
});

/** Half to even of the double's exact value: 2.345 is a little more than it looks. */
function roundEven(value: number, place: number): number {
  const { coefficient, exponent } = roundExact(exactOfDouble(value), -place);
  return Number(`${coefficient}e${exponent}`);
}

const atPlace =
  (cut: (value: number, place: number) => number): Call =>
  ([value, place], name) => {
    if (isNullish(value) || (place !== undefined && isNullish(place))) return null;
    if (!isNumeric(value) || value instanceof Decimal128) throw notNumeric(name, value);
    const digits = place === undefined ? 0 : wholeNumber(place);
    if (digits === null || digits < -20 || digits > 100) {
      throw new ServerError(51083, `cannot apply ${name} with precision value ${show(place)}`);
    }
    const plain = toDouble(value);
    if (!Number.isFinite(plain) || (typeof value !== 'number' && digits >= 0)) return value;
    if (typeof value === 'number') return cut(plain, digits);
    if (!Number.isSafeInteger(plain)) throw notSupported(`${name} of this Long`);
    return sameWidth(cut(plain, digits), value);
  };

const truncate = (value: number, place: number): number =>
  Number(`${Math.trunc(Number(`${value}e${place}`))}e${-place}`);

const judged = (accepts: (difference: number) => boolean): Operator => ({
  least: 2,
  most: 2,
  call: ([a, b]) => accepts(compare(a, b)),
});

export function average(values: readonly (Value | undefined)[]): Value {
  const numbers = values.filter(isNumeric);
  if (numbers.some((value) => value instanceof Decimal128)) throw notSupported('$avg of decimals');
  return numbers.length === 0 ? null : toDouble(total(numbers)) / numbers.length;
}

/** The least (direction 1) or greatest (-1) of the values that are neither null nor missing. */
export function extreme(values: readonly (Value | undefined)[], direction: 1 | -1): Value {
  let best: Value = null;
  for (const value of values) {
    if (!isNullish(value) && (best === null || compare(value, best) * direction < 0)) best = value;
  }
  return best;
}

/** One array argument stands for its elements. */
const gathered = (of: (values: readonly (Value | undefined)[]) => Value): Operator => ({
  least: 1,
  most: Infinity,
  call: (values) => of(values.length === 1 && Array.isArray(values[0]) ? values[0] : values),
});

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

function toWhole(value: Value | undefined, name: string, bits: 32 | 64): Value {
  if (isNullish(value)) return null;
  let whole: bigint | null = null;
  if (typeof value === 'boolean') whole = value ? 1n : 0n;
  else if (typeof value === 'string') whole = /^[+-]?\d+$/.test(value) ? BigInt(value) : null;
  else if (value instanceof Date && bits === 64) whole = BigInt(value.getTime());
  else if (typeof value === 'bigint') whole = value;
  else if (isNumeric(value) && Number.isFinite(toDouble(value))) whole = BigInt(Math.trunc(toDouble(value)));
  if (whole === null || BigInt.asIntN(bits, whole) !== whole) {
    throw new ServerError(241, `Failed to convert ${show(value)} with ${name}`);
  }
  return bits === 32 ? new Int32(Number(whole)) : whole;
}

const toNumber: Call = ([value], name) => {
  if (isNullish(value)) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Date) return value.getTime();
  if (isNumeric(value)) return toDouble(value);
  const parsed = typeof value === 'string' && /^[+-]?[\d.]/.test(value) ? Number(value) : Number.NaN;
  if (Number.isNaN(parsed)) throw new ServerError(241, `Failed to convert ${show(value)} with ${name}`);
  return parsed;
};

const toDate: Call = ([value], name) => {
  if (isNullish(value)) return null;
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  const usable = typeof value === 'string' || (isNumeric(value) && !(value instanceof Int32));
  const date = new Date(
    typeof value === 'string' ? value : isNumeric(value) ? Math.trunc(toDouble(value)) : NaN,
  );
  // Without a zone JavaScript would read local time, MongoDB reads UTC: only the full form is taken.
  const certain = typeof value !== 'string' || /^\d{4}-\d\d-\d\d(?:T.*(?:Z|[+-]\d\d:?\d\d))?$/.test(value);
  if (!usable || !certain || Number.isNaN(date.getTime())) {
    throw new ServerError(241, `Failed to convert ${show(value)} with ${name}`);
  }
  return date;
};

const one = (call: Call): Operator => ({ least: 1, most: 1, call });

const two = (call: Call): Operator => ({ least: 2, most: 2, call });

const floor = ofOne(Math.floor, (value) => value);

export const numberOperators: Readonly<Record<string, Operator>> = {
  $add: { least: 0, most: Infinity, call: addAll },
  $subtract: two(subtractTwo),
  $multiply: { least: 0, most: Infinity, call: multiplyAll },
  $divide: two(divide),
  $mod: two(remainder),
  $pow: two(power),
  $abs: ofOne(Math.abs, magnitude),
  $ceil: ofOne(Math.ceil, (value) => value),
  $floor: floor,
  $round: { least: 1, most: 2, call: atPlace(roundEven) },
  $trunc: { least: 1, most: 2, call: atPlace(truncate) },
  $sqrt: real(Math.sqrt),
  $exp: real(Math.exp),
  $ln: real(Math.log),
  $log10: real(Math.log10),
  $eq: judged((difference) => difference === 0),
  $ne: judged((difference) => difference !== 0),
  $gt: judged((difference) => difference > 0),
  $gte: judged((difference) => difference >= 0),
  $lt: judged((difference) => difference < 0),
  $lte: judged((difference) => difference <= 0),
  $cmp: two(([a, b]) => new Int32(Math.sign(compare(a, b)))),
  $sum: gathered(total),
  $avg: gathered(average),
  $min: gathered((values) => extreme(values, 1)),
  $max: gathered((values) => extreme(values, -1)),
  $isNumber: one(([value]) => isNumeric(value)),
  $type: one(([value]) => kind(value)),
  $toBool: one(([value]) => (isNullish(value) ? null : truthy(value))),
  $toInt: one(([value], name) => toWhole(value, name, 32)),
  $toLong: one(([value], name) => toWhole(value, name, 64)),
  $toDouble: one(toNumber),
  $toDate: one(toDate),
};
