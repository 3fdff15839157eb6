import { Schema, type Connection } from 'mongoose';
import type { CaseFact } from '../domain/statistics/case-fact.ts';
import { OPEN_STATES } from '../domain/matters/lifecycle.ts';
import { ignoreDuplicateKeys } from '../platform/mongo/duplicate-key.ts';
import type { FactStore } from './fact-store.ts';

type FactRow = Omit<CaseFact, 'id'> & { _id: string; putAt?: Date };

const factSchema = new Schema<FactRow>(
  {
    _id: String,
    version: { type: Number, required: true },
    number: String,
    source: String,
    kind: String,
    channel: String,
    receivedOn: { type: String, required: true },
    unit: String,
    state: String,
    resolution: String,
    isValid: Boolean,
    dueAt: Date,
    answeredAt: Date,
    answeredOn: String,
    isOnTime: Boolean,
    daysToAnswer: Number,
    isPublished: Boolean,
    overall: Number,
    repeat: String,
    isAnsweredTogether: Boolean,
    card: String,
    putAt: Date,
  },
  { collection: 'case_facts', versionKey: false },
);
factSchema.index({ receivedOn: 1 });
factSchema.index({ putAt: -1 });
factSchema.index({ source: 1, state: 1 });

export function mongoFactStore(connection: Connection): FactStore {
  const facts = connection.model('CaseFact', factSchema);
  return {
    async put(rows) {
      if (rows.length === 0) return;
      // A row of a later version is not matched, and the upsert beside it is refused as a duplicate: it stays.
      const writes = rows.map(({ id, ...fact }) => ({
        updateOne: {
          filter: { _id: id, version: { $lte: fact.version } },
          update: { $set: fact, $currentDate: { putAt: true } },
          upsert: true,
        },
      }));
      await facts.bulkWrite(writes, { ordered: false }).catch(ignoreDuplicateKeys);
    },
    async receivedBetween(from, to) {
      const rows = await facts.find({ receivedOn: { $gte: from, $lte: to } }).lean<FactRow[]>();
      return rows.map(toFact);
    },
    async openNow() {
      const rows = await facts.find({ source: 'own', state: { $in: [...OPEN_STATES] } }).lean<FactRow[]>();
      return rows.map(toFact);
    },
    async lastPutAt() {
      const row = await facts.findOne({}, { putAt: 1 }).sort({ putAt: -1 }).lean<FactRow>();
      return row?.putAt ?? null;
    },
    async clear() {
      await facts.deleteMany({});
    },
  };
}

/** Rows of before letters were counted as repeats lack what is said of them here. */
const toFact = ({ _id, putAt: _, ...fact }: FactRow): CaseFact => ({
  id: _id,
  ...fact,
  repeat: fact.repeat ?? null,
  isAnsweredTogether: fact.isAnsweredTogether ?? false,
});
