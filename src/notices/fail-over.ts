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
 */
export function makeFailOver({ notices }: { notices: Pick<NoticeStore, 'add' | 'byKeys'> }): FailOver {
  return async (notice, { state, at, remark }) => {
    if (state === 'queued' || remark === 'moot' || notice.recipient.role === 'follower') return;
    const others = await notices.byKeys(
      WAYS.flatMap((way) => (way === notice.channel ? [] : [byWay(notice, way)])),
    );
    if (others.some((other) => ON_ITS_WAY.includes(other.state))) return;
    const next = WAYS.slice(WAYS.indexOf(notice.channel) + 1).find(
      (way) => !others.some(({ channel }) => channel === way),
    );
    if (!next || (next === 'board' && notice.recipient.personId === null)) return;
    await notices.add([
      {
        ...notice,
        ...QUEUED,
        step: notice.step,
        clockVersion: notice.clockVersion,
        seq: notice.seq,
        key: byWay(notice, next),
        channel: next,
        // Nobody carries it to the desk: there it is.
        state: next === 'board' ? 'sent' : 'queued',
        dueAt: at,
        remark: notice.channel,
      },
    ]);
  };
}
