import { UNIT_STATES, WAITING_STATES } from '../domain/matters/lifecycle.ts';
import type { MessageWish } from '../domain/letters/reach.ts';
import { mayRate } from '../domain/matters/citizen-acts.ts';
import type { Matter } from '../domain/matters/matter.ts';
import { CITIZEN } from '../domain/permissions/permissions.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import { othersInSet } from '../matters/others-in-set.ts';
import { channelsFor } from './message-wish.ts';
import type { MessageWishStore } from './message-wish-store.ts';
import type { Notice } from './notice.ts';

/** Why a message to the writer is not sent after all. */
export type Unwanted = 'moot' | 'unsubscribed';

type Asked = Pick<Notice, 'template' | 'recipient' | 'channel' | 'plannedAt'>;

/** Asked at the last moment: what the writer said meanwhile, and what happened to the matter. Null: it is to be sent. */
export function whyUnwanted(
  { template, recipient, channel, plannedAt }: Asked,
  matter: Matter,
  others: readonly Matter[],
  later: MessageWish | null,
): Unwanted | null {
  if (recipient.role !== 'citizen') return null;
  // Only what was said after the letter forbids a channel: a mail may stand in for an SMS that failed.
  if (later && !channelsFor(template, matter, later).some((each) => each === channel)) return 'unsubscribed';
  if (template === 'asked' && !WAITING_STATES.includes(matter.state)) return 'moot';
  if (template === 'assigned' && !UNIT_STATES.includes(matter.state)) return 'moot';
  if (template === 'rate' && !isInvited(matter, others, plannedAt)) return 'moot';
  return null;
}

/** The answer the invitation is about is still the last one, and its reader has not judged it. */
function isInvited(matter: Matter, others: readonly Matter[], plannedAt: Date): boolean {
  const answered = matter.history.findLast(({ what }) => what === 'approve' || what === 'shareAnswer');
  return answered?.at.getTime() === plannedAt.getTime() && mayRate(matter, others, CITIZEN);
}

export function makeStillWanted(deps: {
  wishes: Pick<MessageWishStore, 'of'>;
  matters: Pick<MatterStore, 'byId' | 'joinedTo'>;
}) {
  return async (notice: Notice, matter: Matter): Promise<Unwanted | null> => {
    if (notice.recipient.role !== 'citizen') return null;
    const others = notice.template === 'rate' ? await othersInSet(deps.matters, matter) : [];
    return whyUnwanted(notice, matter, others, await deps.wishes.of(matter.id));
  };
}

export type StillWanted = ReturnType<typeof makeStillWanted>;
