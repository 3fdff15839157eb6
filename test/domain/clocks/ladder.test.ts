import assert from 'node:assert/strict';
import { LETTER_BOX } from '../../../src/domain/clocks/policy-profiles.ts';
import { dueDateAfter, type DueDate } from '../../../src/domain/clocks/due-date.ts';
import { planLadder } from '../../../src/domain/clocks/ladder.ts';
import { CHINA, wallOf } from '../../support/builders.ts';

const working = (startedOn: string, amount: number): DueDate =>
  dueDateAfter(startedOn, { amount, unit: 'workingDays' }, CHINA, LETTER_BOX.closesAt);

function ladderFrom(startedOn: string, days: number, handedOn: string | null = null): string[] {
  const clocks = {
    sort: working(startedOn, 1),
    sign: handedOn === null ? null : working(handedOn, 1),
    reply: working(startedOn, days),
  };
  return planLadder(LETTER_BOX.ladder, clocks, CHINA, LETTER_BOX).map(
    ({ step, at }) => `${step} ${wallOf(at)?.slice(5)}`,
  );
}

describe('ladder › instants', () => {
  it('due just after National Day › the reminder comes before it, the cards on worked days', () => {
    assert.deepEqual(ladderFrom('2026-09-23', 5, '2026-09-24'), [
      'sortOverdue 09-24 17:30',
      'signOverdue 09-28 17:30',
      'halfTime 09-29 09:00',
      'reminder 09-30 09:00',
      'yellowCard 10-08 17:30',
      'urgingNotice 10-09 09:00',
      'redCard 10-10 17:30',
      'supervisionOrder 10-10 17:30',
    ]);
  });

  it('due on the eve of National Day › the cards come after it', () => {
    assert.deepEqual(ladderFrom('2026-09-22', 5), [
      'sortOverdue 09-23 17:30',
      'halfTime 09-28 09:00',
      'reminder 09-29 09:00',
      'yellowCard 09-30 17:30',
      'urgingNotice 10-08 09:00',
      'redCard 10-09 17:30',
      'supervisionOrder 10-09 17:30',
    ]);
  });

  it('due on the make-up Saturday › is reminded of on Friday', () => {
    assert.deepEqual(ladderFrom('2026-09-28', 5), [
      'sortOverdue 09-29 17:30',
      'halfTime 10-08 09:00',
      'reminder 10-09 09:00',
      'yellowCard 10-10 17:30',
      'urgingNotice 10-12 09:00',
      'redCard 10-13 17:30',
      'supervisionOrder 10-13 17:30',
    ]);
  });

  it('one working day to answer › steps of one instant keep the order of the ladder', () => {
    assert.deepEqual(ladderFrom('2026-11-23', 1), [
      'halfTime 11-24 09:00',
      'sortOverdue 11-24 17:30',
      'yellowCard 11-24 17:30',
      'urgingNotice 11-25 09:00',
      'redCard 11-26 17:30',
      'supervisionOrder 11-26 17:30',
    ]);
  });

  it('no rungs › no steps', () => {
    const clocks = { sort: working('2026-11-23', 1), sign: null, reply: working('2026-11-23', 5) };
    assert.deepEqual(planLadder([], clocks, CHINA, LETTER_BOX), []);
  });
});

describe('ladder › who is told, and how', () => {
  const told = LETTER_BOX.ladder.map(({ step, to, channels }) => [step, to.join(' '), channels.join(' ')]);
  it('the letter box’s rungs › are those of the design', () => {
    assert.deepEqual(told, [
      ['sortOverdue', 'dispatcher', 'mail'],
      ['signOverdue', 'head', 'sms mail'],
      ['halfTime', 'handler', 'mail'],
      ['reminder', 'head', 'sms mail'],
      ['yellowCard', 'head', 'sms mail'],
      ['urgingNotice', 'head deputyLeader', 'sms mail'],
      ['redCard', 'head leader', 'sms mail'],
      ['supervisionOrder', 'head supervisor', 'sms mail'],
    ]);
  });
});
