import type { Day } from '../domain/clocks/zoned-day.ts';
import { DomainError } from '../domain/domain-error.ts';
import type { Actor } from '../domain/permissions/permissions.ts';
import type { Card, CardAction, CardChange } from '../domain/supervision/card.ts';
import {
  answerOrder,
  appeal,
  closeOrder,
  explain,
  sendOrderBack,
  uphold,
  withdraw,
} from '../domain/supervision/card-acts.ts';
import { parseCardAddress } from '../domain/supervision/card-number.ts';
import { mayReadCard } from '../domain/supervision/card-readers.ts';
import type { GetTownTimes } from '../clocks/get-town-times.ts';
import type { TownTime } from '../domain/clocks/matter-clock.ts';
import { dayOf } from '../domain/clocks/zoned-day.ts';
import { withdrawCard } from '../domain/matters/withdraw-card.ts';
import type { ChangeMatter } from '../matters/change-matter.ts';
import type { Clock } from '../platform/clock.ts';
import type { CardStore } from './card-store.ts';
import type { TellOfCards } from './tell-of-cards.ts';

/** What the form of an action carries. */
export interface CardInput {
  readonly text: string;
  /** Where the supervisor names a day. */
  readonly answerBy: Day;
}

export interface CardCommand extends CardInput {
  readonly action: CardAction;
  /** The version on the page the decision was made from. */
  readonly seenVersion: number;
}

type CardAct = (card: Card, input: CardInput, actor: Actor, now: Date, time: TownTime) => CardChange;

/** From form to domain: one row for each action of the table. */
const CARD_ACTS: Readonly<Record<CardAction, CardAct>> = {
  explain: (card, { text }, actor, now) => explain(card, text, actor, now),
  appeal: (card, { text }, actor, now, time) => appeal(card, text, actor, now, time),
  uphold: (card, { text }, actor, now) => uphold(card, text, actor, now),
  withdraw: (card, { text }, actor, now) => withdraw(card, text, actor, now),
  answer: (card, { text }, actor, now) => answerOrder(card, text, actor, now),
  sendBack: (card, input, actor, now, time) => sendOrderBack(card, input, actor, now, time),
  close: (card, { text }, actor, now) => closeOrder(card, text, actor, now),
};

/** @throws DomainError NOT_FOUND, the same for what is not there and what this person may not know of. */
export function makeFindCard({ cards }: { cards: Pick<CardStore, 'byNumber'> }) {
  return async (address: string, actor: Actor): Promise<Card> => {
    const named = parseCardAddress(address);
    const card = named && (await cards.byNumber(named.kind, named.number));
    if (!card || !mayReadCard(actor, card)) throw new DomainError('NOT_FOUND');
    return card;
  };
}

/** Load, decide, write over the version that was read. */
export function makePerformCardAction(deps: {
  cards: Pick<CardStore, 'byNumber' | 'save'>;
  changeMatter: ChangeMatter;
  tellOfCards: TellOfCards;
  getTownTimes: GetTownTimes;
  clock: Clock;
}) {
  const findCard = makeFindCard(deps);
  return async (address: string, command: CardCommand, actor: Actor): Promise<Card> => {
    const before = await findCard(address, actor);
    if (before.version !== command.seenVersion) throw new DomainError('STALE');
    const act = CARD_ACTS[command.action];
    const now = deps.clock.now();
    const { calendar, policyOn } = await deps.getTownTimes();
    const time = { calendar, policy: policyOn(dayOf(now, calendar.zone)) };
    const change = act(before, command, actor, now, time);
    await deps.cards.save(change);
    if (change.event.what === 'withdraw' && before.clockVersion !== null) {
      const { kind: step, clockVersion } = before;
      await deps.changeMatter(before.matterId, (matter, then) =>
        withdrawCard(matter, { step, clockVersion }, actor, then),
      );
    }
    await deps.tellOfCards(change.card, change.event);
    return change.card;
  };
}

export type PerformCardAction = ReturnType<typeof makePerformCardAction>;
