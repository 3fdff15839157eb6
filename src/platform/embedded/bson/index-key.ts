import { Binary, BSONRegExp, Code, Decimal128, Int32, ObjectId, Timestamp } from 'bson';
import { compareNumbers, exactOf, toDouble, type Exact, type Numeric } from './numbers.js';
import { rankOf, types, type Value } from './values.js';

/*
 * Bytes whose order under memcmp is MongoDB's order of the values.
 * A component is its rank (1..127), then a payload that no other payload of the rank begins with; a
 * descending component is inverted. So 0x00 and 0xff never begin a component, and `component + 0xff` lies
 * behind everything that begins with the component.
 */

/** 1 ascending, -1 descending. */
export type Direction = 1 | -1;

let scratch = Buffer.allocUnsafe(4096);
let used = 0;

function reserve(size: number): number {
  const start = used;
  used += size;
  if (used > scratch.length) {
    const larger = Buffer.allocUnsafe(used * 2);
    scratch.copy(larger, 0, 0, start);
    scratch = larger;
  }
  return start;
}

/** One component of a key. Equal values of different numeric types give the same bytes, unequal ones never do. */
export function keyComponent(value: Value | undefined, direction: Direction): Buffer {
  used = 0;
  writeComponent(value);
  if (direction === -1) for (let at = 0; at < used; at += 1) scratch[at] = ~(scratch[at] ?? 0);
  return Buffer.from(scratch.subarray(0, used));
}

/** The component as a string, for maps: the same for equal values and no others. */
export const keyText = (value: Value | undefined): string => keyComponent(value, 1).toString('latin1');

/** A whole key: the components one after the other. */
export function keyOf(values: readonly (Value | undefined)[], directions: readonly Direction[]): Buffer {
  used = 0;
  for (const [at, value] of values.entries()) {
    const start = used;
    writeComponent(value);
    if (directions[at] === -1)
      for (let byte = start; byte < used; byte += 1) scratch[byte] = ~(scratch[byte] ?? 0);
  }
  return Buffer.from(scratch.subarray(0, used));
}

/** The bytes all strings beginning with `prefix` begin with, ascending. */
export function stringPrefix(prefix: string): Buffer {
  return Buffer.concat([Buffer.of(types.string.rank), Buffer.from(prefix, 'utf8')]);
}

function writeComponent(value: Value | undefined): void {
  scratch[reserve(1)] = rankOf(value);
  if (value !== undefined) writePayload(value);
}

function writePayload(value: Value): void {
  if (typeof value === 'string') writeText(value);
  else if (typeof value === 'number' || typeof value === 'bigint') writeNumber(value);
  else if (value instanceof Int32 || value instanceof Decimal128) writeNumber(value);
  else if (typeof value === 'boolean') scratch[reserve(1)] = value ? 1 : 0;
  else if (value instanceof ObjectId) scratch.set(value.id, reserve(12));
  else if (value instanceof Date) writeSigned(BigInt(value.getTime()));
  else if (value instanceof Map) writeDoc(value);
  else if (Array.isArray(value)) writeArray(value);
  else if (value instanceof Binary) writeBinary(value);
  else if (value instanceof Timestamp) scratch.writeBigUInt64BE(value.toBigInt(), reserve(8));
  else if (value instanceof BSONRegExp) {
    writeText(value.pattern);
    writeText(value.options);
  } else if (value instanceof Code) writeText(value.code);
}

function writeSigned(value: bigint): void {
  scratch.writeBigUInt64BE(BigInt.asUintN(64, value) ^ (1n << 63n), reserve(8));
}

/** UTF-8 ended by 00 00; a null character inside is 00 c3 bf, which sorts behind the end and before all else. */
function writeText(text: string): void {
  const escaped = text.includes('\0') ? text.replaceAll('\0', '\0\u00ff') : text;
  const start = reserve(escaped.length * 3);
  used = start + scratch.write(escaped, start, 'utf8');
  scratch.writeUInt16BE(0, reserve(2));
}

function writeDoc(value: ReadonlyMap<string, Value>): void {
  for (const [name, inner] of value) {
    scratch[reserve(1)] = rankOf(inner);
    writeText(name);
    writePayload(inner);
  }
  scratch[reserve(1)] = 0;
}

function writeArray(values: readonly Value[]): void {
  for (const value of values) writeComponent(value);
  scratch[reserve(1)] = 0;
}

function writeBinary(value: Binary): void {
  const content = value.value();
  scratch.writeUInt32BE(content.length, reserve(4));
  scratch[reserve(1)] = value.sub_type;
  scratch.set(content, reserve(content.length));
}

/**
 * The nearest double, then how the exact value lies to it: 1 equal, 0 below, 2 above, the latter two followed
 * by the exact decimal. So 2^53 and 2^53 + 1 differ, and 1, 1.0, Long 1 and Decimal 1.00 do not.
 */
function writeNumber(value: Numeric): void {
  const nearest = toDouble(value);
  writeDouble(nearest);
  const exact = typeof value === 'bigint' || value instanceof Decimal128 ? exactOf(value) : null;
  const side = exact === null ? 0 : compareNumbers(value, nearest);
  scratch[reserve(1)] = 1 + side;
  if (exact !== null && side !== 0) writeExact(exact);
}

function writeDouble(value: number): void {
  const start = reserve(8);
  if (Number.isNaN(value)) {
    scratch.fill(0, start, used);
    return;
  }
  scratch.writeDoubleBE(value === 0 ? 0 : value, start);
  const bits = scratch.readBigUInt64BE(start);
  const ordered = value < 0 ? BigInt.asUintN(64, ~bits) : bits | (1n << 63n);
  scratch.writeBigUInt64BE(ordered, start);
}

/** Only compared among values of one sign: the place of the first digit, then the digits, inverted below zero. */
function writeExact({ coefficient, exponent }: Exact): void {
  const negative = coefficient < 0n;
  const digits = (negative ? -coefficient : coefficient).toString();
  const start = reserve(2);
  scratch.writeUInt16BE(digits.length + exponent + 0x8000, start);
  const significant = digits.replace(/0+$/, '');
  scratch.write(significant, reserve(significant.length), 'latin1');
  scratch[reserve(1)] = 0;
  if (negative) for (let at = start; at < used; at += 1) scratch[at] = ~(scratch[at] ?? 0);
}
