import type { Channel, LadderStep, Recipient } from '../domain/clocks/ladder.ts';

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
  | 'rate'
  | 'follow'
  | 'followDigest'
  | LadderStep;

/** 通知: one row per cause, recipient and channel. It names people and matters, never an address or a text. */
export interface Notice {
  /** Unique: `matter/v1/redCard/p-12/sms` for a step of the ladder, `matter/7/answered/citizen/mail` for an event. */
  readonly key: string;
  readonly matterId: string;
  readonly number: string;
  readonly template: NoticeTemplate;
  readonly recipient: {
    readonly role: Recipient | 'follower';
    readonly personId: string | null;
    readonly followerId?: string;
  };
  readonly channel: Channel;
  /** For steps of the ladder: checked again when it is sent. */
  readonly step: LadderStep | null;
  readonly state: 'queued' | 'sent' | 'failed' | 'suppressed';
  readonly attempts: number;
  /** Not before: quiet hours, or the next try. */
  readonly dueAt: Date;
  readonly plannedAt: Date;
  readonly settledAt: Date | null;
  readonly remark: string;
}
