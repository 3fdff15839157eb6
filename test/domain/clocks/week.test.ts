import assert from 'node:assert/strict';
import { isoWeekOf, weeklyDigestOf } from '../../../src/domain/clocks/week.ts';
import { CHINA, on, wallOf, weekendsOnly } from '../../support/builders.ts';

describe('the week by ISO 8601', () => {
  for (const [day, week] of [
    ['2026-01-01', '2026-W01'], // a Thursday
    ['2025-12-29', '2026-W01'], // the Monday before it
    ['2025-12-28', '2025-W52'],
    ['2027-01-03', '2026-W53'], // a Sunday; 2026 has 53 weeks
    ['2027-01-04', '2027-W01'],
    ['2026-09-28', '2026-W40'],
    ['2026-10-04', '2026-W40'],
    ['2024-12-30', '2025-W01'],
  ] as const)
    it(`${day} › ${week}`, () => assert.equal(isoWeekOf(day), week));
});

describe('when a weekly digest tells of news', () => {
  for (const [news, week, at, why] of [
    ['2026-09-14 00:00', '2026-W39', '2026-09-21 09:00', 'of a Monday, a week later'],
    ['2026-09-20 23:59', '2026-W39', '2026-09-21 09:00', 'of a Sunday night, next morning'],
    ['2026-09-21 00:00', '2026-W40', '2026-09-28 09:00', 'of the next minute, a week later'],
    ['2026-09-28 10:00', '2026-W41', '2026-10-08 09:00', 'after the holidays, of which Monday is one'],
    ['2026-02-11 10:00', '2026-W09', '2026-02-24 09:00', 'a week off: with what comes in it'],
    ['2026-02-18 10:00', '2026-W09', '2026-02-24 09:00', 'what comes in the week off'],
  ] as const)
    it(`${news}, ${why} › ${at}`, () => {
      const digest = weeklyDigestOf(on(news), CHINA, '09:00');
      assert.deepEqual([digest.week, wallOf(digest.at)], [week, at]);
    });

  it('in a zone west of UTC › by the wall clock there', () => {
    const calendar = weekendsOnly('America/New_York');
    const digest = weeklyDigestOf(new Date('2026-09-21T03:00:00Z'), calendar, '09:00');
    assert.deepEqual([digest.week, digest.at.toISOString()], ['2026-W39', '2026-09-21T13:00:00.000Z']);
  });
});
