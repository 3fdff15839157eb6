import { Binary, BSONRegExp, Code, Decimal128, Int32, ObjectId, Timestamp } from 'bson';
import { ByteWriter } from './byte-writer.js';
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

const writer = new ByteWriter();

/** One component of a key. Equal values of different numeric types give the same bytes, unequal ones never do. */
export function keyComponent(value: Value | undefined, direction: Direction): Buffer {
  writer.clear();
  writeComponent(value);
  if (direction === -1) writer.invertFrom(0);
  return writer.taken();
}

/** The component as a string, for maps: the same for equal values and no others. */
export const keyText = (value: Value | undefined): string => keyComponent(value, 1).toString('latin1');

/** A whole key: the components one after the other. */
export function keyOf(values: readonly (Value | undefined)[], directions: readonly Direction[]): Buffer {
  writer.clear();
  for (const [at, value] of values.entries()) {
    const start = writer.length;
    writeComponent(value);
    if (directions[at] === -1) writer.invertFrom(start);
  }
  return writer.taken();
}

/** The bytes all strings beginning with `prefix` begin with, ascending. */
export function stringPrefix(prefix: string): Buffer {
  return Buffer.concat([Buffer.of(types.string.rank), Buffer.from(prefix, 'utf8')]);
}

function writeComponent(value: Value | undefined): void {
  writer.byte(rankOf(value));
  if (value !== undefined) writePayload(value);
}

function writePayload(value: Value): void {
  if (typeof value === 'string') writeText(value);
  else if (typeof value === 'number' || typeof value === 'bigint') writeNumber(value);
  else if (value instanceof Int32 || value instanceof Decimal128) writeNumber(value);
  else if (typeof value === 'boolean') writer.byte(value ? 1 : 0);
  else if (value instanceof ObjectId) writer.bytes(value.id);
  else if (value instanceof Date) writer.uint64BE(BigInt.asUintN(64, BigInt(value.getTime())) ^ signBit);
  else if (value instanceof Map) writeDoc(value);
  else if (Array.isArray(value)) writeArray(value);
  else if (value instanceof Binary) writeBinary(value);
  else if (value instanceof Timestamp) writer.uint64BE(value.toBigInt());
  else if (value instanceof BSONRegExp) {
    writeText(value.pattern);
    writeText(value.options);
  } else if (value instanceof Code) writeText(value.code);
}

const signBit = 1n << 63n;

/** UTF-8 ended by 00 00; a null character inside is 00 c3 bf, which sorts behind the end and before all else. */
function writeText(text: string): void {
  writer.text(text.includes('\0') ? text.replaceAll('\0', '\0\u00ff') : text);
  writer.uint16BE(0);
}

function writeDoc(value: ReadonlyMap<string, Value>): void {
  for (const [name, inner] of value) {
    writer.byte(rankOf(inner));
    writeText(name);
    writePayload(inner);
  }
  writer.byte(0);
}

function writeArray(values: readonly Value[]): void {
  for (const value of values) writeComponent(value);
  writer.byte(0);
}

function writeBinary(value: Binary): void {
  const content = value.value();
  writer.uint32BE(content.length);
  writer.byte(value.sub_type);
  writer.bytes(content);
}

/**
 * The nearest double, then how the exact value lies to it: 1 equal, 0 below, 2 above, the latter two followed
 * by the exact decimal. So 2^53 and 2^53 + 1 differ, and 1, 1.0, Long 1 and Decimal 1.00 do not.
 */
function writeNumber(value: Numeric): void {
  const nearest = toDouble(value);
  writer.uint64BE(orderedBits(nearest));
  const exact = typeof value === 'bigint' || value instanceof Decimal128 ? exactOf(value) : null;
  const side = exact === null ? 0 : compareNumbers(value, nearest);
  writer.byte(1 + side);
  if (exact !== null && side !== 0) writeExact(exact);
}

const bits = new DataView(new ArrayBuffer(8));

/** The bits of a double, so that they order as unsigned integers; NaN comes first. */
function orderedBits(value: number): bigint {
  if (Number.isNaN(value)) return 0n;
  bits.setFloat64(0, value === 0 ? 0 : value);
  const plain = bits.getBigUint64(0);
  return value < 0 ? BigInt.asUintN(64, ~plain) : plain | signBit;
}

/** Only compared among values of one sign: the place of the first digit, then the digits, inverted below zero. */
function writeExact({ coefficient, exponent }: Exact): void {
  const isNegative = coefficient < 0n;
  const digits = (isNegative ? -coefficient : coefficient).toString();
  const start = writer.length;
  writer.uint16BE(digits.length + exponent + 0x8000);
  writer.text(digits.replace(/0+$/, ''));
  writer.byte(0);
  if (isNegative) writer.invertFrom(start);
}
