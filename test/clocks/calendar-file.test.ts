import assert from 'node:assert/strict';
import iconv from 'iconv-lite';
import { calendarText, readCalendarTexts } from '../../src/clocks/calendar-file-forms.ts';
import { dayFrom } from '../../src/clocks/calendar-file.ts';
import { workingCalendar } from '../../src/domain/clocks/working-calendar.ts';
import { textIn } from '../../src/platform/rows/text-file.ts';
import { DAYS_2027, JSON_2027 } from '../support/calendars.ts';

const read = (...texts: string[]) =>
  readCalendarTexts(texts.map((text, at) => ({ name: `file-${at + 1}`, text })));
const faultsOf = async (...texts: string[]) =>
  (await read(...texts)).faults.map(({ file, line, rule }) => [file, line, rule]);

const CSV_2027 = DAYS_2027.map(({ date, name, isOffDay }) => `${date},${name},${isOffDay}`).join('\n');
const HEADER = 'date,name,isOffDay';

describe('a calendar file', () => {
  it('in holiday-cn’s shape › is a year; days of the year before come with it and do not make that year known', async () => {
    const { years, faults, doubts } = await read(JSON_2027);
    assert.deepEqual([faults, doubts, years.map(({ year }) => year)], [[], [], [2027]]);
    const calendar = workingCalendar('Asia/Shanghai', years);
    assert.deepEqual(calendar.kindOf('2027-02-06'), {
      isWorking: false,
      why: 'holiday',
      name: { zh: '春节', en: 'Spring Festival' },
      isKnown: true,
    });
    assert.deepEqual(
      [calendar.kindOf('2026-12-31').isWorking, calendar.kindOf('2026-12-31').isKnown],
      [false, false],
    );
    assert.equal(calendar.kindOf('2027-02-20').isWorking, true);
  });

  it('of two festivals in one › names both in English; a name nobody knows stays', async () => {
    const days = [
      { name: '国庆节、中秋节', date: '2027-10-01', isOffDay: true },
      { name: '建区纪念日', date: '2027-06-01', isOffDay: true },
    ];
    const { years } = await read(JSON.stringify({ year: 2027, days }));
    assert.equal(years[0]?.holidays['2027-10-01']?.en, 'National Day, Mid-autumn Festival');
    assert.equal(years[0]?.holidays['2027-06-01']?.en, '建区纪念日');
  });

  const same: readonly [what: string, text: string][] = [
    ['a list of years', `[${JSON_2027}]`],
    ['a list of days', JSON.stringify(DAYS_2027)],
    ['with a mark in front', `\uFEFF${JSON_2027}`],
    ['CSV without header', CSV_2027],
    ['CSV with header', `${HEADER}\n${CSV_2027}`],
    ['CSV with Chinese header', `日期,名称,是否放假\n${CSV_2027}`],
    [
      'CSV in another order',
      `name,isOffDay,date\n${DAYS_2027.map((d) => `${d.name},${d.isOffDay},${d.date}`).join('\n')}`,
    ],
    ['CSV with Windows ends', `${HEADER}\r\n${CSV_2027.replaceAll('\n', '\r\n')}\r\n`],
    ['CSV with semicolons', CSV_2027.replaceAll(',', ';')],
    ['CSV with tabs', CSV_2027.replaceAll(',', '\t')],
    ['CSV with Excel’s dates', CSV_2027.replaceAll(/(\d{4})-0?(\d+)-0?(\d+)/g, '$1/$2/$3')],
    ['CSV with 休 and 班', CSV_2027.replaceAll('true', '休').replaceAll('false', '班')],
    ['CSV with TRUE and FALSE', CSV_2027.toUpperCase()],
    ['CSV with quotes', DAYS_2027.map((d) => `"${d.date}","${d.name}","${d.isOffDay}"`).join('\n')],
  ];
  for (const [what, text] of same)
    it(`${what} › says the same`, async () => assert.deepEqual(await read(text), await read(JSON_2027)));

  it('in GB18030 or UTF-16 › is read; as text and back it is the same', async () => {
    const expected = await read(JSON_2027);
    assert.deepEqual(await read(await textIn(iconv.encode(CSV_2027, 'gb18030'))), expected);
    assert.deepEqual(await read(await textIn(iconv.encode(CSV_2027, 'utf16le', { addBOM: true }))), expected);
    assert.deepEqual(await read(await textIn(Buffer.from(CSV_2027))), expected);
    assert.deepEqual((await read(calendarText(expected.years))).years, expected.years);
  });

  it('two full years in one table › are both known', async () => {
    const next = CSV_2027.replaceAll('2027-', '2028-').replaceAll('2026-', '2027-');
    const { years, faults } = await read(`${CSV_2027}\n${next.split('\n').slice(1).join('\n')}`);
    assert.deepEqual([years.map(({ year }) => year), faults], [[2027, 2028], []]);
  });

  const line = (text: string, days = JSON_2027.split('\n')) =>
    days.findIndex((each) => each.includes(text)) + 1;
  const changed = (from: string | RegExp, to: string) => JSON_2027.replace(from, to);
  const WRONG: readonly [what: string, text: string, faults: unknown[]][] = [
    ['nothing', ' \n', [['file-1', null, 'empty']]],
    ['a year without days', '{"year": 2027, "days": []}', [['file-1', null, 'empty']]],
    ['broken JSON', JSON_2027.slice(0, -5), [['file-1', null, 'json']]],
    ['another JSON', '{"a": 1}', [['file-1', 1, 'shape']]],
    ['no year', changed('"year": 2027,', ''), [['file-1', 1, 'year']]],
    ['a year of long ago', changed('"year": 2027', '"year": 207'), [['file-1', 1, 'year']]],
    ['a day that is none', changed('2027-02-06', '2027-02-30'), [['file-1', line('2027-02-06'), 'date']]],
    ['a day twice', changed('2027-02-06', '2027-02-05'), [['file-1', line('2027-02-06'), 'dayTwice']]],
    ['a day two years off', changed('2027-02-06', '2029-02-06'), [['file-1', line('2027-02-06'), 'outside']]],
    [
      'a day without its word',
      changed(/("date": "2027-02-06"), "isOffDay": true/, '$1'),
      [['file-1', line('2027-02-06'), 'isOffDay']],
    ],
    [
      'a day without a name',
      changed('"name": "元旦", "date": "2027-01-01"', '"date": "2027-01-01"'),
      [['file-1', line('2027-01-01'), 'name']],
    ],
    ['a table of other columns', 'from,to\n2027-01-01,2027-01-03', [['file-1', 1, 'columns']]],
    [
      'a table with a short row',
      `${HEADER}\n${CSV_2027}\n2027-12-25`,
      [['file-1', DAYS_2027.length + 2, 'row']],
    ],
    [
      'a table without header, with a wrong date',
      `${CSV_2027}\n2027-13-01,元旦,true`,
      [['file-1', DAYS_2027.length + 1, 'date']],
    ],
  ];
  for (const [what, text, faults] of WRONG)
    it(`${what} › is refused by its line`, async () => {
      assert.deepEqual(await faultsOf(text), faults);
      assert.deepEqual((await read(text)).years, []);
    });

  it('beside a good one › neither is taken, and the wrong one is named', async () => {
    const { years, faults } = await read(JSON_2027, 'x,y\n1,2');
    assert.deepEqual([years, faults.map(({ file }) => file)], [[], ['file-2']]);
    assert.deepEqual(await faultsOf(JSON_2027, JSON_2027), [['file-2', 1, 'yearTwice']]);
  });

  it('with few days off, or a weekday as worked weekend › is doubted and taken', async () => {
    const text = '2027-01-01,元旦,true\n2027-01-04,元旦,false';
    const { years, doubts } = await read(text);
    assert.deepEqual(
      [years.map(({ year }) => year), doubts.map(({ line: at, rule }) => [at, rule])],
      [
        [2027],
        [
          [2, 'workedWeekday'],
          [null, 'few'],
        ],
      ],
    );
  });

  for (const [text, day] of [
    ['2027-01-01', '2027-01-01'],
    ['2027/1/1', '2027-01-01'],
    ['2027.1.31', '2027-01-31'],
    ['2027年2月3日', '2027-02-03'],
    [' 2027/12/1 0:00 ', '2027-12-01'],
    ['2027-02-29', null],
    ['1/2/2027', null],
    ['2027-1', null],
    ['', null],
  ] as const)
    it(`${JSON.stringify(text)} › ${day}`, () => assert.equal(dayFrom(text), day));
});
