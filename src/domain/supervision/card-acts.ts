import { dayOf, instantOf, type Day } from '../clocks/zoned-day.ts';
import { DomainError } from '../domain-error.ts';
import type { TownTime } from '../clocks/matter-clock.ts';
import type { Actor } from '../permissions/permissions.ts';
import type { Card, CardChange, Deadline } from './card.ts';
import { moveCard } from './card-lifecycle.ts';
import { deadline } from './deadline.ts';

/** What becomes of a document after it was issued. */

/** 说明: the unit's side of it, by its handler or head; as often as there is something to say. */
export const explain = (card: Card, text: string, actor: Actor, now: Date): CardChange =>
  moveCard(card, 'explain', actor, now, { text, nextBy: card.nextBy });

/** Still within the days for an appeal. */
export const isAppealInTime = ({ nextBy }: Pick<Card, 'nextBy'>, now: Date): boolean =>
  nextBy !== null && now <= nextBy.at;

/** 申诉: by the head, with grounds, within the days for it. */
export function appeal(card: Card, text: string, actor: Actor, now: Date, time: TownTime): CardChange {
  const change = moveCard(card, 'appeal', actor, now, {
    text,
    nextBy: deadline(time.policy.decideAppeal, now, time),
  });
  if (!isAppealInTime(card, now)) throw new DomainError('APPEAL_TOO_LATE');
  return change;
}

/** 维持 */
export const uphold = (card: Card, text: string, actor: Actor, now: Date): CardChange =>
  moveCard(card, 'uphold', actor, now, { text, nextBy: null });

/** 撤销: it no longer counts, and stays readable with the reason. */
export const withdraw = (card: Card, text: string, actor: Actor, now: Date): CardChange =>
  moveCard(card, 'withdraw', actor, now, { text, nextBy: null });

/** The unit's written answer to an order. A late one is better than none. */
export const answerOrder = (card: Card, text: string, actor: Actor, now: Date): CardChange =>
  moveCard(card, 'answer', actor, now, { text, nextBy: null });

/** The answer does not do: the unit answers anew by another day. */
export const sendOrderBack = (
  card: Card,
  { text, answerBy }: { readonly text: string; readonly answerBy: Day },
  actor: Actor,
  now: Date,
  time: TownTime,
): CardChange => moveCard(card, 'sendBack', actor, now, { text, nextBy: namedDay(answerBy, now, time) });

export const closeOrder = (card: Card, text: string, actor: Actor, now: Date): CardChange =>
  moveCard(card, 'close', actor, now, { text, nextBy: null });

/** A day that a supervisor names: after today. */
export function namedDay(day: Day, now: Date, { calendar, policy }: TownTime): Deadline {
  const today = dayOf(now, calendar.zone);
  if (day <= today) {
    throw new DomainError('INVALID_INPUT', { fields: [{ field: 'answerBy', rule: 'day.past' }] });
  }
  return { on: day, at: instantOf(day, policy.closesAt, calendar.zone) };
}
