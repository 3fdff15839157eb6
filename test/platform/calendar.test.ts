import assert from 'node:assert/strict';
import { addDays, isDay, weekdayOf, yearOf } from '../../src/domain/clocks/zoned-day.ts';
import { chinaCalendarYears } from '../../src/platform/calendar/china-calendar.ts';

const YEARS = chinaCalendarYears();

describe('China’s calendar › as the package has it', () => {
  it('the years › run from 2004 without a gap to 2026 at least', () => {
    const years = YEARS.map(({ year }) => year);
    assert.deepEqual(
      years.slice(0, 23),
      Array.from({ length: 23 }, (_, i) => 2004 + i),
    );
    assert.deepEqual(
      years,
      [...years].sort((a, b) => a - b),
    );
  });

  for (const { year, holidays, makeUpDays } of YEARS) {
    it(`${year} › its days are of that year, its make-up days weekends, and no day is both`, () => {
      const days = [...Object.keys(holidays), ...Object.keys(makeUpDays)];
      for (const day of days) {
        assert.ok(isDay(day), day);
        assert.equal(yearOf(day), year, day);
      }
      assert.equal(new Set(days).size, days.length);
      for (const day of Object.keys(makeUpDays)) assert.ok([0, 6].includes(weekdayOf(day)), day);
      assert.ok(Object.keys(holidays).length >= 20);
      assert.ok(holidays[`${year}-01-01`] && holidays[`${year}-10-01`] && holidays[`${year}-05-01`]);
    });
  }

  it('names › are in both languages', () => {
    const names = YEARS.flatMap(({ holidays, makeUpDays }) => [
      ...Object.values(holidays),
      ...Object.values(makeUpDays),
    ]);
    for (const { zh, en } of names) {
      assert.match(zh, /^\p{Script=Han}/u);
      assert.match(en, /^[A-Z0-9]/);
    }
  });

  /** From the State Council's notices: days off by festival, weekends among them included. */
  const FESTIVALS: readonly [from: string, to: string, name: string][] = [
    ['2024-02-10', '2024-02-17', '春节'],
    ['2024-04-04', '2024-04-06', '清明'],
    ['2024-05-01', '2024-05-05', '劳动节'],
    ['2024-06-10', '2024-06-10', '端午'],
    ['2024-09-15', '2024-09-17', '中秋'],
    ['2024-10-01', '2024-10-07', '国庆节'],
    ['2025-01-01', '2025-01-01', '元旦'],
    ['2025-01-28', '2025-02-04', '春节'],
    ['2025-04-04', '2025-04-06', '清明'],
    ['2025-05-01', '2025-05-05', '劳动节'],
    ['2025-05-31', '2025-06-02', '端午'],
    ['2026-01-01', '2026-01-03', '元旦'],
    ['2026-02-15', '2026-02-23', '春节'],
    ['2026-04-04', '2026-04-06', '清明'],
    ['2026-05-01', '2026-05-05', '劳动节'],
    ['2026-06-19', '2026-06-21', '端午'],
    ['2026-09-25', '2026-09-27', '中秋'],
    ['2026-10-01', '2026-10-07', '国庆节'],
  ];
  const holidays = new Map(YEARS.flatMap((year) => Object.entries(year.holidays)));
  for (const [from, to, name] of FESTIVALS) {
    it(`${name} › ${from} to ${to} › and not a day more`, () => {
      for (let day = from; day <= to; day = addDays(day, 1)) assert.equal(holidays.get(day)?.zh, name, day);
      assert.notEqual(holidays.get(addDays(from, -1))?.zh, name);
      assert.notEqual(holidays.get(addDays(to, 1))?.zh, name);
    });
  }

  it('2025 › National Day and Mid-Autumn are eight days together', () => {
    for (let day = '2025-10-01'; day <= '2025-10-08'; day = addDays(day, 1))
      assert.ok(holidays.has(day), day);
    assert.ok(!holidays.has('2025-10-09'));
  });
});
