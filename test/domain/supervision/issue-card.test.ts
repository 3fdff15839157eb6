import assert from 'node:assert/strict';
import { extendClock, nextStepAt, pauseClock, resumeClock } from '../../../src/domain/clocks/matter-clock.ts';
import { advanceClock } from '../../../src/domain/matters/advance-clock.ts';
import type { Matter } from '../../../src/domain/matters/matter.ts';
import { assign, takeBack } from '../../../src/domain/matters/sorting.ts';
import { grantExtension, askExtension, signFor, takeInHand } from '../../../src/domain/matters/unit-work.ts';
import { cardAddress, parseCardAddress } from '../../../src/domain/supervision/card-number.ts';
import {
  cardOfStep,
  cardStepsOf,
  orderByHand,
  unitAt,
  type Issue,
} from '../../../src/domain/supervision/issue-card.ts';
import {
  aLetter,
  aMatter,
  anActor,
  anAnsweredMatter,
  assertRefused,
  dispatcher,
  handler,
  head,
  LEAD,
  on,
  OTHER,
  supervisor,
} from '../../support/builders.ts';
import { supervisionTime } from '../../support/cards.ts';

const TIME = supervisionTime();
const ISSUE: Issue = { unit: LEAD, told: [], sequence: 7 };

/** Handed to the lead unit on the day of receipt. */
const handed = (patch: Partial<Matter> = {}): Matter =>
  assign(aMatter(patch), { unit: LEAD, supporting: [], text: '' }, dispatcher, on('2026-09-23 11:00'), TIME)
    .matter;

/** Every step that is due by then, taken one after the other, each when it was due. */
function swept(matter: Matter, until: string): Matter {
  let now = matter;
  for (;;) {
    const next = nextStepAt(now.clock, now.state);
    const change = next && next <= on(until) ? advanceClock(now, next, TIME) : null;
    if (!change) return now;
    now = change.matter;
  }
}

describe('the documents of a ladder', () => {
  const late = swept(handed(), '2026-10-20 09:00');

  it('a matter nobody answers › yellow card, urging notice, red card, order, each under a name of its own', () => {
    assert.deepEqual(
      cardStepsOf(late).map(({ id }) => id),
      ['m1/v1/yellowCard', 'm1/v1/urgingNotice', 'm1/v1/redCard', 'm1/v1/supervisionOrder'],
    );
    assert.deepEqual(cardStepsOf(handed()), []);
    assert.deepEqual(cardStepsOf({ ...late, origin: { source: 'box', externalId: '1' } }), []);
  });

  const docs = cardStepsOf(late).map((step) => cardOfStep(late, step, ISSUE, TIME));

  it('each › has the facts of its day', () => {
    assert.deepEqual(
      docs.map(({ kind, issuedOn, facts, state, nextBy }) => [
        kind,
        issuedOn,
        facts.daysLate,
        state,
        nextBy?.on ?? null,
      ]),
      [
        ['yellowCard', '2026-10-08', 0, 'issued', '2026-10-12'],
        ['urgingNotice', '2026-10-09', 1, 'issued', null],
        ['redCard', '2026-10-10', 2, 'issued', '2026-10-14'],
        ['supervisionOrder', '2026-10-10', 2, 'awaitingAnswer', '2026-10-16'],
      ],
    );
    const [yellow, , , order] = docs;
    assert.deepEqual(yellow?.number, { year: 2026, sequence: 7 });
    assert.equal(yellow?.history[0]?.by.role, 'clock');
    assert.deepEqual(order?.order, { ground: 'redCard', words: '' });
    const { facts } = docs[0] ?? assert.fail();
    assert.deepEqual([facts.dueOn, facts.startedOn, facts.limit.amount], ['2026-10-08', '2026-09-23', 5]);
    assert.deepEqual(facts.receivedAt, on('2026-09-23 10:00'));
    assert.deepEqual(facts.assignedAt, on('2026-09-23 11:00'));
    assert.equal(
      facts.arithmetic.reduce((sum, span) => sum + (span.isCounted ? span.days : 0), 0),
      5,
    );
  });

  it('a title › without the writer’s particulars', () => {
    const letter = aLetter({ title: '王晓明的电话13800001234没人接' });
    const matter = swept(handed({ letter }), '2026-10-08 18:00');
    const [step] = cardStepsOf(matter);
    assert.ok(step);
    assert.equal(cardOfStep(matter, step, ISSUE, TIME).facts.title, '███的电话███没人接');
  });

  it('a report › no title, and whom it accuses', () => {
    const matter = swept(
      handed({ letter: aLetter({ kind: 'report', wish: 'private' }), accused: [OTHER] }),
      '2026-10-08 18:00',
    );
    const [step] = cardStepsOf(matter);
    assert.ok(step);
    const card = cardOfStep(matter, step, ISSUE, TIME);
    assert.deepEqual([card.isSecret, card.facts.title, card.accused], [true, null, [OTHER]]);
    assert.doesNotMatch(JSON.stringify(card), /停水/);
  });

  it('an extension › a second version, a card of its own, and the change on file', () => {
    const signed = takeInHand(
      signFor(handed(), handler, on('2026-09-23 12:00')).matter,
      handler,
      on('2026-09-23 12:01'),
    ).matter;
    const asked = askExtension(signed, { days: 2, text: '需勘查' }, handler, on('2026-10-08 10:00'), TIME);
    const extended = grantExtension(asked.matter, dispatcher, on('2026-10-08 11:00'), TIME).matter;
    const matter = swept(extended, '2026-10-20 09:00');
    const [step] = cardStepsOf(matter);
    assert.equal(step?.id, 'm1/v2/yellowCard');
    const { facts } = cardOfStep(matter, step, ISSUE, TIME);
    assert.equal(facts.dueOn, '2026-10-10');
    assert.deepEqual(facts.adjustments, [
      { why: 'extension', on: '2026-10-08', before: '2026-10-08', after: '2026-10-10' },
    ]);
  });

  it('written after the clock had moved on › the due day of its own version, without the sum, without later changes', () => {
    const moved = { ...late, clock: extendClock(late.clock, 3, on('2026-10-12 10:00'), TIME) };
    const [step] = cardStepsOf(moved);
    assert.ok(step);
    const { facts } = cardOfStep(moved, step, ISSUE, TIME);
    assert.deepEqual(
      [facts.dueOn, facts.arithmetic, facts.adjustments, facts.daysLate],
      ['2026-10-08', [], [], 0],
    );
  });

  it('a pause that moved the due day › is on the card', () => {
    const clock = resumeClock(
      pauseClock(handed().clock, on('2026-09-24 10:00'), TIME),
      on('2026-09-28 10:00'),
      TIME,
    );
    const matter = swept({ ...handed(), clock }, '2026-10-20 09:00');
    const [step] = cardStepsOf(matter);
    assert.ok(step);
    assert.deepEqual(
      cardOfStep(matter, step, ISSUE, TIME).facts.adjustments.map(({ why }) => why),
      ['pause'],
    );
  });

  it('who had it › when it happened, not now', () => {
    const back = takeBack(late, '另派', dispatcher, on('2026-10-12 09:00'), TIME).matter;
    const other = assign(
      back,
      { unit: OTHER, supporting: [], text: '' },
      dispatcher,
      on('2026-10-12 10:00'),
      TIME,
    ).matter;
    const [yellow] = cardStepsOf(other);
    assert.equal(unitAt(other, yellow?.event.seq ?? 0), LEAD);
    assert.equal(unitAt(other, back.version), null);
    assert.equal(unitAt(other, other.version), OTHER);
    assert.equal(unitAt(aMatter(), 1), null);
  });
});

describe('an order by hand', () => {
  const input = { id: 'o1', ground: 'shifting', words: '请说明。', answerBy: '2026-10-12' } as const;
  const NOW = on('2026-09-28 10:00');

  it('by a supervisor › awaits the unit’s answer by the day named', () => {
    const card = orderByHand(handed(), input, ISSUE, supervisor, NOW, TIME);
    assert.deepEqual(
      [card.id, card.kind, card.state, card.clockVersion, card.nextBy?.on, card.facts.daysLate],
      ['o1', 'supervisionOrder', 'awaitingAnswer', null, '2026-10-12', 0],
    );
    assert.deepEqual(card.order, { ground: 'shifting', words: '请说明。' });
    assert.equal(card.history[0]?.by.id, supervisor.id);
  });

  it('of an answered matter › counts the days to its answer', () => {
    const matter = anAnsweredMatter();
    const card = orderByHand(
      matter,
      { ...input, answerBy: '2026-12-01' },
      ISSUE,
      supervisor,
      on('2026-11-10 10:00'),
      TIME,
    );
    assert.equal(card.facts.daysLate, 0);
  });

  for (const actor of [dispatcher, head, anActor('leader'), anActor('auditor')])
    it(`by a ${actor.role} › forbidden`, () => {
      assertRefused(() => orderByHand(handed(), input, ISSUE, actor, NOW, TIME), 'FORBIDDEN');
    });

  it('by a supervisor of the unit a report accuses, or about an imported letter › forbidden', () => {
    const report = handed({ letter: aLetter({ kind: 'report' }), accused: ['supervision'] });
    assertRefused(() => orderByHand(report, input, ISSUE, supervisor, NOW, TIME), 'FORBIDDEN');
    const old = { ...handed(), origin: { source: 'box', externalId: '1' } };
    assertRefused(() => orderByHand(old, input, ISSUE, supervisor, NOW, TIME), 'FORBIDDEN');
  });

  it('to be answered today › names the field', () => {
    const today = { ...input, answerBy: '2026-09-28' };
    const refusal = assertRefused(
      () => orderByHand(handed(), today, ISSUE, supervisor, NOW, TIME),
      'INVALID_INPUT',
    );
    assert.deepEqual(refusal.fields, [{ field: 'answerBy', rule: 'day.past' }]);
  });
});

describe('the number in an address', () => {
  it('there and back', () => {
    const named = { kind: 'redCard', number: { year: 2026, sequence: 12 } } as const;
    assert.equal(cardAddress(named), 'redCard-2026-12');
    assert.deepEqual(parseCardAddress('redCard-2026-12'), named);
  });
  for (const text of [
    '',
    'redCard',
    'redCard-2026',
    'redCard-2026-0',
    'redCard-2026-012',
    'reminder-2026-1',
    'redCard-26-1',
    'redCard-2026-1-2',
  ])
    it(`‘${text}’ › names no document`, () => assert.equal(parseCardAddress(text), null));
});
