import { Schema, type Connection } from 'mongoose';
import type { SavedLetter, SavedLetterStore } from './saved-letter-store.ts';

type SavedRow = Omit<SavedLetter, 'draft'> & { _id: string };

const savedSchema = new Schema<SavedRow>(
  { _id: String, day: { type: String, required: true }, number: { type: String, required: true } },
  { collection: 'saved_letters', versionKey: false },
);
savedSchema.index({ day: 1 });

export function mongoSavedLetterStore(connection: Connection): SavedLetterStore {
  const saved = connection.model('SavedLetter', savedSchema);
  return {
    async add({ draft, day, number }) {
      await saved.updateOne({ _id: draft }, { $setOnInsert: { day, number } }, { upsert: true });
    },
    async remove(draft) {
      await saved.deleteOne({ _id: draft });
    },
    async between(from, to) {
      return saved.countDocuments({ day: { $gte: from, $lte: to } });
    },
  };
}
