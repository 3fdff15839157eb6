import { Schema, type Connection } from 'mongoose';
import { packGrams, unpackGrams } from '../domain/repeats/letter-grams.ts';
import type { MatterGrams } from '../domain/repeats/matter-grams.ts';
import { ignoreDuplicateKeys } from '../platform/mongo/duplicate-key.ts';
import type { LetterGramsStore } from './letter-grams-store.ts';

interface GramsRow {
  readonly _id: string;
  readonly version: number;
  readonly written: Buffer;
  readonly published: Buffer | null;
  readonly putAt?: Date;
}

const gramsSchema = new Schema<GramsRow>(
  {
    _id: String,
    version: { type: Number, required: true },
    written: { type: Buffer, required: true },
    published: Buffer,
    putAt: Date,
  },
  { collection: 'letter_grams', versionKey: false },
);
gramsSchema.index({ putAt: 1 });

const BATCH = 1000;

export function mongoLetterGramsStore(connection: Connection): LetterGramsStore {
  const letters = connection.model('LetterGrams', gramsSchema);
  return {
    async put(rows) {
      if (rows.length === 0) return;
      // A row of a later version is not matched, and the upsert beside it is refused as a duplicate: it stays.
      const writes = rows.map(({ id, version, written, published }) => ({
        updateOne: {
          filter: { _id: id, version: { $lte: version } },
          update: {
            $set: {
              version,
              written: Buffer.from(packGrams(written)),
              published: published && Buffer.from(packGrams(published)),
            },
            $currentDate: { putAt: true as const },
          },
          upsert: true,
        },
      }));
      await letters.bulkWrite(writes, { ordered: false }).catch(ignoreDuplicateKeys);
    },
    async lastPutAt() {
      const row = await letters.findOne({}, { putAt: 1 }).sort({ putAt: -1 }).lean<GramsRow>();
      return row?.putAt ?? null;
    },
    async *putAfter(moment) {
      // A million rows at a start: without a model around each.
      const found = letters.collection.find(moment ? { putAt: { $gt: moment } } : {}, {
        ...(moment ? { sort: { putAt: 1 } } : {}),
        batchSize: BATCH,
        promoteBuffers: true,
      });
      let batch: MatterGrams[] = [];
      for await (const row of found) {
        batch.push(toGrams(row as unknown as GramsRow));
        if (batch.length < BATCH) continue;
        yield batch;
        batch = [];
      }
      if (batch.length > 0) yield batch;
    },
    async removePutBefore(moment) {
      await letters.deleteMany({ putAt: { $lt: moment } });
    },
    count: () => letters.estimatedDocumentCount(),
  };
}

const toGrams = ({ _id, version, written, published }: GramsRow): MatterGrams => ({
  id: _id,
  version,
  written: unpackGrams(written),
  published: published && unpackGrams(published),
});
