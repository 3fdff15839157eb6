import type { Language } from '../domain/bilingual.ts';
import type { AttachmentRef, ShownAnswers } from '../domain/letters/letter.ts';

/** The answers a citizen gave so far; kept a day, found by the hash of a key only the browser has. */
export interface Draft {
  readonly answers: Readonly<Partial<Record<DraftField, string>>>;
  readonly attachments: readonly AttachmentRef[];
  readonly language: Language;
  /** Null: nothing like it is public, or it was not looked for. */
  readonly shown: ShownAnswers | null;
}

export type DraftField =
  | 'mailbox'
  | 'kind'
  | 'title'
  | 'body'
  | 'place'
  | 'name'
  | 'phone'
  | 'mail'
  | 'address'
  | 'reachBy'
  | 'wish';

export interface DraftStore {
  find(keyHash: string): Promise<Draft | null>;
  save(keyHash: string, draft: Draft, now: Date): Promise<void>;
  remove(keyHash: string): Promise<void>;
}
