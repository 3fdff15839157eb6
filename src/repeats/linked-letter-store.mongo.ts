import { Schema, type Connection } from 'mongoose';
import type { LinkedLetter } from '../domain/repeats/linked-letter.ts';
import { ignoreDuplicateKeys } from '../platform/mongo/duplicate-key.ts';
import type { LinkedLetterStore } from './linked-letter-store.ts';

interface LinkedRow extends Omit<LinkedLetter, 'id'> {
  readonly _id: string;
  /** Absent once it was linked, so that the index holds those that wait. */
  readonly waitsSince?: Date;
  readonly putAt?: Date;
}

/** Types and indexes only; rows are written as they come from the domain, without a model: it is done for every receipt. */
const linkedSchema = new Schema<LinkedRow>(
  {
    _id: String,
    version: { type: Number, required: true },
    number: String,
    receivedAt: Date,
    receivedOn: { type: String, required: true },
    people: [String],
    unit: String,
    joinedTo: String,
    heldOut: [String],
    isPrivate: Boolean,
    isPublished: Boolean,
    isOver: Boolean,
    links: { type: [Schema.Types.Mixed] },
    waitsSince: Date,
    putAt: Date,
  },
  { collection: 'letter_links', versionKey: false },
);
linkedSchema.index({ putAt: 1 });
linkedSchema.index({ receivedOn: 1 });
linkedSchema.index({ waitsSince: 1 }, { sparse: true });

export function mongoLinkedLetterStore(connection: Connection): LinkedLetterStore {
  const letters = connection.model('LinkedLetter', linkedSchema);
  return {
    async put(rows, anew = false) {
      if (rows.length === 0) return;
      // A row of a later version is not matched, and the upsert beside it is refused as a duplicate: it stays.
      const writes = rows.map(({ id, ...row }) => ({
        updateOne: {
          filter: { _id: id as never, version: { $lte: row.version } },
          update: {
            $set: { ...row, ...(anew ? { waitsSince: row.receivedAt } : {}) },
            $setOnInsert: { links: [], ...(anew ? {} : { waitsSince: row.receivedAt }) },
            $currentDate: { putAt: true as const },
          },
          upsert: true,
        },
      }));
      await letters.collection.bulkWrite(writes, { ordered: false }).catch(ignoreDuplicateKeys);
    },
    async waiting(limit) {
      const rows = await letters
        .find({ waitsSince: { $gt: new Date(0) } }, { _id: 1 })
        .sort({ waitsSince: 1 })
        .limit(limit)
        .lean<LinkedRow[]>();
      return rows.map(({ _id }) => _id);
    },
    async link(id, links) {
      await letters.updateOne(
        { _id: id },
        { $set: { links: [...links] }, $unset: { waitsSince: 1 }, $currentDate: { putAt: true } },
      );
    },
    async known(ids) {
      const rows = await letters.find({ _id: { $in: [...ids] } }, { _id: 1 }).lean<LinkedRow[]>();
      return rows.map(({ _id }) => _id);
    },
    async lastPutAt() {
      const row = await letters.findOne({}, { putAt: 1 }).sort({ putAt: -1 }).lean<LinkedRow>();
      return row?.putAt ?? null;
    },
    async *putAfter(moment) {
      // Tens of thousands at a start: without a model around each.
      const found = letters.collection.find(moment ? { putAt: { $gt: moment } } : {}, {
        ...(moment ? { sort: { putAt: 1 } } : {}),
        batchSize: 1000,
      });
      for await (const row of found) yield toLinked(row as unknown as LinkedRow);
    },
    async removeReceivedBefore(day) {
      await letters.deleteMany({ receivedOn: { $lt: day } });
    },
  };
}

const toLinked = ({ _id, waitsSince: _w, putAt: _p, ...row }: LinkedRow): LinkedLetter => ({
  id: _id,
  ...row,
});
