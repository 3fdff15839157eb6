import assert from 'node:assert/strict';
import { dueDate, dueDateAfter, type DueDate, type TimeLimit } from '../../../src/domain/clocks/due-date.ts';
import { addDays, daysBetween, weekdayOf, yearOf } from '../../../src/domain/clocks/zoned-day.ts';
import { CHINA, weekendsOnly } from '../../support/builders.ts';

/** `5 wd`: five working days; `7 cd`: seven calendar days that end on a working day. */
type Limit = `${number} ${'wd' | 'cd'}`;

function limitOf(limit: Limit): TimeLimit {
  const [amount, unit] = limit.split(' ');
  return { amount: Number(amount), unit: unit === 'wd' ? 'workingDays' : 'calendarDays' };
}

const CLOSES = '17:30';
const OFFICE = { closesAt: CLOSES };

/** Worked out by hand from the State Council's yearly notices, with a calendar on the wall. */
const ROWS: readonly [receivedAt: string, limit: Limit, dueOn: string, why: string][] = [
  // Spring Festival
  ['2004-01-16T10:00+08:00', '5 wd', '2004-01-21', 'Fri; Sat 17 and Sun 18 work: five days in a row to Wed'],
  ['2004-01-21T10:00+08:00', '1 wd', '2004-01-29', 'Wed before 22–28 Jan off: Thu 29'],
  ['2006-01-27T10:00+08:00', '2 wd', '2006-02-05', 'Fri; Sat 28 works, 29 Jan–4 Feb off, Sun 5 works'],
  ['2013-02-08T10:00+08:00', '2 wd', '2013-02-17', 'Fri; 9–15 off, Sat 16 and Sun 17 both work'],
  ['2020-01-23T10:00+08:00', '1 wd', '2020-02-03', 'Thu; the holiday of 2020 was prolonged to Sun 2 Feb'],
  ['2021-02-05T10:00+08:00', '5 wd', '2021-02-18', 'Fri; Sun 7 works, Mon–Wed, 11–17 off, Thu 18'],
  ['2023-01-20T10:00+08:00', '3 wd', '2023-01-30', 'Fri; 21–27 off, Sat 28 and Sun 29 work, Mon 30'],
  ['2024-02-02T10:00+08:00', '5 wd', '2024-02-08', 'Fri; Sat 3 off, Sun 4 works, Mon–Thu'],
  [
    '2024-02-07T10:00+08:00',
    '5 wd',
    '2024-02-20',
    'Wed; Thu, Fri 9 works, 10–17 off, Sun 18 works, Mon, Tue',
  ],
  ['2024-02-09T10:00+08:00', '1 wd', '2024-02-18', 'New Year’s Eve, Fri; the next working day is Sun 18'],
  ['2024-02-12T10:00+08:00', '1 wd', '2024-02-18', 'received in the holiday: Sun 18'],
  [
    '2025-01-23T10:00+08:00',
    '5 wd',
    '2025-02-06',
    'Thu; Fri, Sun 26 works, Mon 27, 28 Jan–4 Feb off, Wed, Thu',
  ],
  ['2025-01-27T10:00+08:00', '5 wd', '2025-02-10', 'Mon; Wed 5, Thu, Fri, Sat 8 works, Sun off, Mon 10'],
  ['2026-02-12T10:00+08:00', '5 wd', '2026-02-26', 'Thu; Fri, Sat 14 works, 15–23 off, Tue, Wed, Thu'],
  [
    '2026-02-14T10:00+08:00',
    '5 wd',
    '2026-02-28',
    'received on a worked Sat; Tue 24 to Fri 27, Sat 28 works',
  ],
  ['2026-02-27T10:00+08:00', '2 wd', '2026-03-02', 'Fri; Sat 28 works, Sun off, Mon 2 Mar'],
  // Tomb-sweeping, Labour Day, Dragon Boat, Mid-Autumn
  ['2024-04-03T10:00+08:00', '1 wd', '2024-04-07', 'Wed; Thu–Sat off, Sun 7 works'],
  ['2024-04-03T10:00+08:00', '5 wd', '2024-04-11', 'Wed; Sun 7, then Mon–Thu'],
  ['2025-04-03T10:00+08:00', '1 wd', '2025-04-07', 'Thu; Fri–Sun off, Mon 7'],
  ['2026-04-03T10:00+08:00', '1 wd', '2026-04-07', 'Fri; Sat–Mon off, Tue 7'],
  ['2024-04-26T10:00+08:00', '2 wd', '2024-04-29', 'Fri; Sat 27 off, Sun 28 works, Mon 29'],
  ['2024-04-30T10:00+08:00', '6 wd', '2024-05-11', 'Tue; 1–5 off, Mon–Fri, Sat 11 works'],
  ['2025-04-25T10:00+08:00', '5 wd', '2025-05-06', 'Fri; Sun 27 works, Mon–Wed, 1–5 off, Tue 6'],
  ['2026-04-30T10:00+08:00', '5 wd', '2026-05-11', 'Thu; 1–5 off, Wed–Fri, Sat 9 works, Sun off, Mon 11'],
  ['2024-06-06T10:00+08:00', '2 wd', '2024-06-11', 'Thu; Fri, weekend, Mon 10 off, Tue 11'],
  ['2025-05-30T10:00+08:00', '1 wd', '2025-06-03', 'Fri; 31 May–2 Jun off, Tue 3'],
  ['2026-06-15T10:00+08:00', '5 wd', '2026-06-23', 'Mon; Tue–Thu, 19–21 off, Mon, Tue'],
  ['2024-09-12T10:00+08:00', '5 wd', '2024-09-20', 'Thu; Fri, Sat 14 works, 15–17 off, Wed–Fri'],
  ['2015-09-02T10:00+08:00', '1 wd', '2015-09-06', 'Wed; 3–5 Sep 2015 off for the parade, Sun 6 works'],
  // National Day
  ['2009-09-25T10:00+08:00', '5 wd', '2009-10-09', 'Fri; Sun 27 works, Mon–Wed, 1–8 off, Fri 9'],
  ['2020-09-30T10:00+08:00', '2 wd', '2020-10-10', 'Wed; 1–8 off, Fri 9, Sat 10 works'],
  ['2022-09-30T10:00+08:00', '5 wd', '2022-10-12', 'Fri; 1–7 off, Sat 8 and Sun 9 work, Mon–Wed'],
  ['2023-09-28T10:00+08:00', '2 wd', '2023-10-08', 'Thu; 29 Sep–6 Oct off, Sat 7 and Sun 8 work'],
  ['2024-09-27T10:00+08:00', '5 wd', '2024-10-10', 'Fri; Sun 29 works, Mon 30, 1–7 off, Tue–Thu'],
  ['2024-09-30T10:00+08:00', '5 wd', '2024-10-12', 'Mon; 1–7 off, Tue–Fri, Sat 12 works'],
  ['2025-09-26T10:00+08:00', '3 wd', '2025-09-30', 'Fri; Sun 28 works, Mon, Tue'],
  [
    '2025-09-26T10:00+08:00',
    '7 wd',
    '2025-10-13',
    'as before, 1–8 off, Thu, Fri, Sat 11 works, Sun off, Mon',
  ],
  ['2026-09-18T10:00+08:00', '5 wd', '2026-09-24', 'Fri; Sat off, Sun 20 works, Mon–Thu'],
  ['2026-09-24T10:00+08:00', '7 wd', '2026-10-12', 'Thu; the example of the design page'],
  ['2026-09-30T10:00+08:00', '5 wd', '2026-10-13', 'Wed; 1–7 off, Thu, Fri, Sat 10 works, Sun off, Mon, Tue'],
  ['2026-10-03T10:00+08:00', '1 wd', '2026-10-08', 'received in the holiday: Thu 8'],
  ['2019-04-30T10:00+08:00', '1 wd', '2019-05-05', 'Tue; 1–4 off, Sun 5 works'],
  ['2019-09-30T10:00+08:00', '2 wd', '2019-10-09', 'Mon; 1–7 off, Tue 8, Wed 9'],
  ['2020-04-30T10:00+08:00', '1 wd', '2020-05-06', 'Thu; 1–5 off, Wed 6'],
  ['2020-06-24T10:00+08:00', '2 wd', '2020-06-29', 'Wed; 25–27 off, Sun 28 works, Mon 29'],
  ['2021-09-17T10:00+08:00', '1 wd', '2021-09-18', 'Fri; Sat 18 works'],
  ['2021-09-30T10:00+08:00', '2 wd', '2021-10-09', 'Thu; 1–7 off, Fri 8, Sat 9 works'],
  ['2022-01-28T10:00+08:00', '3 wd', '2022-02-07', 'Fri; Sat 29, Sun 30 work, 31 Jan–6 Feb off'],
  ['2022-04-29T10:00+08:00', '1 wd', '2022-05-05', 'Fri; 30 Apr–4 May off, Thu 5'],
  ['2023-04-28T10:00+08:00', '1 wd', '2023-05-04', 'Fri; 29 Apr–3 May off, Thu 4'],
  ['2023-06-21T10:00+08:00', '1 wd', '2023-06-25', 'Wed; 22–24 off, Sun 25 works'],
  // The turn of the year
  ['2006-12-29T10:00+08:00', '3 wd', '2007-01-04', 'Fri; Sat 30 and Sun 31 work, 1–3 Jan off, Thu 4'],
  ['2007-12-28T10:00+08:00', '2 wd', '2008-01-02', 'Fri; Sat 29 works, 30 Dec–1 Jan off, Wed 2'],
  ['2012-12-31T10:00+08:00', '5 wd', '2013-01-08', 'Mon; 1–3 off, Fri 4, Sat 5 and Sun 6 work, Mon, Tue'],
  ['2018-12-28T10:00+08:00', '2 wd', '2019-01-02', 'Fri; Sat 29 works, 30 Dec–1 Jan off, Wed 2'],
  ['2022-12-30T10:00+08:00', '1 wd', '2023-01-03', 'Fri; 31 Dec–2 Jan off, Tue 3'],
  ['2023-12-29T10:00+08:00', '1 wd', '2024-01-02', 'Fri; 30 Dec–1 Jan off, Tue 2'],
  ['2024-12-30T10:00+08:00', '2 wd', '2025-01-02', 'Mon; Tue 31, Wed 1 off, Thu 2'],
  ['2025-12-29T10:00+08:00', '5 wd', '2026-01-06', 'Mon; Tue, Wed, 1–3 off, Sun 4 works, Mon, Tue'],
  ['2026-12-28T10:00+08:00', '3 wd', '2026-12-31', 'Mon; Tue, Wed, Thu: all within a known year'],
  // A minute before and after the town's midnight, however the instant is written
  ['2026-09-28T23:59+08:00', '1 wd', '2026-09-29', 'still Mon in town'],
  ['2026-09-29T00:01+08:00', '1 wd', '2026-09-30', 'already Tue in town'],
  ['2026-09-28T15:59Z', '1 wd', '2026-09-29', 'the same minute before midnight, in UTC'],
  ['2026-09-28T16:01Z', '1 wd', '2026-09-30', 'the same minute after midnight, in UTC'],
  ['2026-09-28T11:59-04:00', '1 wd', '2026-09-29', 'the same, seen from New York'],
  ['2026-09-29T06:01+14:00', '1 wd', '2026-09-30', 'the same, seen from Kiritimati'],
  ['2025-12-31T23:59+08:00', '1 wd', '2026-01-04', 'Wed, the last minute of the year; 1–3 off, Sun 4 works'],
  ['2026-01-01T00:01+08:00', '1 wd', '2026-01-04', 'the first minute of the year is a holiday'],
  ['2026-10-09T23:59+08:00', '1 wd', '2026-10-10', 'Fri; Sat 10 works'],
  ['2026-10-10T00:01+08:00', '1 wd', '2026-10-12', 'Sat, worked; Sun off, Mon 12'],
  // Calendar days: the last day rolls over a day off
  ['2026-09-21T10:00+08:00', '7 cd', '2026-09-28', 'Mon to Mon: nothing rolls, though holidays lie between'],
  ['2026-09-18T10:00+08:00', '7 cd', '2026-09-28', 'Fri 25 is Mid-Autumn: rolls over the weekend to Mon'],
  ['2026-09-24T10:00+08:00', '7 cd', '2026-10-08', 'Thu 1 Oct: rolls to Thu 8'],
  ['2026-10-03T10:00+08:00', '7 cd', '2026-10-10', 'ends on Sat 10, which works'],
  ['2026-10-04T10:00+08:00', '7 cd', '2026-10-12', 'ends on Sun 11: rolls to Mon'],
  ['2026-02-08T10:00+08:00', '7 cd', '2026-02-24', 'ends on Sun 15, the first of nine days off: Tue 24'],
  ['2026-02-07T10:00+08:00', '7 cd', '2026-02-14', 'ends on Sat 14, which works'],
  ['2025-12-27T10:00+08:00', '7 cd', '2026-01-04', 'ends on Sat 3 Jan: rolls to Sun 4, which works'],
  ['2024-02-22T10:00+08:00', '7 cd', '2024-02-29', 'the leap day'],
  ['2026-11-20T10:00+08:00', '1 cd', '2026-11-23', 'Fri; Sat rolls to Mon'],
  ['2026-04-20T10:00+08:00', '15 cd', '2026-05-06', 'ends on Tue 5 May, off: Wed 6'],
  ['2026-08-02T10:00+08:00', '60 cd', '2026-10-08', 'the sixtieth day is 1 Oct'],
  ['2026-09-30T23:59+08:00', '1 cd', '2026-10-08', 'the next day is 1 Oct'],
];

/** Years without a published table: Monday to Friday, and said to be so. */
const PROVISIONAL: readonly [
  receivedAt: string,
  limit: Limit,
  dueOn: string,
  isProvisional: boolean,
  why: string,
][] = [
  ['2026-12-31T10:00+08:00', '1 wd', '2027-01-01', true, 'New Year 2027 is not known: taken for a Friday'],
  ['2026-12-30T10:00+08:00', '5 wd', '2027-01-06', true, 'Thu, then Fri 1 Jan, Mon–Wed assumed'],
  [
    '2027-02-05T10:00+08:00',
    '1 wd',
    '2027-02-08',
    true,
    'Spring Festival 2027 is not known: taken for a Monday',
  ],
  ['2026-12-30T10:00+08:00', '1 wd', '2026-12-31', false, 'ends within 2026'],
  ['2026-12-10T10:00+08:00', '30 cd', '2027-01-11', true, 'Sat 9 Jan rolls to Mon 11'],
  ['2026-12-01T10:00+08:00', '30 cd', '2026-12-31', false, 'Thu 31 Dec'],
  ['2003-07-01T10:00+08:00', '5 wd', '2003-07-08', true, 'before the tables: Tue to Tue'],
  [
    '2003-12-29T10:00+08:00',
    '5 wd',
    '2004-01-06',
    true,
    'Tue, Wed of 2003 assumed; 1 Jan off, Fri, Mon, Tue',
  ],
  [
    '2003-12-31T10:00+08:00',
    '2 wd',
    '2004-01-05',
    false,
    'only days of 2004 are judged: 1 Jan off, Fri, Mon',
  ],
];

const ZONES: readonly [
  zone: string,
  receivedAt: string,
  limit: Limit,
  dueOn: string,
  dueAt: string,
  why: string,
][] = [
  ['America/New_York', '2026-03-06T04:59Z', '1 wd', '2026-03-06', '2026-03-06T22:30Z', 'Thu 23:59, winter'],
  [
    'America/New_York',
    '2026-03-06T05:01Z',
    '1 wd',
    '2026-03-09',
    '2026-03-09T21:30Z',
    'Fri 00:01; due in summer time',
  ],
  [
    'America/New_York',
    '2026-03-05T17:00Z',
    '7 cd',
    '2026-03-12',
    '2026-03-12T21:30Z',
    'a week with 167 hours',
  ],
  ['America/New_York', '2026-07-07T03:59Z', '1 wd', '2026-07-07', '2026-07-07T21:30Z', 'Mon 23:59, summer'],
  ['America/New_York', '2026-07-07T04:01Z', '1 wd', '2026-07-08', '2026-07-08T21:30Z', 'Tue 00:01, summer'],
  [
    'America/New_York',
    '2026-10-31T03:59Z',
    '1 wd',
    '2026-11-02',
    '2026-11-02T22:30Z',
    'Fri 23:59; due in winter time',
  ],
  [
    'America/New_York',
    '2026-10-29T17:00Z',
    '7 cd',
    '2026-11-05',
    '2026-11-05T22:30Z',
    'a week with 169 hours',
  ],
  ['UTC', '2026-07-06T23:59Z', '1 wd', '2026-07-07', '2026-07-07T17:30Z', 'Mon 23:59'],
  ['UTC', '2026-07-07T00:01Z', '1 wd', '2026-07-08', '2026-07-08T17:30Z', 'Tue 00:01'],
  ['Asia/Kathmandu', '2026-07-06T18:14Z', '1 wd', '2026-07-07', '2026-07-07T11:45Z', 'Mon 23:59 at +05:45'],
  ['Asia/Kathmandu', '2026-07-06T18:16Z', '1 wd', '2026-07-08', '2026-07-08T11:45Z', 'Tue 00:01 at +05:45'],
  ['Pacific/Auckland', '2026-04-02T10:59Z', '1 wd', '2026-04-03', '2026-04-03T04:30Z', 'Thu 23:59, summer'],
  [
    'Pacific/Auckland',
    '2026-04-02T11:01Z',
    '1 wd',
    '2026-04-06',
    '2026-04-06T05:30Z',
    'Fri 00:01; due in winter time',
  ],
  ['Pacific/Auckland', '2026-09-24T11:59Z', '1 wd', '2026-09-25', '2026-09-25T05:30Z', 'Thu 23:59, winter'],
  [
    'Pacific/Auckland',
    '2026-09-24T12:01Z',
    '1 wd',
    '2026-09-28',
    '2026-09-28T04:30Z',
    'Fri 00:01; due in summer time',
  ],
];

/** All of 调休 in eight years: a letter of the day before, with one working day to answer, is due that very day. */
const MAKE_UP_DAYS: readonly [day: string, weekday: 'Sat' | 'Sun'][] = [
  ['2019-02-02', 'Sat'],
  ['2019-02-03', 'Sun'],
  ['2019-04-28', 'Sun'],
  ['2019-05-05', 'Sun'],
  ['2019-09-29', 'Sun'],
  ['2019-10-12', 'Sat'],
  ['2020-01-19', 'Sun'],
  ['2020-04-26', 'Sun'],
  ['2020-05-09', 'Sat'],
  ['2020-06-28', 'Sun'],
  ['2020-09-27', 'Sun'],
  ['2020-10-10', 'Sat'],
  ['2021-02-07', 'Sun'],
  ['2021-02-20', 'Sat'],
  ['2021-04-25', 'Sun'],
  ['2021-05-08', 'Sat'],
  ['2021-09-18', 'Sat'],
  ['2021-09-26', 'Sun'],
  ['2021-10-09', 'Sat'],
  ['2022-01-29', 'Sat'],
  ['2022-01-30', 'Sun'],
  ['2022-04-02', 'Sat'],
  ['2022-04-24', 'Sun'],
  ['2022-05-07', 'Sat'],
  ['2022-10-08', 'Sat'],
  ['2022-10-09', 'Sun'],
  ['2023-01-28', 'Sat'],
  ['2023-01-29', 'Sun'],
  ['2023-04-23', 'Sun'],
  ['2023-05-06', 'Sat'],
  ['2023-06-25', 'Sun'],
  ['2023-10-07', 'Sat'],
  ['2023-10-08', 'Sun'],
  ['2024-02-04', 'Sun'],
  ['2024-02-18', 'Sun'],
  ['2024-04-07', 'Sun'],
  ['2024-04-28', 'Sun'],
  ['2024-05-11', 'Sat'],
  ['2024-09-14', 'Sat'],
  ['2024-09-29', 'Sun'],
  ['2024-10-12', 'Sat'],
  ['2025-01-26', 'Sun'],
  ['2025-02-08', 'Sat'],
  ['2025-04-27', 'Sun'],
  ['2025-09-28', 'Sun'],
  ['2025-10-11', 'Sat'],
  ['2026-01-04', 'Sun'],
  ['2026-02-14', 'Sat'],
  ['2026-02-28', 'Sat'],
  ['2026-05-09', 'Sat'],
  ['2026-09-20', 'Sun'],
  ['2026-10-10', 'Sat'],
];

/** The sum as a person would read it: `25–27 holiday 中秋`. */
const spoken = (due: DueDate): string[] =>
  due.arithmetic.map(
    ({ from, to, days, isCounted, why, name }) =>
      `${from.slice(5)}..${to.slice(5)} ${isCounted ? `+${days}` : `(${days})`} ${why}${name ? ` ${name.zh}` : ''}`,
  );

describe('due date › in a Chinese town', () => {
  it('the tables › are not shortened by accident', () =>
    assert.ok(ROWS.length + PROVISIONAL.length + MAKE_UP_DAYS.length + ZONES.length >= 150));

  for (const [receivedAt, limit, dueOn, why] of ROWS) {
    it(`${receivedAt} › ${limit} › ${dueOn} (${why})`, () => {
      const due = dueDate(new Date(receivedAt), limitOf(limit), CHINA, OFFICE);
      assert.equal(due.dueOn, dueOn);
      assert.equal(due.dueAt.toISOString(), new Date(`${dueOn}T${CLOSES}+08:00`).toISOString());
      assert.equal(due.isProvisional, false);
    });
  }

  for (const [receivedAt, limit, dueOn, isProvisional, why] of PROVISIONAL) {
    it(`${receivedAt} › ${limit} › ${dueOn}, ${isProvisional ? 'provisional' : 'certain'} (${why})`, () => {
      const due = dueDate(new Date(receivedAt), limitOf(limit), CHINA, OFFICE);
      assert.deepEqual([due.dueOn, due.isProvisional], [dueOn, isProvisional]);
    });
  }

  for (const [day, weekday] of MAKE_UP_DAYS) {
    it(`${weekday} ${day} › a letter of the day before, one working day › is due on this make-up day`, () => {
      assert.equal(weekdayOf(day), weekday === 'Sun' ? 0 : 6);
      const due = dueDateAfter(addDays(day, -1), limitOf('1 wd'), CHINA, CLOSES);
      assert.equal(due.dueOn, day);
      assert.equal(due.arithmetic[0]?.why, 'makeUpDay');
    });
  }

  it('2019 to 2026 › weekend days that are worked › are these and no others', () => {
    const worked: string[] = [];
    for (let day = '2019-01-01'; day <= '2026-12-31'; day = addDays(day, 1)) {
      if (weekdayOf(day) % 6 === 0 && CHINA.kindOf(day).isWorking) worked.push(day);
    }
    assert.deepEqual(
      worked,
      MAKE_UP_DAYS.map(([day]) => day),
    );
  });
});

describe('due date › in other zones', () => {
  for (const [zone, receivedAt, limit, dueOn, dueAt, why] of ZONES) {
    it(`${zone} ${receivedAt} › ${limit} › ${dueOn} (${why})`, () => {
      const due = dueDate(new Date(receivedAt), limitOf(limit), weekendsOnly(zone), OFFICE);
      assert.equal(due.dueOn, dueOn);
      assert.equal(due.dueAt.toISOString(), new Date(dueAt).toISOString());
    });
  }
});

describe('due date › its arithmetic', () => {
  it('7 working days from Thu 24 Sep 2026 › read aloud › is the sum of the design page', () => {
    const due = dueDate(new Date('2026-09-24T10:00+08:00'), limitOf('7 wd'), CHINA, OFFICE);

    assert.equal(due.startedOn, '2026-09-24');
    assert.equal(due.dueOn, '2026-10-12');
    assert.deepEqual(spoken(due), [
      '09-25..09-27 (3) holiday 中秋',
      '09-28..09-30 +3 workday',
      '10-01..10-07 (7) holiday 国庆节',
      '10-08..10-09 +2 workday',
      '10-10..10-10 +1 makeUpDay 国庆节',
      '10-11..10-11 (1) weekend',
      '10-12..10-12 +1 workday',
    ]);
  });

  it('7 calendar days from Thu 24 Sep 2026 › end in the holiday › the seventh day is the one after it', () => {
    const due = dueDate(new Date('2026-09-24T10:00+08:00'), limitOf('7 cd'), CHINA, OFFICE);
    assert.deepEqual(spoken(due), [
      '09-25..09-30 +6 calendarDay',
      '10-01..10-07 (7) holiday 国庆节',
      '10-08..10-08 +1 rolledOver',
    ]);
  });

  it('7 calendar days that end on a working day › are one plain span', () => {
    const due = dueDate(new Date('2026-09-21T10:00+08:00'), limitOf('7 cd'), CHINA, OFFICE);
    assert.deepEqual(spoken(due), ['09-22..09-28 +7 calendarDay']);
  });

  it('a limit that is no whole positive number of days › is a mistake, not an endless search', () => {
    for (const amount of [0, -1, 1.5, Number.NaN]) {
      for (const unit of ['workingDays', 'calendarDays'] as const) {
        assert.throws(() => dueDateAfter('2026-09-24', { amount, unit }, CHINA, CLOSES), RangeError);
      }
    }
  });

  const limits = ['1 wd', '2 wd', '5 wd', '10 wd', '20 wd', '1 cd', '7 cd', '15 cd', '60 cd'] as const;
  for (const limit of limits) {
    it(`${limit} › from every day of 2019 to 2026 › the spans add up, join and end on the due day`, function () {
      this.timeout(60_000);
      let earlier = '';
      for (let day = '2019-01-01'; day <= '2026-12-31'; day = addDays(day, 1)) {
        const due = dueDateAfter(day, limitOf(limit), CHINA, CLOSES);
        assertAddsUp(due);
        assert.ok(due.dueOn >= earlier, `a later letter is not due earlier: ${day}`);
        assert.equal(due.isProvisional, yearOf(due.dueOn) > 2026, day);
        earlier = due.dueOn;
      }
    });
  }
});

/** Redoes the sum without the code under test. */
function assertAddsUp(due: DueDate): void {
  const { startedOn, dueOn, limit, arithmetic } = due;
  const about = `${startedOn} + ${limit.amount} ${limit.unit}`;
  let next = addDays(startedOn, 1);
  let counted = 0;
  for (const span of arithmetic) {
    assert.equal(span.from, next, `${about}: no gap, no overlap`);
    assert.equal(span.days, daysBetween(span.from, span.to) + 1, `${about}: ${span.from} to ${span.to}`);
    if (span.isCounted) counted += span.days;
    next = addDays(span.to, 1);
  }
  assert.equal(next, addDays(dueOn, 1), `${about}: ends on the due day`);
  assert.equal(counted, limit.amount, `${about}: the counted days are the promise`);
  assert.ok(CHINA.kindOf(dueOn).isWorking, `${about}: due on a working day`);

  let working = 0;
  for (let day = addDays(startedOn, 1); day <= dueOn; day = addDays(day, 1)) {
    if (CHINA.kindOf(day).isWorking) working += 1;
  }
  if (limit.unit === 'workingDays') {
    assert.equal(working, limit.amount, `${about}: working days on the wall calendar`);
    return;
  }
  const nominal = addDays(startedOn, limit.amount);
  for (let day = nominal; day < dueOn; day = addDays(day, 1)) {
    assert.ok(!CHINA.kindOf(day).isWorking, `${about}: carried past ${day}, which is worked`);
  }
}
