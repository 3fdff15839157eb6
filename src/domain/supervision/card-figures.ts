import type { Card, CardKind } from './card.ts';

/** Raised whenever a definition below changes; every assessment that rests on it carries it. */
export const CARD_FIGURES_VERSION = 1;

/** What the figures need to know of one document. */
export type CardFact = Pick<Card, 'kind' | 'state' | 'unit' | 'issuedOn'>;

export interface CardTally {
  /** Issued in the period, whatever became of it. */
  readonly issued: number;
  /** Of these, withdrawn by the supervisor, with or without an appeal. They no longer count. */
  readonly withdrawn: number;
  /** Of these, appealed against and upheld. */
  readonly upheld: number;
  /** Issued less withdrawn: what an assessment counts. */
  readonly standing: number;
}

export type CardFigures = Readonly<Record<CardKind, CardTally>>;

export interface UnitCardFigures {
  readonly unit: string;
  readonly figures: CardFigures;
}

/** Of documents issued in a period. Every number on a page or in a report is one of these. */
export const cardFigures = (facts: readonly CardFact[]): CardFigures => ({
  yellowCard: tally(facts, 'yellowCard'),
  redCard: tally(facts, 'redCard'),
  urgingNotice: tally(facts, 'urgingNotice'),
  supervisionOrder: tally(facts, 'supervisionOrder'),
});

function tally(facts: readonly CardFact[], kind: CardKind): CardTally {
  const ofKind = facts.filter((fact) => fact.kind === kind);
  const withdrawn = ofKind.filter(({ state }) => state === 'withdrawn').length;
  return {
    issued: ofKind.length,
    withdrawn,
    upheld: ofKind.filter(({ state }) => state === 'upheld').length,
    standing: ofKind.length - withdrawn,
  };
}

/** By unit: most standing red cards first, then yellow ones. */
export function cardFiguresByUnit(facts: readonly CardFact[]): UnitCardFigures[] {
  const units = [...new Set(facts.map(({ unit }) => unit))];
  const found = units.map((unit) => ({
    unit,
    figures: cardFigures(facts.filter((fact) => fact.unit === unit)),
  }));
  return found.sort(
    ({ unit, figures: a }, { unit: other, figures: b }) =>
      b.redCard.standing - a.redCard.standing ||
      b.yellowCard.standing - a.yellowCard.standing ||
      b.supervisionOrder.standing - a.supervisionOrder.standing ||
      unit.localeCompare(other),
  );
}
