import type { GetTownTimes } from '../clocks/get-town-times.ts';
import type { WorkingCalendar } from '../domain/clocks/working-calendar.ts';
import { DomainError } from '../domain/domain-error.ts';
import { reachObstacle, type MessageWish } from '../domain/letters/reach.ts';
import type { Matter } from '../domain/matters/matter.ts';
import type { Clock } from '../platform/clock.ts';
import { channelsFor } from './message-wish.ts';
import type { MessageWishStore } from './message-wish-store.ts';
import { notBefore } from './not-before.ts';
import { byWay, type Notice } from './notice.ts';
import type { NoticeStore } from './notice-store.ts';

/** The writer wishes to hear otherwise, or not any more. What waits to be sent goes the new way. */
export function makeChangeMessageWish(deps: {
  wishes: Pick<MessageWishStore, 'put'>;
  notices: Pick<NoticeStore, 'add' | 'ofMatter'>;
  clock: Clock;
  getTownTimes: GetTownTimes;
}) {
  return async (matter: Matter, wish: MessageWish): Promise<void> => {
    const missing = reachObstacle(wish.by, matter.letter.writer);
    if (missing)
      throw new DomainError('INVALID_INPUT', { fields: [{ field: 'by', rule: `reach.${missing}` }] });
    const now = deps.clock.now();
    await deps.wishes.put(matter.id, wish, now);
    const waiting = (await deps.notices.ofMatter(matter.id)).filter(
      ({ recipient, state }) => recipient.role === 'citizen' && state === 'queued',
    );
    const { calendar } = await deps.getTownTimes();
    await deps.notices.add(waiting.flatMap((notice) => rerouted(notice, matter, wish, now, calendar)));
  };
}

export type ChangeMessageWish = ReturnType<typeof makeChangeMessageWish>;

/** The same notice by each channel that is wished for now; the one that is not is suppressed when its time comes. */
function rerouted(
  notice: Notice,
  matter: Matter,
  wish: MessageWish,
  now: Date,
  calendar: WorkingCalendar,
): Notice[] {
  const from = notice.dueAt > now ? notice.dueAt : now;
  return channelsFor(notice.template, matter, wish).map((channel) => ({
    ...notice,
    key: byWay(notice, channel),
    channel,
    attempts: 0,
    dueAt: notBefore(notice.recipient.personId, channel, from, calendar),
  }));
}
