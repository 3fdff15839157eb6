import { byWay, QUEUED, type Notice, type Way } from './notice.ts';
import type { NoticeOutcome, NoticeStore } from './notice-store.ts';

export type FailOver = (
  notice: Notice,
  outcome: Pick<NoticeOutcome, 'state' | 'at' | 'remark'>,
) => Promise<void>;

const WAYS: readonly Way[] = ['sms', 'mail', 'board'];
const ON_ITS_WAY = ['queued', 'sent', 'delivered'];

/**
 * When one way has failed for good, the next: SMS, then mail, then the desk of the member of staff. Nothing happens while
 * the same notice is on its way, or came through, by another one. Citizens and followers have no desk.
 *
 * It comes after the failure is written down: of two ways that fail at the same time, the later one sees the other. What
 * a crash left between the two is found by `notPassedOn`.
 */
export function makeFailOver({
  notices,
}: {
  notices: Pick<NoticeStore, 'add' | 'byKeys' | 'markPassedOn'>;
}): FailOver {
  return async (notice, { state, at, remark }) => {
    if (state === 'queued') return;
    const next = remark === 'moot' ? null : await nextWay(notices, notice);
    if (next) await notices.add([sentBy(next, notice, at)]);
    await notices.markPassedOn(notice.key);
  };
}

async function nextWay(notices: Pick<NoticeStore, 'byKeys'>, notice: Notice): Promise<Way | null> {
  if (notice.recipient.role === 'follower') return null;
  const others = await notices.byKeys(
    WAYS.flatMap((way) => (way === notice.channel ? [] : [byWay(notice, way)])),
  );
  if (others.some((other) => ON_ITS_WAY.includes(other.state))) return null;
  const next = WAYS.slice(WAYS.indexOf(notice.channel) + 1).find(
    (way) => !others.some(({ channel }) => channel === way),
  );
  return next === 'board' && !hasDesk(notice) ? null : (next ?? null);
}

/** A digest lists what lies on the desk anyway, and administrators have none. */
const hasDesk = ({ matterId, recipient }: Notice): boolean =>
  matterId !== null && recipient.personId !== null;

const sentBy = (way: Way, notice: Notice, at: Date): Notice => ({
  ...notice,
  ...QUEUED,
  step: notice.step,
  clockVersion: notice.clockVersion,
  seq: notice.seq,
  key: byWay(notice, way),
  channel: way,
  // Nobody carries it to the desk: there it is.
  state: way === 'board' ? 'sent' : 'queued',
  dueAt: at,
  remark: notice.channel,
});
