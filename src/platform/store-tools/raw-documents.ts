import { createHash } from 'node:crypto';
import { Double } from 'bson';
import type { mongo } from 'mongoose';
import { decode, encode } from '../embedded/bson/codec.ts';
import type { Doc, Value } from '../embedded/bson/values.ts';

const mostDocuments = 500;
const mostBytes = 6 * 1024 * 1024;

/** A document as its store keeps it; decoded when somebody looks inside. */
export class RawRow {
  readonly bytes: Buffer;
  private decoded: Doc | null = null;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  get document(): Doc {
    this.decoded ??= decode(this.bytes);
    return this.decoded;
  }

  get id(): Value {
    return this.document.get('_id') ?? null;
  }

  /** The id as text, types told apart: what rows of two stores are matched by. */
  get key(): string {
    return encode(new Map([['_id', this.id]])).toString('latin1');
  }
}

const idElement = Buffer.from('_id\0');

/** The bytes that are compared: the stored ones, with the _id in front as MongoDB would put it. */
function canonical(bytes: Buffer): Buffer {
  if (bytes.subarray(5, 9).equals(idElement)) return bytes;
  const document = decode(bytes);
  return encode(new Map([['_id', document.get('_id') ?? null], ...document]));
}

function rowOf(raw: unknown): RawRow {
  if (!(raw instanceof Uint8Array)) throw new TypeError('the driver gave no bytes');
  // A copy: the driver's buffer is that of the whole reply.
  return new RawRow(canonical(Buffer.from(raw)));
}

/** The documents of a collection, in order of _id. */
export async function* rows(collection: mongo.Collection): AsyncGenerator<RawRow> {
  const cursor = collection.find({}, { raw: true, sort: { _id: 1 }, batchSize: mostDocuments });
  for await (const raw of cursor) yield rowOf(raw);
}

/** The same in batches that fit into one command. */
export async function* batches(collection: mongo.Collection): AsyncGenerator<RawRow[]> {
  let batch: RawRow[] = [];
  let bytes = 0;
  for await (const row of rows(collection)) {
    if (batch.length === mostDocuments || (batch.length > 0 && bytes + row.bytes.length > mostBytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(row);
    bytes += row.bytes.length;
  }
  if (batch.length > 0) yield batch;
}

/** Those of a collection that have the ids of a batch, by key. */
export async function counterparts(
  collection: mongo.Collection,
  batch: readonly RawRow[],
): Promise<Map<string, RawRow>> {
  const wanted: mongo.Document = { _id: { $in: batch.map(({ id }) => forDriver(id)) } };
  const found = await collection.find(wanted, { raw: true }).toArray();
  return new Map(found.map(rowOf).map((row) => [row.key, row]));
}

/** Type-true and with its keys in order: the driver would write a whole Double as an Int32. */
function forDriver(value: Value): unknown {
  if (typeof value === 'number') return new Double(value);
  if (Array.isArray(value)) return value.map(forDriver);
  if (value instanceof Map) return new Map([...value].map(([name, inner]) => [name, forDriver(inner)]));
  return value;
}

function checkWrites(reply: mongo.Document): void {
  const [first]: unknown[] = Array.isArray(reply['writeErrors']) ? reply['writeErrors'] : [];
  if (typeof first === 'object' && first !== null && 'errmsg' in first) throw new Error(String(first.errmsg));
}

const writeConcern = { w: 'majority' };

export async function insertRows(db: mongo.Db, name: string, batch: readonly RawRow[]): Promise<void> {
  if (batch.length === 0) return;
  const documents = batch.map(({ document }) => forDriver(document));
  checkWrites(await db.command({ insert: name, documents, ordered: false, writeConcern }));
}

export async function deleteRows(db: mongo.Db, name: string, batch: readonly RawRow[]): Promise<void> {
  if (batch.length === 0) return;
  const ids = batch.map(({ id }) => forDriver(id));
  const deletes = [{ q: { _id: { $in: ids } }, limit: 0 }];
  checkWrites(await db.command({ delete: name, deletes, writeConcern }));
}

/** What a collection holds, in whatever order: the sum of its documents' SHA-256, and how many they are. */
export interface Sum {
  readonly count: number;
  readonly checksum: string;
}

export async function sumOf(collection: mongo.Collection): Promise<Sum> {
  let count = 0;
  let sum = 0n;
  for await (const { bytes } of rows(collection)) {
    count += 1;
    sum += BigInt(`0x${createHash('sha256').update(bytes).digest('hex')}`);
  }
  return { count, checksum: BigInt.asUintN(256, sum).toString(16).padStart(64, '0') };
}
