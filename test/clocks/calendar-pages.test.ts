import assert from 'node:assert/strict';
import iconv from 'iconv-lite';
import supertest from 'supertest';
import { DAYS_2027, JSON_2027 } from '../support/calendars.ts';
import { anAssigned } from '../support/letters.ts';
import { seen, signedInAs, type Browser } from '../support/sign-in.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';

const HOME = '/administration/calendar';
const CSV = DAYS_2027.map(
  ({ date, name, isOffDay }) => `${date.replaceAll('-', '/')},${name},${isOffDay}`,
).join('\r\n');
const DAY = { day: '2026-12-30', is: 'off', 'name.zh': '台风停工', 'name.en': 'Typhoon' };

describe('the pages of the calendar', () => {
  let town: TestTown;
  let admin: Browser;
  beforeEach(async () => {
    town = await openTestTown('2026-12-28T02:00:00Z'); // Mon 10:00
    admin = await signedInAs(town, 'admin');
  });
  afterEach(() => town.end());

  const upload = (bytes: Buffer, name = '2027.csv', browser = admin) =>
    browser.post(`${HOME}/import`).attach('files', bytes, name);
  const paste = (text: string) => admin.post(`${HOME}/import`).field('text', text);
  const hiddenIn = (html: string): string =>
    /name="years" value="([^"]*)"/.exec(html)?.[1]?.replaceAll('&quot;', '"') ?? '';
  const save = (years: string, browser = admin) => browser.post(`${HOME}/years`).type('form').send({ years });
  const addDay = (fields: object, browser = admin) => browser.post(`${HOME}/days`).type('form').send(fields);

  it('are the administrator’s alone', async () => {
    const head = await signedInAs(town, 'roads-head');
    assert.equal((await head.get(HOME)).status, 403);
    assert.equal((await upload(Buffer.from(CSV), 'x.csv', head)).status, 403);
    assert.equal((await save(JSON_2027, head)).status, 403);
    assert.equal((await addDay(DAY, head)).status, 403);
    assert.equal((await head.post(`${HOME}/days/2026-12-30/remove`)).status, 403);
    assert.equal((await supertest(town.app).post(`${HOME}/years`)).status, 401);
    assert.deepEqual(
      [await town.services.calendar.years(), await town.services.calendar.townDays()],
      [[], []],
    );
  });

  it('show a year in words, and warn of the next from 1 November on', async () => {
    const text = seen((await admin.get(HOME)).text);
    assert.match(text, /2027 年的放假安排还没有载入/);
    assert.match(text, /2026-10-01 周四 至 2026-10-07 周三（7 天） 国庆节 放假/);
    assert.match(text, /2026-10-10 周六 国庆节 调休上班/);
    assert.match(text, /2026 33 6 程序自带/);
    const english = seen((await (await signedInAs(town, 'admin', 'en')).get(`${HOME}?year=2024`)).text);
    assert.match(
      english,
      /Thu 2024-02-08|Sat 2024-02-10 to Sat 2024-02-17 \(8 days\) Spring Festival Day off/,
    );
    assert.equal((await admin.get(`${HOME}?year=x`)).status, 400);
    for (const [day, warns] of [
      ['2026-10-31T02:00:00Z', false],
      ['2026-11-01T02:00:00Z', true],
    ] as const) {
      town.at.moveTo(new Date(day));
      for (const path of [HOME, '/administration'])
        assert.equal(
          /class="notice warn"[^>]*>[\s\S]{0,200}2027 年的放假安排还没有载入/.test(
            (await admin.get(path)).text,
          ),
          warns,
          `${path} ${day}`,
        );
    }
  });

  it('a table in GB18030 › is previewed, saved by its button, and makes provisional days certain', async () => {
    const { id } = await anAssigned(town, 'roads');
    const before = (await town.services.matters.byId(id))?.clock.reply;
    assert.deepEqual([before?.dueOn, before?.isProvisional], ['2027-01-04', true]);

    const preview = await upload(iconv.encode(CSV, 'gb18030'));
    assert.equal(preview.status, 200);
    assert.match(seen(preview.text), /放假 12 天，调休上班 2 天。 这一年还没有载入/);
    assert.match(seen(preview.text), /2027-02-05 周五 至 2027-02-10 周三（6 天） 春节 放假/);
    assert.match(seen(preview.text), /2026-12-31 周四 上班 休息（元旦）/);
    assert.deepEqual(await town.services.calendar.years(), [], 'a preview saves nothing');

    const answer = await save(hiddenIn(preview.text));
    assert.equal(answer.status, 303);
    const after = await town.services.matters.byId(id);
    assert.deepEqual([after?.clock.reply.dueOn, after?.clock.reply.isProvisional], ['2027-01-06', false]);
    assert.deepEqual([after?.history.at(-1)?.what, after?.history.at(-1)?.why], ['reckon', 'calendar']);
    const page = seen((await admin.get(String(answer.headers['location']))).text);
    assert.match(page, /已保存。.*重新计算 1 件在办事项的时限： 提前到期 0 推后到期 1/);
    assert.match(page, /2027 11 2 admin同志，2026-12-28 10:00/);
    assert.doesNotMatch(page, /还没有载入/);
  });

  it('JSON, pasted or as several files › is read alike', async () => {
    assert.equal(
      hiddenIn((await paste(JSON_2027)).text),
      hiddenIn((await upload(Buffer.from(JSON_2027), '2027.json')).text),
    );
    const next = JSON_2027.replaceAll('2027', '2028').replaceAll('2026', '2027');
    const both = await upload(Buffer.from(JSON_2027), 'a.json').attach('files', Buffer.from(next), 'b.json');
    assert.match(seen(both.text), /2027 年 放假 12 天.*2028 年 放假 12 天/);
  });

  it('a year that is known › shows what would change, the town’s own days aside', async () => {
    await addDay({ ...DAY, day: '2026-10-08' });
    const days = [
      { name: '国庆节', date: '2026-10-01', isOffDay: true },
      { name: '国庆节', date: '2026-10-08', isOffDay: true },
      { name: '国庆节', date: '2026-10-09', isOffDay: true },
    ];
    const text = seen((await paste(JSON.stringify({ year: 2026, days }))).text);
    assert.match(text, /这一年已经载入，会被替换/);
    assert.match(text, /2026 年只有 3 个放假日，文件可能不完整/);
    assert.match(text, /2026-10-09 周五 上班 休息（国庆节）/);
    assert.doesNotMatch(text, /2026-10-08 周四 上班 休息/);
  });

  it('what is wrong in a file › is named by its line, and what was pasted stays', async () => {
    const wrong = JSON_2027.replace('2027-02-06', '2027-02-30').replace(/, "isOffDay": false/, '');
    const answer = await paste(wrong);
    assert.equal(answer.status, 422);
    assert.match(seen(answer.text), /粘贴的内容 第 7 行：没有这一天/);
    assert.match(seen(answer.text), /粘贴的内容 第 12 行：isOffDay 应是 true/);
    assert.ok(seen(answer.text).includes('"date": "2027-02-30"'));
    const english = await signedInAs(town, 'admin', 'en');
    const file = await upload(Buffer.from(`${CSV}\r\n2027/2/30,春节,true`), 'wrong.csv', english);
    assert.equal(file.status, 422);
    assert.match(
      seen(file.text),
      new RegExp(`wrong.csv, line ${DAYS_2027.length + 1}: there is no such day`),
    );
    assert.deepEqual(await town.services.calendar.years(), []);
  });

  it('no file, a picture, a spreadsheet, an empty file › each has its sentence', async () => {
    const said = async (answer: supertest.Response) => {
      assert.equal(answer.status, 422);
      return seen(answer.text);
    };
    assert.match(await said(await paste('')), /请选择文件，或者把内容粘贴在下面/);
    assert.match(
      await said(await upload(Buffer.from('PK\u0003\u0004\0\0'), '2027.xlsx')),
      /“2027.xlsx”不是文本文件/,
    );
    assert.match(await said(await upload(Buffer.alloc(0), 'x.csv')), /“x.csv”是空文件/);
    assert.match(await said(await upload(Buffer.alloc(1_100_000, 'x'), 'x.csv')), /文件太大/);
  });

  it('years that our page did not write › are refused', async () => {
    for (const years of ['', '[]', 'x', '{"year":2027}'])
      assert.equal((await save(years)).status, 400, years);
    assert.deepEqual(await town.services.calendar.years(), []);
  });

  it('a day of the town’s own › set and removed, moves what runs', async () => {
    const { id } = await anAssigned(town, 'roads');
    const dueOn = async () => (await town.services.matters.byId(id))?.clock.reply.dueOn;
    assert.equal((await addDay(DAY)).status, 303);
    assert.equal(await dueOn(), '2027-01-05');
    const text = seen((await admin.get(HOME)).text);
    assert.match(text, /2026-12-30 周三 台风停工 本地休息 admin同志，2026-12-28 10:00/);
    const removed = await admin.post(`${HOME}/days/2026-12-30/remove`);
    assert.match(seen((await admin.get(String(removed.headers['location']))).text), /提前到期 1/);
    assert.equal(await dueOn(), '2027-01-04');
    assert.equal((await admin.post(`${HOME}/days/2026-12-30/remove`)).status, 404);
    assert.equal((await admin.post(`${HOME}/days/x/remove`)).status, 404);
  });

  const WRONG: readonly [fields: object, sentence: RegExp][] = [
    [{ ...DAY, day: '' }, /请填写日期/],
    [{ ...DAY, day: '2026-02-30' }, /日期请写成 2027-02-01 这样/],
    [{ ...DAY, day: '2206-12-30' }, /日期离今天太远/],
    [{ ...DAY, is: '' }, /选项中选择这一天/],
    [{ ...DAY, 'name.zh': '' }, /请填写原因（中文）/],
    [{ ...DAY, 'name.en': 'x'.repeat(61) }, /原因（英文）.*60/],
  ];
  for (const [fields, sentence] of WRONG)
    it(`a day with ${JSON.stringify(fields).slice(0, 60)} › is refused and stays typed`, async () => {
      const answer = await addDay(fields);
      assert.equal(answer.status, 422);
      assert.match(seen(answer.text), sentence);
      for (const [name, value] of Object.entries(fields))
        if (name.startsWith('name'))
          assert.ok(answer.text.includes(`name="${name}" type="text" value="${value}"`));
      assert.deepEqual(await town.services.calendar.townDays(), []);
    });
});
