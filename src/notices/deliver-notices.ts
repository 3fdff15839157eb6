import type { Channel } from '../domain/clocks/ladder.ts';
import type { Log } from '../platform/log.ts';
import { MessageRefused, NoGateway, type MessageChannel } from './channels/channel.ts';
import type { FailOver } from './fail-over.ts';
import type { Notice } from './notice.ts';
import type { NoticeOutcome, NoticeStore } from './notice-store.ts';
import type { PrepareNotice } from './prepare-notice.ts';

/** From the sweep's beginning, for that is what a claim is reckoned from: a sweep and its last send end well within it. */
const HOLD_MS = 120_000;
const SWEEP_MS = 60_000;

/** Minutes until the next try, one after the other; then it has failed. A mail server may be down for a weekend. */
const RETRY_MINUTES: Readonly<Record<Channel, readonly number[]>> = {
  sms: [1, 5, 30, 120],
  mail: [1, 5, 30, 120, 360, 720, 1440, 1440],
};

/** A gateway that failed so often in a row is left in peace until the next sweep. */
const FAILURES_IN_A_ROW = 3;

/**
 * Empties the outbox of one channel as far as it is due; how many notices were settled. One at a time: a process that
 * dies has at most one message whose sending is not written down, and that one is sent again (at least once).
 */
export function makeDeliverNotices(deps: {
  notices: NoticeStore;
  channels: Readonly<Record<Channel, MessageChannel>>;
  prepareNotice: PrepareNotice;
  failOver: FailOver;
  /** A clock of milliseconds that only runs forward. */
  elapsed: () => number;
  log: Log;
}) {
  return async (channel: Channel, now: Date): Promise<number> => {
    const until = deps.elapsed() + SWEEP_MS;
    let failures = 0;
    for (let settled = 0; ; settled += 1) {
      const goesOn = failures < FAILURES_IN_A_ROW && deps.elapsed() < until;
      const notice = goesOn ? await deps.notices.claim(channel, now, HOLD_MS) : null;
      if (!notice) return settled;
      const outcome = await deliver(deps, notice, channel, now);
      await deps.notices.settle(notice.key, outcome);
      if (outcome.state !== 'sent') await deps.failOver(notice, outcome);
      failures = outcome.nextTryAt ? failures + 1 : 0;
    }
  };
}

async function deliver(
  deps: Parameters<typeof makeDeliverNotices>[0],
  notice: Notice,
  channel: Channel,
  now: Date,
): Promise<NoticeOutcome> {
  try {
    const prepared = await deps.prepareNotice(notice, now);
    if ('unsent' in prepared) return { state: 'suppressed', at: now, remark: prepared.unsent };
    const { id } = await deps.channels[channel].send({ ...prepared, key: notice.key });
    return { state: 'sent', at: now, gatewayId: id, remark: '' };
  } catch (error) {
    if (error instanceof NoGateway) return { state: 'suppressed', at: now, remark: error.message };
    const remark = reasonOf(error);
    const wait = error instanceof MessageRefused ? undefined : RETRY_MINUTES[channel][notice.attempts - 1];
    deps.log.warn({ notice: notice.key, attempts: notice.attempts, reason: remark }, 'notice.not-taken');
    if (wait === undefined) return { state: 'failed', at: now, remark };
    return { state: 'queued', at: now, nextTryAt: new Date(now.getTime() + wait * 60_000), remark };
  }
}

/** What went wrong, in no words that could hold an address: a refusal's code, or the kind of error. */
function reasonOf(error: unknown): string {
  if (error instanceof MessageRefused) return error.message;
  return error instanceof Error ? error.name : 'failed';
}
