import { Schema, type Connection } from 'mongoose';
import type { AttachmentStore } from './attachment-store.ts';

interface AttachmentRow {
  _id: string;
  name: string;
  type: string;
  size: number;
  bytes: Buffer;
  storedAt: Date;
  expiresAt: Date | null;
}

/** One document a file: files are bounded well below a document's 16 MB. */
const attachmentSchema = new Schema<AttachmentRow>(
  { _id: String, name: String, type: String, size: Number, bytes: Buffer, storedAt: Date, expiresAt: Date },
  { collection: 'attachments', versionKey: false },
);
// A letter's files have no such date and stay. By the database's own clock, as with drafts.
attachmentSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

/** An hour longer than the draft, so that none is gone while the draft is being sent. */
const DRAFT_MS = 25 * 60 * 60 * 1000;

const endOf = (of: 'letter' | 'draft'): Date | null =>
  of === 'letter' ? null : new Date(Date.now() + DRAFT_MS);

export function mongoAttachmentStore(connection: Connection): AttachmentStore {
  const attachments = connection.model('Attachment', attachmentSchema);
  return {
    async put({ id, ...file }, now, of = 'letter') {
      await attachments.create({ _id: id, ...file, storedAt: now, expiresAt: endOf(of) });
    },
    async keep(ids, of) {
      if (ids.length === 0) return;
      await attachments.updateMany({ _id: { $in: [...ids] } }, { $set: { expiresAt: endOf(of) } });
    },
    async get(id) {
      const found = await attachments.findById(id);
      return (
        found && { id, name: found.name, type: found.type, size: found.size, bytes: Buffer.from(found.bytes) }
      );
    },
    async remove(id) {
      await attachments.deleteOne({ _id: id });
    },
  };
}
