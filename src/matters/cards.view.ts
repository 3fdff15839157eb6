import { bears } from '../domain/clocks/matter-clock.ts';
import { cardOf } from '../domain/matters/advance-clock.ts';
import type { Actor } from '../domain/permissions/permissions.ts';
import { cardAddress } from '../domain/supervision/card-number.ts';
import { mayOrder } from '../domain/supervision/issue-card.ts';
import type { MatterFile } from './open-matter-file.ts';

/** The cards that the clock has led to, less those that were withdrawn, and where the documents are. */
export function cardsView({ matter, cards }: MatterFile, actor: Actor) {
  return {
    card: cardOf(matter),
    isSupervised: bears(matter.clock, 'supervisionOrder'),
    cards: cards.map((card) => ({
      kind: card.kind,
      number: { ...card.number },
      state: card.state,
      href: `/supervision/cards/${cardAddress(card)}`,
    })),
    orderHref: mayOrder(matter, actor)
      ? `/supervision/orders/new?matter=${encodeURIComponent(matter.id)}`
      : null,
  };
}
