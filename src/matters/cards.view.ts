import type { Actor } from '../domain/permissions/permissions.ts';
import { cardAddress } from '../domain/supervision/card-number.ts';
import type { CardKind } from '../domain/supervision/card.ts';
import { mayOrder } from '../domain/supervision/issue-card.ts';
import type { MatterFile } from './open-matter-file.ts';

/** The cards that the clock has led to, less those that were withdrawn, and where the documents are. */
export function cardsView({ matter, cards }: MatterFile, actor: Actor) {
  const stands = (kind: CardKind): boolean =>
    matter.clock.taken.includes(kind) &&
    !cards.some(
      (card) =>
        card.kind === kind && card.clockVersion === matter.clock.version && card.state === 'withdrawn',
    );
  return {
    card: stands('redCard') ? 'red' : stands('yellowCard') ? 'yellow' : null,
    isSupervised: stands('supervisionOrder'),
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
