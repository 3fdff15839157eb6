import { DomainError } from '../domain-error.ts';
import { hasRight, type Actor, type Right } from '../permissions/permissions.ts';
import {
  CARD_ACTIONS,
  type Card,
  type CardAction,
  type CardChange,
  type CardEvent,
  type CardKind,
  type CardState,
} from './card.ts';
import { mayReadCard } from './card-readers.ts';

export interface CardActionRow {
  readonly kinds: readonly CardKind[];
  readonly from: readonly CardState[];
  readonly to: CardState | 'same';
  readonly needs: Right;
  /** Whoever does it belongs to the unit addressed. */
  readonly ofUnit: boolean;
}

const CARDS = ['yellowCard', 'redCard'] as const;
const ORDERS = ['supervisionOrder'] as const;

/** The one table of what may be done with a document, from where, by whom, and where it leads. Pages draw their buttons from it. */
export const CARD_LIFECYCLE: Readonly<Record<CardAction, CardActionRow>> = {
  explain: {
    kinds: [...CARDS, 'urgingNotice'],
    from: ['issued', 'appealed'],
    to: 'same',
    needs: 'explainCards',
    ofUnit: true,
  },
  appeal: { kinds: CARDS, from: ['issued'], to: 'appealed', needs: 'answerForUnit', ofUnit: true },
  uphold: { kinds: CARDS, from: ['appealed'], to: 'upheld', needs: 'superviseCards', ofUnit: false },
  // With an appeal, without one, or because a decision was wrong.
  withdraw: {
    kinds: [...CARDS, 'urgingNotice', ...ORDERS],
    from: ['issued', 'appealed', 'upheld', 'awaitingAnswer', 'answered'],
    to: 'withdrawn',
    needs: 'superviseCards',
    ofUnit: false,
  },
  answer: { kinds: ORDERS, from: ['awaitingAnswer'], to: 'answered', needs: 'answerForUnit', ofUnit: true },
  sendBack: {
    kinds: ORDERS,
    from: ['answered'],
    to: 'awaitingAnswer',
    needs: 'superviseCards',
    ofUnit: false,
  },
  close: { kinds: ORDERS, from: ['answered'], to: 'closed', needs: 'superviseCards', ofUnit: false },
};

/** Named sets of states, so that no page or query keeps a list of its own. */
export const STANDING_STATES: readonly CardState[] = [
  'issued',
  'appealed',
  'upheld',
  'awaitingAnswer',
  'answered',
  'closed',
];
/** Somebody has to say the next word. */
export const OPEN_CARD_STATES: readonly CardState[] = ['appealed', 'awaitingAnswer', 'answered'];

export function isCardActionAllowed(card: Card, action: CardAction, actor: Actor): boolean {
  const row = CARD_LIFECYCLE[action];
  return (
    row.kinds.includes(card.kind) &&
    row.from.includes(card.state) &&
    hasRight(actor, row.needs) &&
    (!row.ofUnit || actor.unit === card.unit) &&
    mayReadCard(actor, card)
  );
}

/** The buttons of a page. */
export const allowedCardActions = (card: Card, actor: Actor): CardAction[] =>
  CARD_ACTIONS.filter((action) => isCardActionAllowed(card, action, actor));

/** One step of a document: checks the table, moves the state, appends the event. The only way a document changes. */
export function moveCard(
  card: Card,
  action: CardAction,
  actor: Actor,
  now: Date,
  told: { readonly text: string; readonly nextBy: Card['nextBy'] },
): CardChange {
  const row = CARD_LIFECYCLE[action];
  if (!isCardActionAllowed(card, action, actor)) {
    const isKnown = row.kinds.includes(card.kind) && row.from.includes(card.state);
    throw new DomainError(isKnown ? 'FORBIDDEN' : 'ILLEGAL_ACTION', {
      params: { action, state: card.state },
    });
  }
  const event: CardEvent = {
    seq: card.version + 1,
    what: action,
    at: now,
    by: { id: actor.id, name: actor.name, role: actor.role, unit: actor.unit },
    from: card.state,
    to: row.to === 'same' ? card.state : row.to,
    text: told.text,
  };
  const moved: Card = {
    ...card,
    version: event.seq,
    state: event.to,
    nextBy: told.nextBy,
    history: [...card.history, event],
  };
  return { before: card, card: moved, event };
}
