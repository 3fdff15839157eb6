import { Binary, BSONRegExp, Code, Decimal128, Int32, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';

/**
 * A BSON value, type-true: a `number` is a Double, a `bigint` is a Long, the rest are the classes of `bson`.
 * A document is a Map, because a plain object reorders keys such as "10". A missing field is `undefined`.
 */
export type Value =
  | null
  | boolean
  | string
  | number
  | bigint
  | Int32
  | Decimal128
  | ObjectId
  | Date
  | Binary
  | BSONRegExp
  | Timestamp
  | Code
  | MinKey
  | MaxKey
  | RawDocument
  | Value[]
  | Map<string, Value>;

export type Doc = Map<string, Value>;

/** Stored bytes that go into a reply as they are; never met inside a query or an update. */
export class RawDocument {
  readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
}

export type TypeName =
  | 'double'
  | 'string'
  | 'object'
  | 'array'
  | 'binData'
  | 'objectId'
  | 'bool'
  | 'date'
  | 'null'
  | 'regex'
  | 'javascript'
  | 'int'
  | 'timestamp'
  | 'long'
  | 'decimal'
  | 'minKey'
  | 'maxKey';

/** BSON's number of each type, and its place in MongoDB's order of types (numbers share one). */
export const types: Readonly<Record<TypeName, { readonly code: number; readonly rank: number }>> = {
  minKey: { code: -1, rank: 1 },
  null: { code: 10, rank: 5 },
  double: { code: 1, rank: 10 },
  int: { code: 16, rank: 10 },
  long: { code: 18, rank: 10 },
  decimal: { code: 19, rank: 10 },
  string: { code: 2, rank: 15 },
  object: { code: 3, rank: 20 },
  array: { code: 4, rank: 25 },
  binData: { code: 5, rank: 30 },
  objectId: { code: 7, rank: 35 },
  bool: { code: 8, rank: 40 },
  date: { code: 9, rank: 45 },
  timestamp: { code: 17, rank: 47 },
  regex: { code: 11, rank: 50 },
  javascript: { code: 13, rank: 60 },
  maxKey: { code: 127, rank: 127 },
};

/** The rank of a missing field and of the index entry of an empty array: after MinKey, before null. */
export const missingRank = 2;

export function typeName(value: Value): TypeName {
  if (value === null) return 'null';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number') return 'double';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'long';
  if (value instanceof Map || value instanceof RawDocument) return 'object';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Int32) return 'int';
  if (value instanceof Date) return 'date';
  if (value instanceof ObjectId) return 'objectId';
  if (value instanceof Decimal128) return 'decimal';
  if (value instanceof Binary) return 'binData';
  if (value instanceof BSONRegExp) return 'regex';
  if (value instanceof Timestamp) return 'timestamp';
  if (value instanceof Code) return 'javascript';
  return value instanceof MinKey ? 'minKey' : 'maxKey';
}

export const rankOf = (value: Value | undefined): number =>
  value === undefined ? missingRank : types[typeName(value)].rank;

export const isDoc = (value: Value | undefined): value is Doc => value instanceof Map;

/** An Int32 when it fits, else a Long: what a count or a size becomes on the wire. */
export const integer = (value: number): Int32 | bigint =>
  value === (value | 0) ? new Int32(value) : BigInt(value);

/** A document from `[name, value]` pairs; pairs whose value is `undefined` are left out. */
export function doc(fields: Readonly<Record<string, Value | undefined>>): Doc {
  const made: Doc = new Map();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) made.set(name, value);
  return made;
}

/** A short rendering for error messages, in the manner of the mongo shell. */
export function show(value: Value | undefined): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Map) {
    const fields = [...value].map(([name, inner]) => `${name}: ${show(inner)}`);
    return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
  }
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(show).join(', ')} ]`;
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (value instanceof BSONRegExp) return `/${value.pattern}/${value.options}`;
  if (value instanceof Binary) return `BinData(${value.sub_type}, ${value.toString('hex').toUpperCase()})`;
  if (value instanceof MinKey || value instanceof MaxKey) return typeName(value);
  if (value instanceof Code) return `Code(${JSON.stringify(value.code)})`;
  if (value instanceof Int32) return String(value.value);
  if (value instanceof Timestamp) return `Timestamp(${value.t}, ${value.i})`;
  if (value instanceof Decimal128) return value.toString();
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint')
    return String(value);
  return '{ … }';
}
