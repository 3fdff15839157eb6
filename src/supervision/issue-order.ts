import { DomainError } from '../domain/domain-error.ts';
import type { Matter } from '../domain/matters/matter.ts';
import type { Actor } from '../domain/permissions/permissions.ts';
import type { Card } from '../domain/supervision/card.ts';
import { issueYear, mayOrder, orderByHand, type HandOrder } from '../domain/supervision/issue-card.ts';
import { namedDay } from '../domain/supervision/card-acts.ts';
import type { GetTownTimes } from '../clocks/get-town-times.ts';
import type { makeReadMatter } from '../matters/open-matter-file.ts';
import type { Clock } from '../platform/clock.ts';
import type { Ids } from '../platform/ids.ts';
import type { PrepareIssue } from './card-issue.ts';
import type { CardStore } from './card-store.ts';
import type { TellOfCards } from './tell-of-cards.ts';

/** 督办 by hand, from a matter's page. All of it throws FORBIDDEN for who may not, NOT_FOUND for what they may not know of. */
export function makeIssueOrder(deps: {
  cards: Pick<CardStore, 'byId' | 'insert'>;
  readMatter: ReturnType<typeof makeReadMatter>;
  prepareIssue: PrepareIssue;
  tellOfCards: TellOfCards;
  getTownTimes: GetTownTimes;
  clock: Clock;
  ids: Ids;
}) {
  const { cards } = deps;

  async function matterFor(id: string, actor: Actor): Promise<Matter> {
    const matter = await deps.readMatter(id, actor);
    if (!mayOrder(matter, actor)) throw new DomainError('FORBIDDEN');
    return matter;
  }

  return {
    matterFor,
    newId: () => deps.ids.next(),

    /** `order.id` came with the form: sent twice, it is one order, and what a crash left untold is told. */
    async issue(matterId: string, order: HandOrder, actor: Actor): Promise<Card> {
      const matter = await matterFor(matterId, actor);
      const card = (await cards.byId(order.id)) ?? (await written(matter, order, actor));
      for (const event of card.history) await deps.tellOfCards(card, event);
      return card;
    },
  };

  async function written(matter: Matter, order: HandOrder, actor: Actor): Promise<Card> {
    const now = deps.clock.now();
    const time = (await deps.getTownTimes()).forMatter(matter);
    // Before a number is taken.
    namedDay(order.answerBy, now, time);
    const year = issueYear(now, time.calendar.zone);
    const issue = await deps.prepareIssue(matter, 'supervisionOrder', year);
    const card = orderByHand(matter, order, issue, actor, now, time);
    await cards.insert(card);
    // Sent twice in the same moment, the first one stands.
    return (await cards.byId(order.id)) ?? card;
  }
}

export type IssueOrder = ReturnType<typeof makeIssueOrder>;
