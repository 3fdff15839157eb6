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
  key: `${matter.id}/${cause}/${followerId}/mail`,
  matterId: matter.id,
  number: matter.number,
  template,
  recipient: { role: 'follower', personId: null, followerId },
  channel: 'mail',
  ...QUEUED,
  dueAt: at,
  plannedAt: at,
});
