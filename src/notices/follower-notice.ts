import type { Matter } from '../domain/matters/matter.ts';
import type { OutgoingMessage } from './channels/channel.ts';
import { QUEUED, type Notice, type NoticeTemplate } from './notice.ts';

/** The mail to a follower with its address; null when there is nothing to say any more. */
export type ComposeForFollower = (
  notice: Notice,
  matter: Matter,
) => Promise<Omit<OutgoingMessage, 'key'> | null>;

/** A mail to somebody who follows a matter. `cause` is told to each of them once. */
export const noticeToFollower = (
  followerId: string,
  matter: Pick<Matter, 'id' | 'number'>,
  { template, cause, at }: { template: NoticeTemplate; cause: string; at: Date },
): Notice => ({
  ...waiting(matter, at),
  key: `${matter.id}/${cause}/${followerId}/mail`,
  template,
  recipient: { role: 'follower', personId: null, followerId },
});

/**
 * The week's one mail to somebody who follows matters at that pace. The row names the matter that was first to give cause;
 * which others there are is found when it is sent.
 */
export const digestToFollower = (
  digestId: string,
  matter: Pick<Matter, 'id' | 'number'>,
  { week, at }: { week: string; at: Date },
  plannedAt: Date,
): Notice => ({
  ...waiting(matter, plannedAt),
  key: `followers/${week}/${digestId}/mail`,
  template: 'followDigest',
  recipient: { role: 'follower', personId: null, followerId: digestId },
  dueAt: at,
});

export const weekOfDigest = (key: string): string => key.split('/')[1] ?? '';

const waiting = (
  matter: Pick<Matter, 'id' | 'number'>,
  at: Date,
): Omit<Notice, 'key' | 'template' | 'recipient'> => ({
  matterId: matter.id,
  number: matter.number,
  channel: 'mail',
  ...QUEUED,
  dueAt: at,
  plannedAt: at,
});
