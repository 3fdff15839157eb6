import assert from 'node:assert/strict';
import {
  addDays,
  dayOf,
  daysBetween,
  instantOf,
  isDay,
  timeOf,
  weekdayOf,
  yearOf,
} from '../../../src/domain/clocks/zoned-day.ts';

const WALL_CLOCKS: readonly [instant: string, zone: string, day: string, time: string][] = [
  ['2026-09-24T15:59Z', 'Asia/Shanghai', '2026-09-24', '23:59'],
  ['2026-09-24T16:00Z', 'Asia/Shanghai', '2026-09-25', '00:00'],
  ['2025-12-31T16:00Z', 'Asia/Shanghai', '2026-01-01', '00:00'],
  ['2026-01-01T00:00Z', 'UTC', '2026-01-01', '00:00'],
  ['2026-03-08T06:59Z', 'America/New_York', '2026-03-08', '01:59'],
  ['2026-03-08T07:00Z', 'America/New_York', '2026-03-08', '03:00'],
  ['2026-07-06T18:15Z', 'Asia/Kathmandu', '2026-07-07', '00:00'],
  ['2026-09-30T23:00Z', 'Pacific/Kiritimati', '2026-10-01', '13:00'],
  ['2026-10-01T01:00Z', 'Pacific/Pago_Pago', '2026-09-30', '14:00'],
  ['1988-07-01T00:00Z', 'Asia/Shanghai', '1988-07-01', '09:00'],
];

const INSTANTS: readonly [day: string, time: string, zone: string, instant: string, why: string][] = [
  ['2026-09-24', '17:30', 'Asia/Shanghai', '2026-09-24T09:30Z', 'close of business'],
  ['2026-09-24', '00:00', 'Asia/Shanghai', '2026-09-23T16:00Z', 'midnight'],
  ['2026-07-07', '09:00', 'Asia/Kathmandu', '2026-07-07T03:15Z', 'a quarter of an hour'],
  ['2026-10-01', '09:00', 'Pacific/Kiritimati', '2026-09-30T19:00Z', 'fourteen hours ahead'],
  ['2026-03-06', '17:30', 'America/New_York', '2026-03-06T22:30Z', 'winter time'],
  ['2026-03-09', '17:30', 'America/New_York', '2026-03-09T21:30Z', 'summer time'],
  ['2026-03-08', '01:59', 'America/New_York', '2026-03-08T06:59Z', 'the minute before the gap'],
  ['2026-03-08', '03:00', 'America/New_York', '2026-03-08T07:00Z', 'the minute after the gap'],
  ['2026-03-08', '02:30', 'America/New_York', '2026-03-08T07:30Z', 'skipped: just after the gap'],
  ['2026-09-27', '02:30', 'Pacific/Auckland', '2026-09-26T14:30Z', 'skipped: just after the gap'],
  ['2026-11-01', '01:30', 'America/New_York', '2026-11-01T05:30Z', 'twice: the first of them'],
];

describe('zoned day › wall clock', () => {
  for (const [instant, zone, day, time] of WALL_CLOCKS) {
    it(`${instant} › in ${zone} › ${day} ${time}`, () => {
      assert.deepEqual([dayOf(new Date(instant), zone), timeOf(new Date(instant), zone)], [day, time]);
    });
  }

  for (const [day, time, zone, instant, why] of INSTANTS) {
    it(`${day} ${time} › in ${zone} › ${instant} (${why})`, () => {
      assert.equal(instantOf(day, time, zone).toISOString(), new Date(instant).toISOString());
    });
  }
});

describe('zoned day › reckoning', () => {
  it('days › added and taken away › cross months, years and leap days', () => {
    assert.equal(addDays('2026-12-31', 1), '2027-01-01');
    assert.equal(addDays('2024-02-28', 1), '2024-02-29');
    assert.equal(addDays('2026-03-01', -1), '2026-02-28');
    assert.equal(daysBetween('2024-02-28', '2024-03-01'), 2);
    assert.equal(daysBetween('2026-09-24', '2026-09-21'), -3);
  });

  it('weekday and year › of 20 Sep 2026 › are Sunday and 2026', () => {
    assert.deepEqual([weekdayOf('2026-09-20'), yearOf('2026-09-20')], [0, 2026]);
  });

  for (const [text, expected] of [
    ['2026-09-24', true],
    ['2024-02-29', true],
    ['2026-02-29', false],
    ['2026-02-30', false],
    ['2026-13-01', false],
    ['2026-00-10', false],
    ['2026-9-24', false],
    ['20260924', false],
    ['2026-09-24T00:00', false],
    ['', false],
  ] as const) {
    it(`'${text}' › ${expected ? 'is' : 'is not'} a day`, () => assert.equal(isDay(text), expected));
  }
});
