import type { DirectoryStore } from '../directory/directory-store.ts';
import type { Day } from '../domain/clocks/zoned-day.ts';
import type { Unit } from '../domain/directory/directory.ts';
import { DomainError } from '../domain/domain-error.ts';
import type { Actor } from '../domain/permissions/permissions.ts';
import { cardFigures, cardFiguresByUnit } from '../domain/supervision/card-figures.ts';
import type { CardFigures, UnitCardFigures } from '../domain/supervision/card-figures.ts';
import { STANDING_STATES } from '../domain/supervision/card-lifecycle.ts';
import { cardScope, type CardScope } from '../domain/supervision/card-readers.ts';
import type { Card, CardKind, CardState } from '../domain/supervision/card.ts';
import type { Clock } from '../platform/clock.ts';
import type { CardPage, CardStore } from './card-store.ts';

/** What a list may be narrowed to: one state, or all that count. */
export const STATE_FILTERS = [
  'standing',
  'appealed',
  'upheld',
  'withdrawn',
  'awaitingAnswer',
  'answered',
  'closed',
] as const;
export type StateFilter = (typeof STATE_FILTERS)[number];

export interface SupervisionAsked {
  readonly unit: string;
  readonly kind: CardKind | '';
  readonly state: StateFilter | '';
  readonly from: Day;
  readonly to: Day;
  readonly page: number;
}

export interface Supervision {
  /** Null: of all units. */
  readonly ownUnit: string | null;
  readonly units: readonly Unit[];
  readonly figures: CardFigures;
  readonly byUnit: readonly UnitCardFigures[];
  /** Whatever the period, the longest due first. */
  readonly open: readonly Card[];
  readonly list: CardPage;
  readonly now: Date;
}

export const CARDS_PER_PAGE = 25;

/** 监察: the board of everything this person may read of cards and orders. */
export function makeOpenSupervision(deps: {
  cards: Pick<CardStore, 'facts' | 'open' | 'list'>;
  directory: Pick<DirectoryStore, 'units'>;
  clock: Clock;
}) {
  return async (asked: SupervisionAsked, actor: Actor): Promise<Supervision> => {
    const own = cardScope(actor);
    if (!own) throw new DomainError('FORBIDDEN');
    const scope: CardScope = { ...own, unit: own.unit ?? (asked.unit || null) };
    const period = { scope, from: asked.from, to: asked.to };
    const [facts, open, list, units] = await Promise.all([
      deps.cards.facts(period),
      deps.cards.open(scope),
      deps.cards.list({
        ...period,
        kinds: asked.kind === '' ? [] : [asked.kind],
        states: statesOf(asked.state),
        page: asked.page,
        perPage: CARDS_PER_PAGE,
      }),
      deps.directory.units(),
    ]);
    return {
      ownUnit: own.unit,
      units,
      figures: cardFigures(facts),
      byUnit: cardFiguresByUnit(facts),
      open,
      list,
      now: deps.clock.now(),
    };
  };
}

export type OpenSupervision = ReturnType<typeof makeOpenSupervision>;

function statesOf(filter: StateFilter | ''): readonly CardState[] {
  if (filter === '') return [];
  return filter === 'standing' ? STANDING_STATES : [filter];
}
