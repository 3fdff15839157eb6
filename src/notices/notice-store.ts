import type { Notice } from './notice.ts';

/** The ledger of everything that is to be said, and the outbox it is sent from. */
export interface NoticeStore {
  /** Adds those whose key is new; a notice planned twice stays one. */
  add(notices: readonly Notice[]): Promise<void>;
  /** Takes the next queued notice for `holdMs`; another process takes it over when this one dies. */
  claim(now: Date, holdMs: number): Promise<Notice | null>;
  settle(key: string, outcome: NoticeOutcome): Promise<void>;
  ofMatter(matterId: string): Promise<Notice[]>;
  countByState(): Promise<ReadonlyMap<Notice['state'], number>>;
}

export interface NoticeOutcome {
  readonly state: Notice['state'];
  readonly at: Date;
  /** When a failed one is tried again. */
  readonly nextTryAt?: Date;
  /** The gateway's own word for the message, or why it failed; no address, no text. */
  readonly remark: string;
}
