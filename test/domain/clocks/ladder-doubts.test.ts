import assert from 'node:assert/strict';
import type { ClockPolicy } from '../../../src/domain/clocks/clock-policy.ts';
import { ladderDoubts } from '../../../src/domain/clocks/ladder-doubts.ts';
import type { LadderStep, RungTime } from '../../../src/domain/clocks/ladder.ts';
import { GUANGDONG_2022, LETTER_BOX, PROFILES } from '../../../src/domain/clocks/policy-profiles.ts';
import { workingCalendar } from '../../../src/domain/clocks/working-calendar.ts';

const calendar = workingCalendar('Asia/Shanghai', []);
const MONDAY = '2026-11-23';

const withStep = (step: LadderStep, at: RungTime, policy: ClockPolicy = LETTER_BOX): ClockPolicy => ({
  ...policy,
  ladder: policy.ladder.map((rung) => (rung.step === step ? { ...rung, at } : rung)),
});

describe('doubts about a ladder', () => {
  for (const profile of PROFILES)
    it(`${profile.id} › none on any day of a week`, () => {
      for (const day of [MONDAY, '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28'])
        assert.deepEqual(ladderDoubts(profile, calendar, day), [], day);
    });

  const order = (first: string, later: string) => ({ what: 'order', first, later });
  const rows: readonly [what: string, policy: ClockPolicy, doubts: object[]][] = [
    [
      'a yellow card before the reminder',
      withStep('yellowCard', { workingDays: -2, hour: 'opens' }),
      [order('reminder', 'yellowCard'), order('due', 'yellowCard')],
    ],
    [
      'a reminder after the day is due',
      withStep('reminder', { hours: 1 }),
      [order('reminder', 'due'), order('reminder', 'yellowCard')],
    ],
    [
      'a red card with the urging notice due later',
      withStep('urgingNotice', { workingDays: 3, hour: 'opens' }),
      [order('urgingNotice', 'redCard')],
    ],
    [
      'a red card before the yellow one',
      withStep('redCard', { workingDays: 0, hour: 'opens' }),
      [order('yellowCard', 'redCard'), order('urgingNotice', 'redCard')],
    ],
    [
      'an order before any card',
      withStep('supervisionOrder', { hours: -1 }),
      [order('yellowCard', 'supervisionOrder')],
    ],
    [
      'a reminder before the letter',
      withStep('reminder', { workingDays: -9, hour: 'opens' }),
      [{ what: 'never', step: 'reminder' }],
    ],
  ];
  for (const [what, policy, doubts] of rows)
    it(`${what} › is doubted`, () =>
      assert.deepEqual(ladderDoubts(policy, calendar, MONDAY), [{ kinds: null, doubts }]));

  it('of a kind with limits of its own › says so of the kind alone', () => {
    const [first, ...others] = GUANGDONG_2022.exceptions;
    assert.ok(first);
    const late = withStep('reminder', { workingDays: -2, hour: 'opens' }).ladder;
    const policy = { ...GUANGDONG_2022, exceptions: [{ ...first, ladder: late }, ...others] };
    assert.deepEqual(ladderDoubts(policy, calendar, MONDAY), [
      { kinds: ['consult'], doubts: [{ what: 'never', step: 'reminder' }] },
    ]);
  });

  it('a step that is off › is held against nothing', () => {
    const off = (step: LadderStep) => ({
      ...LETTER_BOX,
      ladder: LETTER_BOX.ladder.filter((rung) => rung.step !== step),
    });
    for (const { step } of LETTER_BOX.ladder)
      assert.deepEqual(ladderDoubts(off(step), calendar, MONDAY), [], step);
  });
});
