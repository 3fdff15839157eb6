import type { AttachmentRef } from '../domain/letters/letter.ts';

export interface StoredAttachment extends AttachmentRef {
  readonly bytes: Buffer;
}

/** Uploaded files. Only the office and the handling unit ever get one back. */
export interface AttachmentStore {
  put(attachment: StoredAttachment, now: Date): Promise<void>;
  get(id: string): Promise<StoredAttachment | null>;
}
