import type { Channel } from '../domain/clocks/ladder.ts';
import { CLOSED_TO_REPLY_STEPS } from '../domain/matters/lifecycle.ts';
import type { Matter } from '../domain/matters/matter.ts';
import type { DirectoryStore } from '../directory/directory-store.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import { othersInSet } from '../matters/others-in-set.ts';
import type { Log } from '../platform/log.ts';
import type { MessageChannel, OutgoingMessage } from './channels/channel.ts';
import type { Compose } from './compose-message.ts';
import type { ComposeForFollower } from './follower-notice.ts';
import type { Notice } from './notice.ts';
import type { NoticeOutcome, NoticeStore } from './notice-store.ts';

const HOLD_MS = 60_000;
const RETRY_MINUTES = [1, 5, 30, 120] as const;

/** Empties the outbox as far as it is due. Returns how many notices were settled. At least once: see the README. */
export function makeDeliverNotices(deps: {
  notices: NoticeStore;
  matters: Pick<MatterStore, 'byId' | 'joinedTo'>;
  directory: Pick<DirectoryStore, 'person'>;
  channels: Readonly<Record<Channel, MessageChannel>>;
  compose: Compose;
  composeForFollower: ComposeForFollower;
  log: Log;
}) {
  return async (now: Date): Promise<number> => {
    for (let settled = 0; ; settled += 1) {
      const notice = await deps.notices.claim(now, HOLD_MS);
      if (!notice) return settled;
      await deps.notices.settle(notice.key, await deliver(deps, notice, now));
    }
  };
}

async function deliver(
  deps: Parameters<typeof makeDeliverNotices>[0],
  notice: Notice,
  now: Date,
): Promise<NoticeOutcome> {
  const matter = await deps.matters.byId(notice.matterId);
  if (!matter || isMoot(notice, matter)) return { state: 'suppressed', at: now, remark: 'moot' };
  if (notice.recipient.role === 'follower') {
    const mail = await deps.composeForFollower(notice, matter);
    return mail
      ? send(deps, notice, now, async () => mail)
      : { state: 'suppressed', at: now, remark: 'moot' };
  }
  const person = notice.recipient.personId ? await deps.directory.person(notice.recipient.personId) : null;
  const to = notice.recipient.personId ? person : matter.letter.writer;
  const address = notice.channel === 'mail' ? to?.mail : to?.phone;
  if (!address) return { state: 'suppressed', at: now, remark: 'no address' };
  const others = await othersInSet(deps.matters, matter);
  return send(deps, notice, now, async () => ({
    to: address,
    ...(await deps.compose(notice, matter, person, others)),
  }));
}

async function send(
  deps: Parameters<typeof makeDeliverNotices>[0],
  notice: Notice,
  now: Date,
  compose: () => Promise<Omit<OutgoingMessage, 'key'>>,
): Promise<NoticeOutcome> {
  try {
    const message = { ...(await compose()), key: notice.key };
    const { id } = await deps.channels[notice.channel].send(message);
    return { state: 'sent', at: now, remark: id };
  } catch (error) {
    const wait = RETRY_MINUTES[notice.attempts - 1];
    const remark = error instanceof Error ? error.name : 'failed';
    deps.log.warn({ notice: notice.key, attempts: notice.attempts, reason: remark }, 'notice.not-taken');
    if (wait === undefined) return { state: 'failed', at: now, remark };
    return { state: 'queued', at: now, nextTryAt: new Date(now.getTime() + wait * 60_000), remark };
  }
}

/** Asked again at the last moment: a step of the ladder says nothing once the matter is answered, paused or joined. */
function isMoot(notice: Notice, matter: Matter): boolean {
  if (notice.step === null) return false;
  if (notice.step === 'sortOverdue') return !['received', 'sorting'].includes(matter.state);
  if (notice.step === 'signOverdue') return matter.state !== 'assigned';
  return CLOSED_TO_REPLY_STEPS.includes(matter.state);
}
