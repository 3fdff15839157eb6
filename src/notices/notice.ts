import type { Channel, LadderStep, Recipient } from '../domain/clocks/ladder.ts';

/** How a notice reaches somebody. The board is the desk itself: where what reached nobody otherwise is shown. */
export type Way = Channel | 'board';

/** `sent`: a gateway has it. `delivered`: it said so of the telephone or mailbox, or it was read on the board. */
export const NOTICE_STATES = ['queued', 'sent', 'delivered', 'failed', 'suppressed'] as const;
export type NoticeState = (typeof NOTICE_STATES)[number];

/** What is said; the words are in the locales under the same name. */
export type NoticeTemplate =
  | 'received'
  | 'asked'
  | 'refused'
  | 'answered'
  | 'published'
  | 'extended'
  | 'assigned'
  | 'returnAsked'
  | 'extensionAsked'
  | 'reopened'
  | 'joined'
  | 'separated'
  | 'noted'
  | 'requestDecided'
  | 'sentBack'
  | 'letterWithdrawn'
  | 'rate'
  | 'cardAppealed'
  | 'cardDecided'
  | 'orderIssued'
  | 'orderAnswered'
  | 'follow'
  | MailTemplate
  | LadderStep;

/** Said by mail only. */
export type MailTemplate = 'digest' | 'calendarMissing' | 'followDigest';

/** 通知: one row per cause, recipient and channel. It names people and matters, never an address or a text. */
export interface Notice {
  /** Unique: `matter/v1/redCard/p-12/sms` for a step of the ladder, `matter/7/answered/citizen/mail` for an event. */
  readonly key: string;
  /** Null: about no single matter, as a digest is. */
  readonly matterId: string | null;
  readonly number: string;
  readonly template: NoticeTemplate;
  readonly recipient: {
    readonly role: Recipient | 'follower' | 'administrator';
    readonly personId: string | null;
    readonly followerId?: string;
  };
  readonly channel: Way;
  /** For steps of the ladder: checked again when it is sent. */
  readonly step: LadderStep | null;
  /** Of the clock that the step belongs to: an extension since makes it moot. */
  readonly clockVersion: number | null;
  readonly state: NoticeState;
  /** The gateway's own id, by which its receipt is known. */
  readonly gatewayId: string | null;
  readonly attempts: number;
  /** Not before: quiet hours, or the next try. */
  readonly dueAt: Date;
  readonly plannedAt: Date;
  /** The event's place in the history: what is due together goes out in order. */
  readonly seq: number;
  readonly settledAt: Date | null;
  /** Why it failed or was not sent; no address, no text. */
  readonly remark: string;
}

/** What every new notice begins with. */
export const QUEUED = {
  step: null,
  clockVersion: null,
  state: 'queued',
  gatewayId: null,
  attempts: 0,
  seq: 0,
  settledAt: null,
  remark: '',
} as const satisfies Partial<Notice>;

/** The same notice by another way. */
export const byWay = (notice: Pick<Notice, 'key' | 'channel'>, way: Way): string =>
  `${notice.key.slice(0, -notice.channel.length)}${way}`;
