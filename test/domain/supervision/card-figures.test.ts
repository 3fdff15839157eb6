import assert from 'node:assert/strict';
import { ROLES, type Role } from '../../../src/domain/permissions/permissions.ts';
import { cardFigures, cardFiguresByUnit } from '../../../src/domain/supervision/card-figures.ts';
import { cardScope, mayReadCard } from '../../../src/domain/supervision/card-readers.ts';
import type { Card } from '../../../src/domain/supervision/card.ts';
import { anActor, LEAD, OTHER } from '../../support/builders.ts';
import { aCard, anOrder } from '../../support/cards.ts';

describe('figures of cards', () => {
  const cards = [
    aCard(),
    aCard({ state: 'appealed' }),
    aCard({ state: 'upheld' }),
    aCard({ state: 'withdrawn' }),
    aCard({ kind: 'redCard', state: 'withdrawn', unit: OTHER }),
    aCard({ kind: 'urgingNotice', unit: OTHER }),
    anOrder({ state: 'closed', unit: OTHER }),
    anOrder({ unit: OTHER }),
  ];

  it('issued, withdrawn, upheld, standing › by kind', () => {
    assert.deepEqual(cardFigures(cards), {
      yellowCard: { issued: 4, withdrawn: 1, upheld: 1, standing: 3 },
      redCard: { issued: 1, withdrawn: 1, upheld: 0, standing: 0 },
      urgingNotice: { issued: 1, withdrawn: 0, upheld: 0, standing: 1 },
      supervisionOrder: { issued: 2, withdrawn: 0, upheld: 0, standing: 2 },
    });
  });

  it('by unit › most standing red cards first, and a withdrawn one weighs nothing', () => {
    const order = (more: Card[]) => cardFiguresByUnit([...cards, ...more]).map(({ unit }) => unit);
    assert.deepEqual(order([]), [LEAD, OTHER]);
    assert.deepEqual(order([aCard({ kind: 'redCard', unit: OTHER })]), [OTHER, LEAD]);
    assert.deepEqual(cardFiguresByUnit([]), []);
  });
});

/** Who may read a card of the own unit, of another; then the same of a report; then of one that accuses the own unit. */
const READERS: Readonly<Record<Role, string>> = {
  //             own other  report: own other  accuses own unit
  citizen: '     .   .              .   .      .',
  dispatcher: '  x   x              x   x      .',
  handler: '     x   .              x   .      .',
  head: '        x   .              x   .      .',
  deputyLeader: 'x   x              .   .      .',
  supervisor: '  x   x              x   x      .',
  leader: '      x   x              x   x      x',
  administrator: '.  .              .   .      .',
  auditor: '     x   x              .   .      .',
  clock: '       x   x              x   x      .',
};

describe('who may read a card', () => {
  const cards = [
    aCard(),
    aCard({ unit: OTHER }),
    aCard({ isSecret: true }),
    aCard({ isSecret: true, unit: OTHER }),
    aCard({ isSecret: true, accused: [LEAD] }),
  ];
  for (const role of ROLES) {
    const actor = anActor(role, { unit: LEAD });
    it(`${role} › these and no others`, () => {
      const row = READERS[role].trim().split(/\s+/);
      assert.deepEqual(
        cards.map((card) => (mayReadCard(actor, card) ? 'x' : '.')),
        row,
      );
    });
    it(`${role} › a store finds the same`, () => {
      const scope = cardScope(actor);
      const found = cards.filter(
        ({ unit, isSecret, accused }) =>
          scope &&
          (scope.unit === null || unit === scope.unit) &&
          (scope.withSecret || !isSecret) &&
          (scope.notAccusing === null || !accused.includes(scope.notAccusing)),
      );
      assert.deepEqual(
        found,
        cards.filter((card) => mayReadCard(actor, card)),
      );
    });
  }
  it('somebody of a unit’s role without a unit › none', () => {
    assert.equal(cardScope(anActor('head', { unit: null })), null);
  });
});
