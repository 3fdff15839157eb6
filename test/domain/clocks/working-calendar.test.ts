import assert from 'node:assert/strict';
import {
  shiftWorkingDays,
  workingCalendar,
  workingDaysBetween,
} from '../../../src/domain/clocks/working-calendar.ts';
import { CHINA } from '../../support/builders.ts';

describe('working calendar › kind of a day', () => {
  const kinds = [
    ['2026-09-24', true, 'workday', null, true],
    ['2026-09-19', false, 'weekend', null, true],
    ['2026-09-20', true, 'makeUpDay', '国庆节', true],
    ['2026-10-01', false, 'holiday', '国庆节', true],
    ['2026-10-03', false, 'holiday', '国庆节', true],
    ['2026-10-10', true, 'makeUpDay', '国庆节', true],
    ['2027-02-08', true, 'workday', null, false],
    ['2027-02-07', false, 'weekend', null, false],
    ['2003-10-01', true, 'workday', null, false],
  ] as const;
  for (const [day, isWorking, why, name, isKnown] of kinds) {
    it(`${day} › ${why}, ${isKnown ? 'known' : 'assumed'}`, () => {
      const kind = CHINA.kindOf(day);
      assert.deepEqual(
        [kind.isWorking, kind.why, kind.name?.zh ?? null, kind.isKnown],
        [isWorking, why, name, isKnown],
      );
    });
  }

  it('years given out of order › are listed in order', () => {
    const empty = { holidays: {}, makeUpDays: {} };
    const calendar = workingCalendar('UTC', [
      { year: 2026, ...empty },
      { year: 2025, ...empty },
    ]);
    assert.deepEqual(calendar.years, [2025, 2026]);
  });

  it('a make-up day announced with another year › counts, though its own year stays unknown', () => {
    const name = { zh: '元旦', en: 'New Year' };
    const calendar = workingCalendar('UTC', [
      { year: 2027, holidays: {}, makeUpDays: { '2026-12-27': name } },
    ]);
    assert.deepEqual(calendar.kindOf('2026-12-27'), {
      isWorking: true,
      why: 'makeUpDay',
      name,
      isKnown: false,
    });
  });
});

describe('working calendar › counting', () => {
  const shifts = [
    ['2026-09-30', 1, '2026-10-08'],
    ['2026-10-08', -1, '2026-09-30'],
    ['2026-10-12', -1, '2026-10-10'],
    ['2026-10-08', 2, '2026-10-10'],
    ['2026-10-03', 0, '2026-10-08'],
    ['2026-09-24', 0, '2026-09-24'],
    ['2026-10-05', -1, '2026-09-30'],
    ['2026-10-05', 1, '2026-10-08'],
  ] as const;
  for (const [day, count, expected] of shifts) {
    it(`${day} › moved by ${count} working days › ${expected}`, () => {
      assert.equal(shiftWorkingDays(day, count, CHINA), expected);
    });
  }

  const counts = [
    ['2026-09-24', '2026-10-12', 7],
    ['2026-09-30', '2026-10-07', 0],
    ['2026-09-30', '2026-10-08', 1],
    ['2026-10-08', '2026-10-08', 0],
    ['2026-10-09', '2026-10-08', 0],
    ['2026-10-09', '2026-10-11', 1],
  ] as const;
  for (const [from, to, expected] of counts) {
    it(`after ${from} to ${to} › ${expected} working days`, () => {
      assert.equal(workingDaysBetween(from, to, CHINA), expected);
    });
  }
});
