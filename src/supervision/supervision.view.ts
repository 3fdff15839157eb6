import type { CardFigures, UnitCardFigures } from '../domain/supervision/card-figures.ts';
import type { Card, CardKind } from '../domain/supervision/card.ts';
import { CARD_KINDS } from '../domain/supervision/card.ts';
import { namesOf } from '../matters/worklist.view.ts';
import { cardHref, deadlineView, type CardReader } from './card.view.ts';
import {
  CARDS_PER_PAGE,
  STATE_FILTERS,
  type StateFilter,
  type Supervision,
  type SupervisionAsked,
} from './open-supervision.ts';

type Reader = Omit<CardReader, 'actor'>;

/** 监察: the board as its page shows it. Every number is one of `domain/supervision` and leads to its list. */
export function supervisionView(found: Supervision, asked: SupervisionAsked, reader: Reader) {
  const unitNames = namesOf(found.units, reader.lang);
  const name = (unit: string): string => unitNames.get(unit) ?? unit;
  const row = (card: Card) => rowView(card, name, found.now, reader);
  return {
    ...supervisionFilters(found.units, found.ownUnit, asked, reader),
    figures: totals(found.figures, asked),
    open: found.open.map(row),
    byUnit: found.byUnit.map((each) => unitView(each, name, asked)),
    mostOfAUnit: Math.max(1, ...found.byUnit.flatMap(({ figures }) => Object.values(drawn(figures)))),
    rows: found.list.items.map(row),
    total: found.list.total,
    page: asked.page,
    pages: Math.max(1, Math.ceil(found.list.total / CARDS_PER_PAGE)),
    base: supervisionAddress({ ...asked, page: 1 }),
  };
}

/** The form above the lists, which is there even when a day in it is wrong. */
export function supervisionFilters(
  units: Supervision['units'],
  ownUnit: string | null,
  asked: Pick<SupervisionAsked, 'unit' | 'kind' | 'state' | 'from' | 'to'>,
  { lang }: Pick<Reader, 'lang'>,
) {
  const names = namesOf(units, lang);
  return {
    ownUnit: ownUnit === null ? null : (names.get(ownUnit) ?? ownUnit),
    filter: { unit: asked.unit, kind: asked.kind, state: asked.state, from: asked.from, to: asked.to },
    choices: {
      units: units.map(({ id }) => ({ value: id, label: names.get(id) ?? id })),
      kinds: CARD_KINDS,
      states: STATE_FILTERS,
    },
  };
}

const LIST = '#list';

/** The address of a list. */
export function supervisionAddress(asked: SupervisionAsked): string {
  const { unit, kind, state, from, to, page } = asked;
  const query = new URLSearchParams({
    ...(unit && { unit }),
    ...(kind && { kind }),
    ...(state && { state }),
    from,
    to,
    ...(page > 1 && { page: String(page) }),
  });
  return `/supervision?${query.toString()}`;
}

const listHref = (
  asked: SupervisionAsked,
  kind: CardKind | '',
  state: StateFilter | '',
  unit = asked.unit,
): string => `${supervisionAddress({ ...asked, unit, kind, state, page: 1 })}${LIST}`;

const ofAll = (figures: CardFigures, what: 'issued' | 'withdrawn' | 'upheld'): number =>
  CARD_KINDS.reduce((sum, kind) => sum + figures[kind][what], 0);

/** What is drawn of a unit. */
const drawn = (figures: CardFigures) => ({
  red: figures.redCard.standing,
  yellow: figures.yellowCard.standing,
  withdrawn: ofAll(figures, 'withdrawn'),
  orders: figures.supervisionOrder.standing,
});

const totals = (figures: CardFigures, asked: SupervisionAsked) => ({
  red: { count: figures.redCard.standing, href: listHref(asked, 'redCard', 'standing') },
  yellow: { count: figures.yellowCard.standing, href: listHref(asked, 'yellowCard', 'standing') },
  upheld: { count: ofAll(figures, 'upheld'), href: listHref(asked, '', 'upheld') },
  withdrawn: { count: ofAll(figures, 'withdrawn'), href: listHref(asked, '', 'withdrawn') },
});

function unitView(
  { unit, figures }: UnitCardFigures,
  name: (unit: string) => string,
  asked: SupervisionAsked,
) {
  const cell = (count: number, kind: CardKind | '', state: StateFilter | '') => ({
    count,
    href: listHref(asked, kind, state, unit),
  });
  return {
    name: name(unit),
    drawn: drawn(figures),
    red: cell(figures.redCard.standing, 'redCard', 'standing'),
    yellow: cell(figures.yellowCard.standing, 'yellowCard', 'standing'),
    urging: cell(figures.urgingNotice.standing, 'urgingNotice', 'standing'),
    orders: cell(figures.supervisionOrder.standing, 'supervisionOrder', 'standing'),
    upheld: cell(ofAll(figures, 'upheld'), '', 'upheld'),
    withdrawn: cell(ofAll(figures, 'withdrawn'), '', 'withdrawn'),
    issued: cell(ofAll(figures, 'issued'), '', ''),
  };
}

function rowView(card: Card, name: (unit: string) => string, now: Date, { calendar }: Reader) {
  return {
    kind: card.kind,
    number: { ...card.number },
    href: cardHref(card),
    state: card.state,
    unit: name(card.unit),
    matterNumber: card.matterNumber,
    title: card.facts.title,
    issuedOn: card.issuedOn,
    next: card.nextBy && deadlineView(card.nextBy, now, calendar),
  };
}
