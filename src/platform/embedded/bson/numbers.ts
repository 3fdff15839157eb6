import { Decimal128, Int32 } from 'bson';
import { rankOf, types, type Value } from './values.js';

export type Numeric = number | bigint | Int32 | Decimal128;

export const isNumeric = (value: Value | undefined): value is Numeric => rankOf(value) === types.double.rank;

export function toDouble(value: Numeric): number {
  if (typeof value === 'number') return value;
  if (value instanceof Int32) return value.value;
  return typeof value === 'bigint' ? Number(value) : Number(value.toString());
}

/** A decimal as coefficient × 10^exponent; null for NaN and the infinities, which Double expresses as well. */
export interface Exact {
  readonly coefficient: bigint;
  readonly exponent: number;
}

const decimalText = /^(-?)(\d+)(?:\.(\d*))?(?:E([+-]?\d+))?$/;

export function exactOf(value: bigint | Decimal128): Exact | null {
  if (typeof value === 'bigint') return { coefficient: value, exponent: 0 };
  const parts = decimalText.exec(value.toString());
  if (!parts) return null;
  const [, sign = '', whole = '', fraction = '', power = '0'] = parts;
  return { coefficient: BigInt(sign + whole + fraction), exponent: Number(power) - fraction.length };
}

/** Every finite double is an integer over a power of two, hence a finite decimal: the conversion is exact. */
export function exactOfDouble(value: number): Exact {
  let exponent = 0;
  let mantissa = value;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    exponent += 1;
  }
  return { coefficient: BigInt(mantissa) * 5n ** BigInt(exponent), exponent: -exponent };
}

const sign = (difference: number | bigint): number => (difference > 0 ? 1 : difference < 0 ? -1 : 0);

function compareExact(a: Exact, b: Exact): number {
  const least = Math.min(a.exponent, b.exponent);
  return sign(
    a.coefficient * 10n ** BigInt(a.exponent - least) - b.coefficient * 10n ** BigInt(b.exponent - least),
  );
}

const native = (value: number | bigint | Int32): number | bigint =>
  value instanceof Int32 ? value.value : value;

function compareNative(a: number | bigint, b: number | bigint): number {
  if (a < b) return -1;
  if (a > b) return 1;
  const aIsNaN = Number.isNaN(a);
  return aIsNaN === Number.isNaN(b) ? 0 : aIsNaN ? -1 : 1;
}

/** By value across the four types, exactly; NaN equals itself and is less than all others. */
export function compareNumbers(a: Numeric, b: Numeric): number {
  if (!(a instanceof Decimal128) && !(b instanceof Decimal128)) return compareNative(native(a), native(b));
  const left = exactOrSpecial(a);
  const right = exactOrSpecial(b);
  if (typeof left === 'number' || typeof right === 'number') {
    return compareNative(
      typeof left === 'number' ? left : sign(left.coefficient),
      typeof right === 'number' ? right : sign(right.coefficient),
    );
  }
  return compareExact(left, right);
}

function exactOrSpecial(value: Numeric): Exact | number {
  if (value instanceof Decimal128) return exactOf(value) ?? toDouble(value);
  const plain = native(value);
  if (typeof plain === 'bigint') return { coefficient: plain, exponent: 0 };
  return Number.isFinite(plain) ? exactOfDouble(plain) : plain;
}

const isLong = (value: bigint): boolean => BigInt.asIntN(64, value) === value;

const isInt = (value: bigint): boolean => BigInt.asIntN(32, value) === value;

const precision = 34;

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

/** Rounds half to even to a multiple of 10^place; what is coarser already stays. */
export function roundExact({ coefficient, exponent }: Exact, place: number): Exact {
  if (exponent >= place) return { coefficient, exponent };
  const unit = 10n ** BigInt(place - exponent);
  const twice = magnitude(coefficient % unit) * 2n;
  let kept = coefficient / unit;
  if (twice > unit || (twice === unit && kept % 2n !== 0n)) kept += coefficient < 0n ? -1n : 1n;
  return { coefficient: kept, exponent: place };
}

function toDecimal(exact: Exact): Decimal128 {
  const surplus = magnitude(exact.coefficient).toString().length - precision;
  const { coefficient, exponent } = roundExact(exact, exact.exponent + Math.max(surplus, 0));
  return Decimal128.fromString(`${coefficient}E${exponent}`);
}

/** A Double taken into decimal arithmetic counts with 15 digits, as MongoDB converts it. */
function asDecimal(value: Numeric): Decimal128 {
  if (value instanceof Decimal128) return value;
  const plain = native(value);
  if (typeof plain === 'bigint' || !Number.isFinite(plain)) return Decimal128.fromString(String(plain));
  return Decimal128.fromString(Number.isInteger(plain) ? String(BigInt(plain)) : plain.toPrecision(15));
}

interface Operation {
  readonly doubles: (a: number, b: number) => number;
  readonly longs: (a: bigint, b: bigint) => bigint;
  readonly decimals: (a: Exact, b: Exact) => Exact;
}

function aligned(a: Exact, b: Exact, combine: (x: bigint, y: bigint) => bigint): Exact {
  const exponent = Math.min(a.exponent, b.exponent);
  return {
    coefficient: combine(
      a.coefficient * 10n ** BigInt(a.exponent - exponent),
      b.coefficient * 10n ** BigInt(b.exponent - exponent),
    ),
    exponent,
  };
}

const addition: Operation = {
  doubles: (a, b) => a + b,
  longs: (a, b) => a + b,
  decimals: (a, b) => aligned(a, b, (x, y) => x + y),
};

const subtraction: Operation = {
  doubles: (a, b) => a - b,
  longs: (a, b) => a - b,
  decimals: (a, b) => aligned(a, b, (x, y) => x - y),
};

const multiplication: Operation = {
  doubles: (a, b) => a * b,
  longs: (a, b) => a * b,
  decimals: (a, b) => ({ coefficient: a.coefficient * b.coefficient, exponent: a.exponent + b.exponent }),
};

/** The widest type wins; an Int32 result that does not fit becomes a Long; a Long that does not fit is null. */
function operate(operation: Operation, a: Numeric, b: Numeric): Numeric | null {
  if (a instanceof Decimal128 || b instanceof Decimal128) {
    const left = exactOf(asDecimal(a));
    const right = exactOf(asDecimal(b));
    if (left && right) return toDecimal(operation.decimals(left, right));
    return Decimal128.fromString(String(operation.doubles(toDouble(a), toDouble(b))));
  }
  if (typeof a === 'number' || typeof b === 'number') return operation.doubles(toDouble(a), toDouble(b));
  if (a instanceof Int32 && b instanceof Int32) {
    const result = operation.longs(BigInt(a.value), BigInt(b.value));
    return isInt(result) ? new Int32(Number(result)) : result;
  }
  const result = operation.longs(BigInt(native(a)), BigInt(native(b)));
  return isLong(result) ? result : null;
}

export const add = (a: Numeric, b: Numeric): Numeric | null => operate(addition, a, b);

export const subtract = (a: Numeric, b: Numeric): Numeric | null => operate(subtraction, a, b);

export const multiply = (a: Numeric, b: Numeric): Numeric | null => operate(multiplication, a, b);

/** A whole number within ±2^53, from whichever numeric type carries it; null when it is none. */
export function wholeNumber(value: Value | undefined): number | null {
  if (!isNumeric(value)) return null;
  const plain = toDouble(value);
  return Number.isSafeInteger(plain) ? plain : null;
}
