import type { Channel } from '../domain/clocks/ladder.ts';
import type { Log } from '../platform/log.ts';
import { GatewayFault, MessageRefused, NoGateway, type MessageChannel } from './channels/channel.ts';
import type { FailOver } from './fail-over.ts';
import type { RestsUntil } from './not-before.ts';
import type { Notice } from './notice.ts';
import type { NoticeOutcome, NoticeStore } from './notice-store.ts';
import type { PrepareNotice } from './prepare-notice.ts';

/** Longer than any gateway is waited for. */
const HOLD_MS = 60_000;

const THREE_DAYS_OF_TWO_HOURS = Array.from({ length: 36 }, () => 120);

/**
 * Minutes until the next try, one after the other; then it has failed. A mail server may be down for a weekend, and what
 * waits for it goes out within two hours once it is mended.
 */
const RETRY_MINUTES: Readonly<Record<Channel, readonly number[]>> = {
  sms: [1, 5, 30, 120],
  mail: [1, 5, 30, ...THREE_DAYS_OF_TWO_HOURS],
};

/** A gateway that failed so often in a row is left in peace until the next sweep. */
const FAILURES_IN_A_ROW = 3;

interface Deps {
  readonly notices: NoticeStore;
  readonly channels: Readonly<Record<Channel, MessageChannel>>;
  readonly prepareNotice: PrepareNotice;
  readonly restsUntil: RestsUntil;
  readonly failOver: FailOver;
  /** Milliseconds, by a clock that only runs forward: a sweep may take long, and the moment moves on meanwhile. */
  readonly elapsed: () => number;
  readonly log: Log;
}

/**
 * Empties the outbox of one channel as far as it is due; how many notices were settled. One at a time: a process that
 * dies has at most one message whose sending is not written down, and that one is sent again (at least once).
 */
export function makeDeliverNotices(deps: Deps) {
  const { notices, elapsed } = deps;
  return async (channel: Channel, startedAt: Date): Promise<number> => {
    const began = elapsed();
    let settled = 0;
    let failures = 0;
    const passOn = (notice: Notice, { state, remark }: Pick<NoticeOutcome, 'state' | 'remark'>) =>
      deps.failOver(notice, { state, remark, at: startedAt });
    // What a process that died had written down as failed, but not passed on.
    for (const left of await notices.notPassedOn(channel)) await passOn(left, left);
    while (failures < FAILURES_IN_A_ROW) {
      const now = new Date(startedAt.getTime() + Math.round(elapsed() - began));
      const notice = await notices.claim(channel, now, HOLD_MS);
      if (!notice) break;
      const later = await notYet(deps, notice, now);
      if (later) {
        await notices.postpone(notice.key, later);
        continue;
      }
      const { outcome, isFault } = await deliver(deps, notice, channel, now);
      const stands = await notices.settle(notice.key, outcome);
      if (stands && outcome.state !== 'sent') await passOn(notice, outcome);
      failures = isFault ? failures + 1 : 0;
      settled += 1;
    }
    return settled;
  };
}

/** Nobody is disturbed at night, and nobody hears of the red card before the yellow one that did not get through. */
async function notYet({ notices, restsUntil }: Deps, notice: Notice, now: Date): Promise<Date | null> {
  const rested = await restsUntil(notice, now);
  return rested ?? (await notices.waitingBefore(notice))?.dueAt ?? null;
}

interface Delivered {
  readonly outcome: NoticeOutcome;
  /** It may be the gateway, and not this notice. */
  readonly isFault: boolean;
}

async function deliver(deps: Deps, notice: Notice, channel: Channel, now: Date): Promise<Delivered> {
  const settledAs = (outcome: Omit<NoticeOutcome, 'at'>, isFault = false): Delivered => ({
    outcome: { ...outcome, at: now },
    isFault,
  });
  const waits = RETRY_MINUTES[channel];
  // More tries than there are: each time, the process ended before it could say how it went.
  if (notice.attempts > waits.length + 1) return settledAs({ state: 'failed', remark: 'never settled' });
  try {
    const prepared = await deps.prepareNotice(notice, now);
    if ('unsent' in prepared) return settledAs({ state: 'suppressed', remark: prepared.unsent });
    const { id } = await deps.channels[channel].send({ ...prepared, key: notice.key });
    return settledAs({ state: 'sent', gatewayId: id, remark: '' });
  } catch (error) {
    if (error instanceof NoGateway) return settledAs({ state: 'suppressed', remark: error.message });
    const remark = reasonOf(error);
    deps.log.warn({ notice: notice.key, attempts: notice.attempts, reason: remark }, 'notice.not-taken');
    if (error instanceof MessageRefused) return settledAs({ state: 'failed', remark });
    const wait = waits[notice.attempts - 1];
    if (wait === undefined) return settledAs({ state: 'failed', remark }, true);
    const nextTryAt = new Date(now.getTime() + wait * 60_000);
    return settledAs({ state: 'queued', nextTryAt, remark }, true);
  }
}

/** What went wrong, in no words that could hold an address: a gateway's code, or the kind of error. */
function reasonOf(error: unknown): string {
  if (error instanceof MessageRefused || error instanceof GatewayFault) return error.message;
  return error instanceof Error ? error.name : 'failed';
}
