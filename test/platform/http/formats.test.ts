import assert from 'node:assert/strict';
import { makeFormats } from '../../../src/platform/http/formats.ts';

// 23:30 on the 9th in Shanghai, 16:30 in London.
const now = () => new Date('2026-10-09T15:30:00Z');

describe('formats', () => {
  const zh = makeFormats({ zone: 'Asia/Shanghai', lang: 'zh-CN', now });
  const en = makeFormats({ zone: 'Europe/London', lang: 'en', now });

  const rows: [said: string, expected: string][] = [
    [zh.day('2026-10-12'), '2026-10-12 周一'],
    [en.day('2026-10-12'), 'Mon 2026-10-12'],
    [zh.instant('2026-10-09T15:59:00Z'), '2026-10-09 23:59'],
    [zh.instant('2026-10-09T16:00:00Z'), '2026-10-10 00:00'],
    [en.instant(new Date('2026-07-01T12:00:00Z')), '2026-07-01 13:00'],
    [en.instant(new Date('2026-12-01T12:00:00Z')), '2026-12-01 12:00'],
    [zh.dayOf('2026-12-31T16:00:00Z'), '2027-01-01'],
    [zh.relativeDay('2026-10-09'), '今天'],
    [zh.relativeDay('2026-10-10'), '明天'],
    [zh.relativeDay('2026-10-12'), '3天后'],
    [en.relativeDay('2026-10-08'), 'yesterday'],
    [en.relativeDay('2026-10-30'), 'in 21 days'],
    [zh.percent(0.9606), '96.1 %'],
    [zh.percent(1), '100.0 %'],
    [zh.percent(null), '–'],
    [zh.number(15450), '15,450'],
    [en.number(3.14159, 1), '3.1'],
    [zh.number(null), '–'],
    [zh.bytes(300), '1 kB'],
    [zh.bytes(1_572_864), '1.5 MB'],
  ];
  for (const [said, expected] of rows) it(`› ${expected}`, () => assert.equal(said, expected));
});
