import { mongo } from 'mongoose';

const { BSONRegExp, Decimal128, Double, Int32, Long, ObjectId, Timestamp, Binary, MinKey, MaxKey } =
  mongo.BSON;

/** BSON values by short names, so that a line of the corpus shows its types. */
export const int = (value: number) => new Int32(value);
export const double = (value: number) => new Double(value);
export const long = (value: string | number) => Long.fromString(String(value));
export const decimal = (value: string) => Decimal128.fromString(value);
export const oid = (last: number) => new ObjectId(`64b0000000000000000000${String(last).padStart(2, '0')}`);
export const bytes = (text: string, subtype = 0) => new Binary(Buffer.from(text), subtype);
export const regex = (pattern: string, flags = '') => new BSONRegExp(pattern, flags);
export const time = (t: number, i: number) => new Timestamp({ t, i });
export const day = (text: string) => new Date(`${text}Z`);
export const minKey = new MinKey();
export const maxKey = new MaxKey();
