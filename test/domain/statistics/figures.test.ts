import assert from 'node:assert/strict';
import type { CaseFact } from '../../../src/domain/statistics/case-fact.ts';
import {
  FIGURES_VERSION,
  figuresByUnit,
  figuresOf,
  LEAST_TO_RANK,
  percentile,
  rate,
  type Figures,
} from '../../../src/domain/statistics/figures.ts';
import { on } from '../../support/builders.ts';

const NOW = on('2026-10-12 10:00');

const aFact = (patch: Partial<CaseFact> = {}): CaseFact => ({
  id: 'm1',
  version: 1,
  number: '2026-000001-1',
  source: 'own',
  kind: 'complaint',
  channel: 'web',
  receivedOn: '2026-09-23',
  unit: 'water',
  state: 'inHand',
  resolution: null,
  isValid: true,
  dueAt: on('2026-10-13 17:30'),
  answeredAt: null,
  answeredOn: null,
  isOnTime: null,
  daysToAnswer: null,
  isPublished: false,
  overall: null,
  repeat: null,
  isAnsweredTogether: false,
  card: null,
  ...patch,
});

const anAnsweredFact = (patch: Partial<CaseFact> = {}): CaseFact =>
  aFact({
    state: 'answered',
    answeredAt: on('2026-09-29 10:00'),
    answeredOn: '2026-09-29',
    isOnTime: true,
    daysToAnswer: 6,
    ...patch,
  });

const OPEN = aFact();
const OVERDUE = aFact({ dueAt: on('2026-10-08 17:30') });
const ANSWERED = anAnsweredFact();
const LATE = anAnsweredFact({ isOnTime: false });
const PUBLISHED = anAnsweredFact({ isPublished: true });
const REFUSED = aFact({ isValid: false, state: 'notAccepted' });
const WITHDRAWN = anAnsweredFact({ isValid: false, isPublished: true, overall: 5 });
const IMPORTED = aFact({ source: '旧信访库', dueAt: on('2005-03-08 17:30'), state: 'archived' });
const rated = (overall: number): CaseFact => anAnsweredFact({ overall });

const times = (count: number, fact: CaseFact): CaseFact[] => Array.from({ length: count }, () => fact);

/** Rates as `2/3`. */
const told = ({ numerator, denominator }: Figures['onTime']): string => `${numerator}/${denominator}`;

describe('figures › each with what is left out', () => {
  const rows: readonly [
    why: string,
    facts: readonly CaseFact[],
    counts: readonly [received: number, valid: number, answered: number, published: number],
    rates: readonly [response: string, open: string, onTime: string, satisfied: string],
  ][] = [
    ['nothing at all', [], [0, 0, 0, 0], ['0/0', '0/0', '0/0', '0/0']],
    ['one still in time', [OPEN], [1, 1, 0, 0], ['0/1', '0/1', '0/0', '0/0']],
    ['one overdue counts as late', [OVERDUE], [1, 1, 0, 0], ['0/1', '0/1', '0/1', '0/0']],
    ['one answered in time', [ANSWERED], [1, 1, 1, 0], ['1/1', '0/1', '1/1', '0/0']],
    ['one answered late', [LATE], [1, 1, 1, 0], ['1/1', '0/1', '0/1', '0/0']],
    ['one published', [PUBLISHED], [1, 1, 1, 1], ['1/1', '1/1', '1/1', '0/0']],
    ['one refused', [REFUSED], [1, 0, 0, 0], ['0/0', '0/0', '0/0', '0/0']],
    ['one withdrawn after all', [WITHDRAWN], [1, 0, 0, 0], ['0/0', '0/0', '0/0', '0/0']],
    ['an imported one without a reply', [IMPORTED], [1, 1, 0, 0], ['0/1', '0/1', '0/0', '0/0']],
    ['an unrated one is not satisfied', [ANSWERED, rated(5)], [2, 2, 2, 0], ['2/2', '0/2', '2/2', '1/1']],
    ['ratings from 1 to 5', [1, 2, 3, 4, 5].map(rated), [5, 5, 5, 0], ['5/5', '0/5', '5/5', '2/5']],
    [
      'all together',
      [OPEN, OVERDUE, ANSWERED, LATE, PUBLISHED, REFUSED, WITHDRAWN, IMPORTED, rated(2)],
      [9, 7, 4, 1],
      ['4/7', '1/7', '3/5', '0/1'],
    ],
  ];
  for (const [why, facts, counts, rates] of rows) {
    it(`${why} › received, valid, answered, published and the rates`, () => {
      const figures = figuresOf(facts, NOW);
      assert.deepEqual([figures.received, figures.valid, figures.answered, figures.published], counts);
      assert.deepEqual(
        [figures.responseRate, figures.publicRate, figures.onTime, figures.satisfied].map(told),
        rates,
      );
    });
  }

  it('nothing to count › is no figure, not 0 %', () => {
    const figures = figuresOf([], NOW);
    assert.deepEqual(
      [figures.responseRate, figures.publicRate, figures.onTime, figures.satisfied].map(({ value }) => value),
      [null, null, null, null],
    );
    assert.deepEqual([figures.medianDays, figures.p90Days], [null, null]);
    assert.equal(rate(0, 5).value, 0);
  });

  it('due this very minute › is not overdue yet', () => {
    const due = aFact({ dueAt: NOW });
    assert.equal(told(figuresOf([due], NOW).onTime), '0/0');
    assert.equal(told(figuresOf([due], new Date(NOW.getTime() + 1)).onTime), '0/1');
  });

  it('days to answer › are those of valid answers, in any order', () => {
    const days = [9, 1, 2, 30, 3, 4, 5, 6, 7, 8];
    const figures = figuresOf(
      [...days.map((daysToAnswer) => anAnsweredFact({ daysToAnswer })), OPEN, WITHDRAWN],
      NOW,
    );
    assert.deepEqual([figures.medianDays, figures.p90Days], [5, 9]);
  });

  it('joined letters › are counted by why they came, are not valid, and rate the one answer', () => {
    const joined = (repeat: CaseFact['repeat'], patch: Partial<CaseFact> = {}) =>
      aFact({ repeat, isValid: false, state: 'joined', ...patch });
    const figures = figuresOf(
      [
        rated(5),
        joined('commonConcern', { isAnsweredTogether: true, overall: 2 }),
        joined('commonConcern', { isAnsweredTogether: true }),
        joined('impatience'),
        joined('dissatisfaction'),
      ],
      NOW,
    );
    assert.deepEqual(figures.repeats, {
      impatience: 1,
      reminder: 0,
      dissatisfaction: 1,
      commonConcern: 2,
      total: 4,
    });
    assert.deepEqual([figures.received, figures.valid, figures.repliesAvoided], [5, 1, 2]);
    assert.equal(told(figures.satisfied), '1/2');
  });

  it('the definitions › bear a version', () => assert.equal(FIGURES_VERSION, 2));
});

describe('figures › as Beilun published them', () => {
  it('January to August 2006: 2,845 valid letters, 2,733 answered publicly › 96.1 %', () => {
    const facts = [
      ...times(2733, PUBLISHED),
      ...times(60, ANSWERED),
      ...times(52, OPEN),
      ...times(310, REFUSED),
    ];
    const figures = figuresOf(facts, NOW);
    assert.deepEqual([figures.received, figures.valid, figures.published], [3155, 2845, 2733]);
    assert.equal(((figures.publicRate.value ?? 0) * 100).toFixed(1), '96.1');
    assert.equal(figures.answered, 2793);
  });
});

describe('figures › percentile by nearest rank', () => {
  for (const [values, share, expected] of [
    [[], 0.5, null],
    [[7], 0.5, 7],
    [[7], 0.9, 7],
    [[1, 2], 0.5, 1],
    [[1, 2, 3], 0.5, 2],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9, 9],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 0.9, 10],
    [[1, 2, 3], 0, 1],
    [[1, 2, 3], 1, 3],
  ] as const) {
    it(`${share} of [${values.join(' ')}] › ${expected ?? 'nothing'}`, () => {
      assert.equal(percentile(values, share), expected);
    });
  }
});

describe('figures › by unit', () => {
  const facts = [
    ...times(LEAST_TO_RANK, aFact({ unit: 'water' })),
    ...times(LEAST_TO_RANK - 1, aFact({ unit: 'roads' })),
    ...times(10, aFact({ unit: 'roads', isValid: false })),
    ...times(40, aFact({ unit: null })),
  ];

  it('most letters first › and all letters are there', () => {
    const units = figuresByUnit(facts, NOW);
    assert.deepEqual(
      units.map(({ unit, received }) => [unit, received]),
      [
        [null, 40],
        ['roads', 24],
        ['water', 15],
      ],
    );
    assert.equal(
      units.reduce((sum, { received }) => sum + received, 0),
      facts.length,
    );
  });

  it('ranked › from fifteen valid letters on; letters without a unit never', () => {
    assert.deepEqual(
      figuresByUnit(facts, NOW).map(({ unit, valid, isRanked }) => [unit, valid, isRanked]),
      [
        [null, 40, false],
        ['roads', 14, false],
        ['water', 15, true],
      ],
    );
  });

  it('no letters › no units', () => assert.deepEqual(figuresByUnit([], NOW), []));

  it('a unit’s figures › are those of its letters alone', () => {
    const [water] = figuresByUnit([anAnsweredFact(), aFact({ unit: 'roads' })], NOW);
    assert.deepEqual([water?.unit, water?.responseRate.value], ['water', 1]);
  });
});
