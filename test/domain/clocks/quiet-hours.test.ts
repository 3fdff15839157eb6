import assert from 'node:assert/strict';
import { afterQuietHours, inWorkingTime } from '../../../src/domain/clocks/quiet-hours.ts';
import { CHINA, on, wallOf } from '../../support/builders.ts';

describe('quiet hours › a message to a telephone', () => {
  for (const [now, sent] of [
    ['2026-09-24 08:00', '2026-09-24 08:00'],
    ['2026-09-24 17:30', '2026-09-24 17:30'],
    ['2026-09-24 20:59', '2026-09-24 20:59'],
    ['2026-09-24 21:00', '2026-09-25 08:00'],
    ['2026-09-24 23:59', '2026-09-25 08:00'],
    ['2026-09-25 00:00', '2026-09-25 08:00'],
    ['2026-09-25 07:59', '2026-09-25 08:00'],
    ['2026-12-31 22:00', '2027-01-01 08:00'],
  ] as const) {
    it(`at ${now} › is sent at ${sent}`, () => {
      assert.equal(wallOf(afterQuietHours(on(now), 'Asia/Shanghai')), sent);
    });
  }

  it('in another zone › follows the town’s clock, not ours', () => {
    // 22:00 in New York the evening before summer time begins; 08:00 is then one hour nearer.
    assert.equal(
      afterQuietHours(new Date('2026-03-08T03:00Z'), 'America/New_York').toISOString(),
      '2026-03-08T12:00:00.000Z',
    );
  });
});

describe('working time › a message to staff', () => {
  for (const [now, sent] of [
    ['2026-09-24 10:00', '2026-09-24 10:00'],
    ['2026-09-24 17:30', '2026-09-24 17:30'],
    ['2026-09-24 21:00', '2026-09-28 08:00'],
    ['2026-09-25 10:00', '2026-09-28 08:00'],
    ['2026-09-30 22:00', '2026-10-08 08:00'],
    ['2026-10-03 03:00', '2026-10-08 08:00'],
    ['2026-10-09 21:00', '2026-10-10 08:00'],
    ['2026-10-10 09:00', '2026-10-10 09:00'],
    ['2026-10-10 21:30', '2026-10-12 08:00'],
    ['2026-11-23 06:00', '2026-11-23 08:00'],
  ] as const) {
    it(`at ${now} › is sent at ${sent}`, () => {
      assert.equal(wallOf(inWorkingTime(on(now), CHINA)), sent);
    });
  }
});
