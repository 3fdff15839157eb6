import type { Channel } from '../domain/clocks/ladder.ts';
import type { Notice, NoticeState } from './notice.ts';

/** The ledger of everything that is to be said, and the outbox it is sent from. */
export interface NoticeStore {
  /** Adds those whose key is new; a notice planned twice stays one. */
  add(notices: readonly Notice[]): Promise<void>;
  /** Takes the next notice of a channel for `holdMs`, those due together in order; another process takes it over when this one dies. */
  claim(channel: Channel, now: Date, holdMs: number): Promise<Notice | null>;
  /** Puts a claimed one back: it is not its time, and this was no try. */
  postpone(key: string, until: Date): Promise<void>;
  /** False: a receipt, or another process, has settled it meanwhile; that stands. */
  settle(key: string, outcome: NoticeOutcome): Promise<boolean>;
  /** The earliest that the same person was to hear before, of the same matter, and that waits to be tried again. */
  waitingBefore(notice: Notice): Promise<Notice | null>;
  /** Settled as not sent, by one channel; nobody has written down yet what follows from that. */
  notPassedOn(channel: Channel): Promise<Notice[]>;
  markPassedOn(key: string): Promise<void>;
  /** By our key or the gateway's id: a sent one is settled. Null: not known, or settled before. */
  confirm(receipt: NoticeReceipt): Promise<Notice | null>;
  byKeys(keys: readonly string[]): Promise<Notice[]>;
  ofMatter(matterId: string): Promise<Notice[]>;
  /** What waits on somebody's desk to be read, latest first. */
  onBoardOf(personId: string): Promise<Notice[]>;
  /** Somebody read it there. */
  readOnBoard(key: string, personId: string, at: Date): Promise<void>;
  countByState(): Promise<ReadonlyMap<NoticeState, number>>;
}

export interface NoticeOutcome {
  readonly state: NoticeState;
  readonly at: Date;
  /** When a failed one is tried again. */
  readonly nextTryAt?: Date;
  readonly gatewayId?: string;
  /** Why it failed or was not sent; no address, no text. */
  readonly remark: string;
}

export interface NoticeReceipt {
  readonly key: string | null;
  readonly gatewayId: string | null;
  readonly state: 'delivered' | 'failed';
  readonly at: Date;
  readonly remark: string;
}
