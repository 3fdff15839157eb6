import { Schema, type Connection } from 'mongoose';
import type { CaseFact } from '../domain/statistics/case-fact.ts';
import { OPEN_STATES } from '../domain/matters/lifecycle.ts';
import type { FactStore } from './fact-store.ts';

type FactRow = Omit<CaseFact, 'id'> & { _id: string };

const factSchema = new Schema<FactRow>(
  {
    _id: String,
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
    card: String,
  },
  { collection: 'case_facts', versionKey: false },
);
factSchema.index({ receivedOn: 1 });
factSchema.index({ source: 1, state: 1 });

export function mongoFactStore(connection: Connection): FactStore {
  const facts = connection.model('CaseFact', factSchema);
  return {
    async put(rows) {
      if (rows.length === 0) return;
      await facts.bulkWrite(
        rows.map(({ id, ...fact }) => ({
          replaceOne: { filter: { _id: id }, replacement: fact, upsert: true },
        })),
        { ordered: false },
      );
    },
    async receivedBetween(from, to) {
      const rows = await facts.find({ receivedOn: { $gte: from, $lte: to } }).lean<FactRow[]>();
      return rows.map(toFact);
    },
    async openNow() {
      const rows = await facts.find({ source: 'own', state: { $in: [...OPEN_STATES] } }).lean<FactRow[]>();
      return rows.map(toFact);
    },
    async clear() {
      await facts.deleteMany({});
    },
  };
}

const toFact = ({ _id, ...fact }: FactRow): CaseFact => ({ id: _id, ...fact });
