import type { Channel } from '../clocks/ladder.ts';
import type { Letter, ReachBy, Writer } from './letter.ts';

/** How the writer of a letter hears of it, and of what. */
export interface MessageWish {
  readonly by: ReachBy;
  /** `essentials`: what the writer has to answer or cannot do without; how things go in between is left out. */
  readonly about: 'everything' | 'essentials';
}

/** What the writer said last: after the letter was sent, or in it. Mail where nothing was said, since an answer fits in it. */
export function wishOf(
  { reachBy, writer }: Pick<Letter, 'reachBy' | 'writer'>,
  later: MessageWish | null,
): MessageWish {
  if (later) return later;
  const usual = writer.mail ? 'mail' : writer.phone ? 'sms' : 'none';
  return { by: reachBy ?? usual, about: 'everything' };
}

export const channelsOf = (by: ReachBy): readonly Channel[] =>
  by === 'both' ? ['mail', 'sms'] : by === 'none' ? [] : [by];

/** A telephone on the wall: an area code, or too few digits for a mobile one. */
const isLandline = (phone: string): boolean => /^(0[1-9]\d*|\d{6,8})$/.test(phone.replaceAll(/[() -]/g, ''));

/** What a way of hearing lacks; null: nothing. */
export type ReachObstacle = 'mail' | 'phone' | 'landline';

export function reachObstacle(
  by: ReachBy,
  { mail, phone }: Pick<Writer, 'mail' | 'phone'>,
): ReachObstacle | null {
  const channels = channelsOf(by);
  if (channels.includes('mail') && !mail) return 'mail';
  if (!channels.includes('sms')) return null;
  if (!phone) return 'phone';
  return isLandline(phone) ? 'landline' : null;
}
