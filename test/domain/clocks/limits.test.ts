import assert from 'node:assert/strict';
import {
  countedAfter,
  dueDate,
  dueDateAfter,
  type DueDate,
  type OfficeDay,
  type TimeLimit,
} from '../../../src/domain/clocks/due-date.ts';
import { workingCalendar } from '../../../src/domain/clocks/working-calendar.ts';
import { CHINA, on, wallOf } from '../../support/builders.ts';
import { chinaCalendarYears } from '../../../src/platform/calendar/china-calendar.ts';

const OFFICE: OfficeDay = { closesAt: '17:30' };
const LATE: OfficeDay = { closesAt: '17:30', lateFrom: '22:00' };

const limit = (amount: number, unit: TimeLimit['unit'], patch: Partial<TimeLimit> = {}): TimeLimit => ({
  amount,
  unit,
  ...patch,
});
const hours = (amount: number, rollsOver = false): TimeLimit =>
  rollsOver ? limit(amount, 'hours', { rollsOver }) : limit(amount, 'hours');

type Row = readonly [receivedAt: string, limit: TimeLimit, dueAt: string, why: string];

function table(name: string, office: OfficeDay, rows: readonly Row[]): void {
  describe(`limits › ${name}`, () => {
    for (const [receivedAt, each, dueAt, why] of rows) {
      it(`${receivedAt} › ${each.amount} ${each.unit} › ${dueAt} (${why})`, () => {
        assert.equal(wallOf(dueDate(on(receivedAt), each, CHINA, office).dueAt), dueAt);
      });
    }
  });
}

table('hours run from the minute, day and night', OFFICE, [
  ['2026-09-23 10:00', hours(2), '2026-09-23 12:00', 'the same morning'],
  ['2026-09-23 23:30', hours(1), '2026-09-24 00:30', 'past midnight'],
  ['2026-09-23 10:17', hours(24), '2026-09-24 10:17', 'a day later to the minute'],
  ['2026-09-25 09:00', hours(24), '2026-09-26 09:00', 'Mid-Autumn: hours know no holidays'],
  ['2026-09-30 16:00', hours(168), '2026-10-07 16:00', 'seven days to the hour'],
  ['2026-12-31 23:59', hours(1), '2027-01-01 00:59', 'into a year that is not loaded: no guess is needed'],
  ['2026-09-25 09:00', hours(24, true), '2026-09-28 09:00', 'Sat 26 is off: carried to Mon at the same time'],
  ['2026-10-09 15:00', hours(24, true), '2026-10-10 15:00', 'Sat 10 Oct works'],
  ['2026-10-10 15:00', hours(24, true), '2026-10-12 15:00', 'Sun 11 Oct is off'],
]);

table('what comes late counts as come tomorrow', LATE, [
  ['2026-09-21 21:59', limit(1, 'workingDays'), '2026-09-22 17:30', 'a minute before'],
  ['2026-09-21 22:00', limit(1, 'workingDays'), '2026-09-23 17:30', 'at ten'],
  ['2026-09-21 23:59', limit(1, 'workingDays'), '2026-09-23 17:30', 'the last minute'],
  ['2026-09-22 00:00', limit(1, 'workingDays'), '2026-09-23 17:30', 'midnight: the same day as at ten'],
  ['2026-09-24 22:30', limit(1, 'workingDays'), '2026-09-28 17:30', 'counts as come on Fri 25, off: Mon 28'],
  ['2026-09-21 22:00', limit(7, 'calendarDays'), '2026-09-29 17:30', 'from Tue 22: Tue 29'],
  ['2026-09-21 22:30', hours(2), '2026-09-22 02:00', 'hours begin at midnight'],
  ['2026-09-21 21:30', hours(2), '2026-09-21 23:30', 'an hour that ends late is not late'],
]);

const counted = { countsFirstDay: true };
table('some rules count the day of receipt', OFFICE, [
  ['2026-09-21 10:00', limit(1, 'workingDays', counted), '2026-09-21 17:30', 'Mon itself'],
  [
    '2026-09-21 10:00',
    limit(10, 'workingDays', counted),
    '2026-10-10 17:30',
    'four, three, 8, 9 and Sat 10, which works',
  ],
  [
    '2026-09-25 10:00',
    limit(1, 'workingDays', counted),
    '2026-09-28 17:30',
    'received in the holiday: Mon 28',
  ],
  ['2026-09-21 10:00', limit(7, 'calendarDays', counted), '2026-09-28 17:30', 'Sun 27 is off: Mon 28'],
  ['2026-09-22 10:00', limit(7, 'calendarDays', counted), '2026-09-28 17:30', 'Tue to Mon'],
]);

const plain = { rollsOver: false };
table('a limit that is not carried ends where it ends', OFFICE, [
  ['2026-09-24 10:00', limit(7, 'calendarDays', plain), '2026-10-01 17:30', 'National Day'],
  ['2026-09-19 10:00', limit(7, 'calendarDays', plain), '2026-09-26 17:30', 'a Saturday'],
  ['2026-08-02 10:00', limit(60, 'calendarDays', plain), '2026-10-01 17:30', 'the sixtieth day'],
  ['2026-12-10 10:00', limit(30, 'calendarDays', plain), '2027-01-09 17:30', 'a Saturday of next year'],
]);

describe('limits › provisional', () => {
  const rows = [
    ['2026-12-10 10:00', limit(30, 'calendarDays', plain), false, 'days of the calendar need no holidays'],
    ['2026-12-10 10:00', limit(30, 'calendarDays'), true, 'carried over a year that is not loaded'],
    ['2026-12-31 23:00', hours(5), false, 'hours'],
    ['2026-12-31 23:00', hours(5, true), true, 'hours that may be carried'],
    ['2026-12-30 10:00', limit(2, 'workingDays'), true, 'Thu 31, then a guess'],
  ] as const;
  for (const [receivedAt, each, isProvisional, why] of rows) {
    it(`${receivedAt} › ${each.amount} ${each.unit} › ${isProvisional} (${why})`, () => {
      assert.equal(dueDate(on(receivedAt), each, CHINA, OFFICE).isProvisional, isProvisional);
    });
  }
});

describe('limits › days that are left out', () => {
  const spoken = ({ arithmetic }: DueDate): string[] =>
    arithmetic.map(
      ({ from, to, isCounted, why }) => `${from.slice(5)}..${to.slice(5)} ${isCounted ? '+' : '-'}${why}`,
    );

  it('30 days of a second review › a hearing of four days › end four days later', () => {
    const hearing = [{ from: '2026-06-08', to: '2026-06-11' }];
    const due = dueDateAfter('2026-06-01', limit(30, 'calendarDays'), CHINA, '17:30', hearing);
    assert.equal(due.dueOn, '2026-07-06');
    assert.deepEqual(spoken(due), [
      '06-02..06-07 +calendarDay',
      '06-08..06-11 -hearing',
      '06-12..07-04 +calendarDay',
      '07-05..07-05 -weekend',
      '07-06..07-06 +rolledOver',
    ]);
  });

  it('without a hearing › the same review is due four days earlier', () => {
    assert.equal(dueDateAfter('2026-06-01', limit(30, 'calendarDays'), CHINA, '17:30').dueOn, '2026-07-01');
  });

  it('a hearing on a day off › costs working days nothing', () => {
    const weekend = [{ from: '2026-06-06', to: '2026-06-07' }];
    const due = dueDateAfter('2026-06-04', limit(2, 'workingDays'), CHINA, '17:30', weekend);
    assert.equal(due.dueOn, '2026-06-08');
  });
});

describe('limits › what is left of a sum', () => {
  const due = dueDateAfter('2026-09-24', limit(7, 'calendarDays'), CHINA, '17:30');
  const rows = [
    ['2026-09-24', 7, 'all of it'],
    ['2026-09-28', 3, 'Tue, Wed and the day it was carried to'],
    ['2026-09-30', 1, 'the holiday is not left, the carried day is'],
    ['2026-10-05', 1, 'within the holiday'],
    ['2026-10-08', 0, 'the due day is over'],
  ] as const;
  for (const [day, left, why] of rows) {
    it(`after ${day} › ${left} (${why})`, () => assert.equal(countedAfter(due, day), left));
  }
});

describe('limits › the town’s own days', () => {
  const typhoon = { zh: '台风停工', en: 'Typhoon' };
  const town = workingCalendar('Asia/Shanghai', chinaCalendarYears(), [
    { day: '2026-07-22', isWorking: false, name: typhoon },
    { day: '2026-07-25', isWorking: true, name: { zh: '台风补班', en: 'Made up for the typhoon' } },
    { day: '2026-10-10', isWorking: false, name: { zh: '本地节日', en: 'Local festival' } },
  ]);

  it('a day off › is not counted, with its reason', () => {
    const due = dueDateAfter('2026-07-21', limit(1, 'workingDays'), town, '17:30');
    assert.equal(due.dueOn, '2026-07-23');
    assert.deepEqual([due.arithmetic[0]?.why, due.arithmetic[0]?.name], ['townDay', typhoon]);
  });

  it('a Saturday that is worked for it › is', () => {
    assert.equal(dueDateAfter('2026-07-24', limit(1, 'workingDays'), town, '17:30').dueOn, '2026-07-25');
  });

  it('has the last word over the year’s notice', () => {
    assert.equal(dueDateAfter('2026-10-09', limit(1, 'workingDays'), town, '17:30').dueOn, '2026-10-12');
  });
});
