import { Binary, BSONRegExp, Code, Decimal128, Int32, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { ServerError } from '../errors.js';
import { ByteWriter } from './byte-writer.js';
import { RawDocument, types, typeName, type Doc, type Value } from './values.js';

/** MongoDB's own limit of nesting. */
const maxDepth = 180;

const malformed = (why: string): ServerError => new ServerError('InvalidBSON', `invalid BSON: ${why}`);

/** Reads one document type-true. Throws InvalidBSON on anything that is not exactly one well-formed document. */
export function decode(bytes: Buffer): Doc {
  if (bytes.length < 5 || bytes.readInt32LE(0) !== bytes.length) throw malformed('wrong length');
  return new Reader(bytes).document(1);
}

class Reader {
  private readonly bytes: Buffer;
  private at = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  document(depth: number): Doc {
    const made: Doc = new Map();
    const end = this.open(depth);
    for (let type = this.byte(); type !== 0; type = this.byte()) {
      made.set(this.name(), this.value(type, depth));
    }
    if (this.at !== end) throw malformed('document does not end where it says');
    return made;
  }

  private array(depth: number): Value[] {
    const made: Value[] = [];
    const end = this.open(depth);
    for (let type = this.byte(); type !== 0; type = this.byte()) {
      this.skipName();
      made.push(this.value(type, depth));
    }
    if (this.at !== end) throw malformed('array does not end where it says');
    return made;
  }

  private open(depth: number): number {
    if (depth > maxDepth) throw new ServerError('Overflow', 'exceeded the nesting limit of documents');
    const start = this.at;
    const size = this.int32();
    if (size < 5 || start + size > this.bytes.length) throw malformed('length out of bounds');
    return start + size;
  }

  private take(size: number): number {
    const start = this.at;
    if (size < 0 || start + size > this.bytes.length) throw malformed('value out of bounds');
    this.at += size;
    return start;
  }

  private byte(): number {
    return this.bytes.readUInt8(this.take(1));
  }

  private int32(): number {
    return this.bytes.readInt32LE(this.take(4));
  }

  private skipName(): number {
    const end = this.bytes.indexOf(0, this.at);
    if (end < 0) throw malformed('name without end');
    this.at = end + 1;
    return end;
  }

  private name(): string {
    const start = this.at;
    return this.bytes.toString('utf8', start, this.skipName());
  }

  private string(): string {
    const size = this.int32();
    const start = this.take(size);
    if (size < 1 || this.bytes[start + size - 1] !== 0) throw malformed('string without end');
    return this.bytes.toString('utf8', start, start + size - 1);
  }

  private binary(): Binary {
    const size = this.int32();
    const subType = this.byte();
    const start = this.take(size);
    return new Binary(Buffer.from(this.bytes.subarray(start, start + size)), subType);
  }

  private date(): Date {
    const date = new Date(Number(this.bytes.readBigInt64LE(this.take(8))));
    if (Number.isNaN(date.getTime())) throw malformed('date beyond the years this store can hold');
    return date;
  }

  private boolean(): boolean {
    const byte = this.byte();
    if (byte > 1) throw malformed('boolean that is neither 0 nor 1');
    return byte === 1;
  }

  private pattern(): BSONRegExp {
    const source = this.name();
    const options = this.name();
    if (!/^[imxlsu]*$/.test(options)) throw malformed('regular expression with unknown options');
    return new BSONRegExp(source, options);
  }

  private copy(size: number): Buffer {
    const start = this.take(size);
    return Buffer.from(this.bytes.subarray(start, start + size));
  }

  private value(type: number, depth: number): Value {
    switch (type) {
      case 0x01:
        return this.bytes.readDoubleLE(this.take(8));
      case 0x02:
        return this.string();
      case 0x03:
        return this.document(depth + 1);
      case 0x04:
        return this.array(depth + 1);
      case 0x05:
        return this.binary();
      case 0x07:
        return new ObjectId(this.copy(12));
      case 0x08:
        return this.boolean();
      case 0x09:
        return this.date();
      case 0x0a:
        return null;
      case 0x0b:
        return this.pattern();
      case 0x0d:
        return new Code(this.string());
      case 0x10:
        return new Int32(this.int32());
      case 0x11:
        return new Timestamp(this.bytes.readBigUInt64LE(this.take(8)));
      case 0x12:
        return this.bytes.readBigInt64LE(this.take(8));
      case 0x13:
        return new Decimal128(this.copy(16));
      case 0x7f:
        return new MaxKey();
      case 0xff:
        return new MinKey();
      default:
        throw malformed(`type ${type} is not supported`);
    }
  }
}

const writer = new ByteWriter();

/** How many documents and arrays are open around the value being written. */
let depth = 0;

export function encode(document: Doc): Buffer {
  writer.clear();
  depth = 0;
  writeDocument(document);
  return writer.taken();
}

function writeDocument(fields: Iterable<readonly [string | number, Value]>): void {
  const start = writer.length;
  writer.int32LE(0);
  depth += 1;
  if (depth > maxDepth) throw new ServerError('Overflow', 'exceeded the nesting limit of documents');
  for (const [name, value] of fields) {
    writer.byte(types[typeName(value)].code & 0xff);
    writeName(typeof name === 'number' ? String(name) : name);
    writeValue(value);
  }
  depth -= 1;
  writer.byte(0);
  writer.int32LEAt(writer.length - start, start);
}

function writeName(name: string): void {
  if (name.includes('\0')) throw new ServerError('BadValue', 'field names may not contain a null byte');
  writer.text(name);
  writer.byte(0);
}

function writeString(text: string): void {
  const start = writer.length;
  writer.int32LE(0);
  writer.text(text);
  writer.byte(0);
  writer.int32LEAt(writer.length - start - 4, start);
}

function writeValue(value: Value): void {
  if (value === null || value instanceof MinKey || value instanceof MaxKey) return;
  if (typeof value === 'string') writeString(value);
  else if (typeof value === 'number') writer.doubleLE(value);
  else if (typeof value === 'bigint') writer.int64LE(value);
  else if (typeof value === 'boolean') writer.byte(value ? 1 : 0);
  else if (value instanceof Int32) writer.int32LE(value.value);
  else if (value instanceof Map) writeDocument(value);
  else if (Array.isArray(value)) writeDocument(value.entries());
  else if (value instanceof RawDocument) writer.bytes(value.bytes);
  else if (value instanceof Date) writer.int64LE(BigInt(value.getTime()));
  else if (value instanceof ObjectId) writer.bytes(value.id);
  else if (value instanceof Decimal128) writer.bytes(value.bytes);
  else if (value instanceof Timestamp) writer.int64LE(value.toBigInt());
  else if (value instanceof Code) writeString(value.code);
  else if (value instanceof BSONRegExp) {
    writeName(value.pattern);
    writeName(value.options);
  } else writeBinary(value);
}

function writeBinary(value: Binary): void {
  const content = value.value();
  writer.int32LE(content.length);
  writer.byte(value.sub_type);
  writer.bytes(content);
}
