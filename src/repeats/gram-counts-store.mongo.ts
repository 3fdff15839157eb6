import { Schema, type Connection } from 'mongoose';
import { GramCounts } from '../domain/repeats/gram-counts.ts';
import type { GramCountsStore } from './gram-counts-store.ts';

interface CountsRow {
  readonly _id: string;
  readonly counted: number;
  readonly grams: Buffer;
  readonly countedAt: Date;
}

const countsSchema = new Schema<CountsRow>(
  { _id: String, counted: Number, grams: Buffer, countedAt: Date },
  { collection: 'gram_counts', versionKey: false },
);

const TOWN = 'town';

export function mongoGramCountsStore(connection: Connection): GramCountsStore {
  const counts = connection.model('GramCounts', countsSchema);
  return {
    async countedAt() {
      return (await counts.findById(TOWN, { countedAt: 1 }).lean<CountsRow>())?.countedAt ?? null;
    },
    async find() {
      const row = await counts.collection.findOne({ _id: TOWN as never }, { promoteBuffers: true });
      return row && GramCounts.unpacked(row['counted'], row['grams']);
    },
    async save(counted) {
      const { countedAt } = await counts
        .findOneAndUpdate(
          { _id: TOWN },
          {
            $set: { counted: counted.counted, grams: Buffer.from(counted.packed()) },
            $currentDate: { countedAt: true },
          },
          { upsert: true, returnDocument: 'after', projection: { countedAt: 1 } },
        )
        .orFail()
        .lean<CountsRow>();
      return countedAt;
    },
  };
}
