import { Schema, type Connection } from 'mongoose';
import type { LearntUnits, LearntUnitsStore } from './learnt-units-store.ts';

interface LearntRow extends LearntUnits {
  readonly _id: string;
}

const learntSchema = new Schema<LearntRow>(
  {
    _id: { type: String, required: true },
    learntOn: { type: String, required: true },
    letters: { type: Number, required: true },
    classifier: Schema.Types.Mixed,
  },
  { collection: 'learnt_routing', versionKey: false, minimize: false },
);

/** What was learnt before under another hashing of grams means nothing now: it is learnt anew. */
const UNITS = 'units@2';

export function mongoLearntUnitsStore(connection: Connection): LearntUnitsStore {
  const learnt = connection.model('LearntRouting', learntSchema);
  return {
    async learntOn() {
      const row = await learnt.findById(UNITS, { learntOn: 1 }).lean<LearntRow>();
      return row?.learntOn ?? null;
    },
    async read() {
      const row = await learnt.findById(UNITS).lean<LearntRow>();
      return row && { learntOn: row.learntOn, letters: row.letters, classifier: row.classifier };
    },
    async save(units) {
      await learnt.updateOne({ _id: UNITS }, { $set: units }, { upsert: true });
    },
  };
}
