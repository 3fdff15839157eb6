import type { AttachmentRef } from '../domain/letters/letter.ts';

export interface StoredAttachment extends AttachmentRef {
  readonly bytes: Buffer;
}

/** Uploaded files. Only the office and the handling unit ever get one back. */
export interface AttachmentStore {
  /** A draft's file is gone after a day unless it was kept for longer. */
  put(attachment: StoredAttachment, now: Date, of?: 'letter' | 'draft'): Promise<void>;
  /** For good with a letter, for another day with a draft. */
  keep(ids: readonly string[], of: 'letter' | 'draft'): Promise<void>;
  get(id: string): Promise<StoredAttachment | null>;
  remove(id: string): Promise<void>;
}
