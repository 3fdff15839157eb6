import iconv from 'iconv-lite';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { importCommand } from '../../src/archive/import.command.ts';
import { addDays, daysBetween, type Day } from '../../src/domain/clocks/zoned-day.ts';
import { figuresCommand } from '../../src/statistics/figures.command.ts';
import type { TownFigures } from '../../src/statistics/town-figures.ts';
import { runCommand } from '../support/run-command.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';

/**
 * What Beilun district published of its mailbox: 15,450 letters from July 2003 to 15 September 2006; of January to
 * August 2006, 2,845 valid letters, 2,733 of them answered publicly, 96.1 %. A history of that shape, invented here
 * row by row, goes through the import as an old system would have exported it, and the program reports these numbers.
 */
const ALL = 15_450;
const WINDOW = { from: '2006-01-01', to: '2006-08-31', valid: 2845, published: 2733, invalid: 155 };

const UNITS = ['城建局', '交通局', '环保局', '教育局', '劳动局', '公安分局', '新碶街道', '小港街道'];
const PLACES = ['明州路', '中河路', '东河路', '长江路', '太河路', '四明山路', '宝山路', '闽江路'];
const MATTERS = [
  '路灯不亮',
  '夜间施工噪声',
  '公交班次太少',
  '污水井冒溢',
  '工资拖欠',
  '入学划片',
  '绿化带被占',
];
const OUTCOMES = ['不予受理', '撤回', '重复'];

const HEADER = '编号,写信人,标题,来信内容,来信时间,回复内容,回复时间,承办单位,是否公开,受理结果';

/** Row `i` of `of` rows, spread evenly over the days of a period. */
const dayOfRow = (i: number, of: number, from: Day, to: Day): Day =>
  addDays(from, Math.floor((i * (daysBetween(from, to) + 1)) / of));

type Fate = 'public' | 'private' | 'open' | 'invalid';

function row(serial: number, on: Day, fate: Fate): string {
  const pick = (from: readonly string[], step: number): string => from[(serial * step) % from.length] ?? '';
  const title = `${pick(PLACES, 3)}${pick(MATTERS, 5)}`;
  const hour = 8 + (serial % 10);
  const isAnswered = fate === 'public' || fate === 'private';
  const answeredOn = addDays(on, 1 + (serial % 11));
  return [
    `BL${serial}`,
    `来信人${serial}`,
    title,
    `"您好，${title}，已有${2 + (serial % 9)}天，\n请""尽快""处理。第${serial}封。"`,
    `${on.replaceAll('-', '/')} ${hour}:30`,
    isAnswered ? `您好，${title}一事已由本单位办理，办理情况已现场告知。` : '',
    isAnswered ? `${answeredOn} 16:00:00` : '',
    pick(UNITS, 7),
    fate === 'public' ? '是' : '否',
    fate === 'invalid' ? pick(OUTCOMES, 1) : '',
  ].join(',');
}

/** Every row the old system would have exported, in order of time. */
function history(): string[] {
  const inWindow = WINDOW.valid + WINDOW.invalid;
  const before = { from: '2003-07-01', to: '2005-12-31', rows: 12_200 };
  const after = { from: '2006-09-01', to: '2006-09-15', rows: ALL - before.rows - inWindow };
  const rows: string[] = [];
  const fill = (count: number, from: Day, to: Day, fateOf: (i: number) => Fate): void => {
    for (let i = 0; i < count; i += 1) {
      rows.push(row(rows.length + 1, dayOfRow(i, count, from, to), fateOf(i)));
    }
  };
  const usual = (i: number): Fate =>
    i % 23 === 0 ? 'invalid' : i % 17 === 0 ? 'open' : i % 9 === 0 ? 'private' : 'public';
  fill(before.rows, before.from, before.to, usual);
  // Of the window's rows exactly so many are invalid, and of the valid exactly so many not answered publicly.
  const unpublished = WINDOW.valid - WINDOW.published;
  const spread = (i: number, count: number): boolean =>
    Math.floor(((i + 1) * count) / inWindow) > Math.floor((i * count) / inWindow);
  let left = unpublished;
  fill(inWindow, WINDOW.from, WINDOW.to, (i) => {
    if (spread(i, WINDOW.invalid)) return 'invalid';
    if (left === 0 || i % 25 !== 1) return 'public';
    left -= 1;
    return i % 2 === 0 ? 'open' : 'private';
  });
  assert.equal(left, 0);
  fill(after.rows, after.from, after.to, usual);
  return rows;
}

describe('Beilun counts its mailbox', () => {
  let town: TestTown;
  let folder: string;
  let path: string;
  before(async () => {
    town = await openTestTown('2006-10-09T02:00:00Z');
    folder = mkdtempSync(join(tmpdir(), 'huiyin-beilun-'));
    path = join(folder, '区长信箱历史数据.csv');
    writeFileSync(path, iconv.encode(`${[HEADER, ...history()].join('\r\n')}\r\n`, 'gb18030'));
  });
  after(async () => {
    await town.end();
    rmSync(folder, { recursive: true, force: true });
  });

  const figures = async (from: Day, to: Day): Promise<TownFigures> => {
    const said = await runCommand(figuresCommand, ['--from', from, '--to', to], town);
    assert.equal(said.code, 0);
    return JSON.parse(said.result);
  };

  it('all 15,450 letters of the old system are taken in, none is lost', async function () {
    this.timeout(240_000);
    const said = await runCommand(importCommand, [path, '--source', '旧信箱'], town, 'zh-CN');
    assert.match(said.result, /导入信件 15450 件，原已导入 0 件，未收 0 行/);
    const { imported } = await figures('2003-07-01', '2006-09-15');
    assert.equal(imported['旧信箱']?.received, ALL);
  });

  it('January to August 2006: 2,845 valid letters, 2,733 answered publicly, 96.1 %', async () => {
    const { own, imported } = await figures(WINDOW.from, WINDOW.to);
    const old = imported['旧信箱'];
    assert.ok(old);
    assert.equal(own.received, 0);
    assert.equal(old.received, WINDOW.valid + WINDOW.invalid);
    assert.deepEqual(old.publicRate, { numerator: 2733, denominator: 2845, value: 2733 / 2845 });
    assert.equal(((old.publicRate.value ?? 0) * 100).toFixed(1), '96.1');
    assert.equal(old.valid, WINDOW.valid);
  });

  it('everyone reads the same numbers on the page and in the open data', async () => {
    const address = `/figures.json?from=${WINDOW.from}&to=${WINDOW.to}`;
    const open = await request(town.app).get(address).expect(200);
    const counted = await figures(WINDOW.from, WINDOW.to);
    assert.deepEqual(open.body.imported, JSON.parse(JSON.stringify(counted.imported)));

    for (const language of ['zh-CN', 'en']) {
      const page = await request(town.app)
        .get(`/figures?from=${WINDOW.from}&to=${WINDOW.to}`)
        .set('Accept', 'text/html')
        .set('Accept-Language', language)
        .expect(200);
      const shown = page.text.split('<tr').find((each) => each.includes('旧信箱'));
      assert.match(shown ?? '', /3,000[^]*2,845[^]*96\.1[^]*2,733[^]*2,845/);
    }
  });
});
