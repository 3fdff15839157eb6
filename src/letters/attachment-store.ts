import type { AttachmentRef } from '../domain/letters/letter.ts';

export interface StoredAttachment extends AttachmentRef {
  readonly bytes: Buffer;
}

/** Uploaded files. Only the office and the handling unit ever get one back. */
export interface AttachmentStore {
  /** With `until` it is a draft's file, and is gone after that unless it was kept. */
  put(attachment: StoredAttachment, now: Date, until?: Date): Promise<void>;
  /** Without `until` they belong to a letter from now on. */
  keep(ids: readonly string[], until?: Date): Promise<void>;
  get(id: string): Promise<StoredAttachment | null>;
  remove(id: string): Promise<void>;
}
