import { Schema, type Connection } from 'mongoose';
import type { Draft, DraftStore } from './draft-store.ts';

const KEPT_SECONDS = 24 * 60 * 60;

type DraftRow = Draft & { _id: string; savedAt: Date };

const draftSchema = new Schema<DraftRow>(
  {
    _id: String,
    answers: Schema.Types.Mixed,
    attachments: Schema.Types.Mixed,
    language: String,
    savedAt: { type: Date, required: true },
  },
  { collection: 'drafts', versionKey: false, minimize: false },
);
draftSchema.index({ savedAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });

export function mongoDraftStore(connection: Connection): DraftStore {
  const drafts = connection.model('Draft', draftSchema);
  return {
    async find(keyHash) {
      const row = await drafts.findById(keyHash).lean<DraftRow>();
      return row && { answers: row.answers, attachments: row.attachments, language: row.language };
    },
    async save(keyHash, draft, now) {
      await drafts.updateOne({ _id: keyHash }, { $set: { ...draft, savedAt: now } }, { upsert: true });
    },
    async remove(keyHash) {
      await drafts.deleteOne({ _id: keyHash });
    },
  };
}
