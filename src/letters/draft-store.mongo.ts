import { Schema, type Connection } from 'mongoose';
import type { Draft, DraftStore } from './draft-store.ts';

const KEPT_MS = 24 * 60 * 60 * 1000;

type DraftRow = Omit<Draft, 'shown'> & {
  _id: string;
  /** Absent in drafts of before. */
  shown?: Draft['shown'];
  savedAt: Date;
  removeAt: Date;
};

const draftSchema = new Schema<DraftRow>(
  {
    _id: String,
    answers: Schema.Types.Mixed,
    attachments: Schema.Types.Mixed,
    language: String,
    shown: Schema.Types.Mixed,
    savedAt: { type: Date, required: true },
    removeAt: { type: Date, required: true },
  },
  { collection: 'drafts', versionKey: false, minimize: false },
);
// By the database's own clock: a town whose clock is moved by hand keeps its drafts all the same.
draftSchema.index({ removeAt: 1 }, { expireAfterSeconds: 0 });

export function mongoDraftStore(connection: Connection): DraftStore {
  const drafts = connection.model('Draft', draftSchema);
  return {
    async find(keyHash) {
      const row = await drafts.findById(keyHash).lean<DraftRow>();
      if (!row) return null;
      const { answers, attachments, language, shown = null } = row;
      return { answers, attachments, language, shown };
    },
    async save(keyHash, draft, now) {
      const removeAt = new Date(Date.now() + KEPT_MS);
      await drafts.updateOne(
        { _id: keyHash },
        { $set: { ...draft, savedAt: now, removeAt } },
        { upsert: true },
      );
    },
    async remove(keyHash) {
      await drafts.deleteOne({ _id: keyHash });
    },
  };
}
