import assert from 'node:assert/strict';
import { LEAST_TO_RANK } from '../../src/domain/statistics/figures.ts';
import { faultsOn, openBrowser, pageText } from '../letters/filing-support.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';

/** A fact as the store keeps it; a test names what it is about. */
const aFact = (id: string, patch: object) => ({
  id,
  version: 1,
  number: id,
  source: 'own',
  kind: 'complaint' as const,
  channel: 'web' as const,
  receivedOn: '2026-03-02',
  unit: 'roads',
  state: 'answered' as const,
  resolution: 'solved' as const,
  isValid: true,
  dueAt: new Date('2026-03-09T09:30:00Z'),
  answeredAt: new Date('2026-03-05T02:00:00Z'),
  answeredOn: '2026-03-05',
  isOnTime: true,
  daysToAnswer: 3,
  isPublished: true,
  overall: null,
  repeat: null,
  isAnsweredTogether: false,
  card: null,
  ...patch,
});

const UNANSWERED = {
  answeredAt: null,
  answeredOn: null,
  isOnTime: null,
  daysToAnswer: null,
  isPublished: false,
  state: 'inHand',
};

describe('the page of figures', () => {
  let town: TestTown;
  before(async () => {
    town = await openTestTown('2026-09-25T02:00:00Z');
    const own = Array.from({ length: LEAST_TO_RANK + 2 }, (_, i) =>
      aFact(`r${i}`, { overall: i < 4 ? 5 - i : null }),
    );
    await town.services.facts.put([
      ...own,
      aFact('late', { isOnTime: false, receivedOn: '2026-04-02', daysToAnswer: 20 }),
      aFact('open', { ...UNANSWERED, receivedOn: '2026-05-20' }),
      aFact('still', { ...UNANSWERED, receivedOn: '2026-09-24', dueAt: new Date('2026-10-09T09:30:00Z') }),
      aFact('refused', { ...UNANSWERED, isValid: false, unit: null, state: 'notAccepted' }),
      aFact('water', { unit: 'water', receivedOn: '2026-04-30' }),
      aFact('old', { source: 'beilun-2006', unit: '老单位', receivedOn: '2026-02-01' }),
      aFact('before', { receivedOn: '2025-12-31' }),
    ]);
  });
  after(() => town.end());

  const read = async (path: string): Promise<string> => (await openBrowser(town).get(path).expect(200)).text;
  const numbersOn = (html: string): number[] =>
    [...html.matchAll(/<strong>([\d,]+)<\/strong>/g)].map(([, number = '']) =>
      Number(number.replace(',', '')),
    );
  const tableOf = (html: string, caption: string): string[][] => {
    const table =
      html
        .split('<table>')
        .slice(1)
        .find((part) => part.split('</caption>')[0]?.includes(caption)) ?? '';
    return [...table.matchAll(/<tr>([\s\S]*?)<\/tr>/g)]
      .map(([, row = '']) => [...row.matchAll(/<t[hd][^>]*>([^<]*)</g)].map(([, cell = '']) => cell))
      .filter((cells) => cells.length > 0);
  };

  it('this year by default › shows exactly the town’s figures', async () => {
    const { own } = await town.services.getTownFigures('2026-01-01', '2026-09-25');
    const html = await read('/figures');
    const text = pageText(html);

    assert.deepEqual(numbersOn(html).slice(0, 4), [own.received, own.valid, own.answered, own.published]);
    assert.deepEqual(numbersOn(html).slice(0, 4), [22, 21, 19, 19]);
    for (const rate of [own.responseRate, own.publicRate, own.onTime, own.satisfied])
      assert.match(text, new RegExp(`${rate.numerator} 件 ÷ \\S+ ${rate.denominator} 件`));
    assert.match(text, /按时答复 18 件 ÷ 已答复或已超期 20 件/);
    assert.match(text, /评价“满意”以上 2 件 ÷ 已评价 4 件/);
    assert.match(text, new RegExp(`用时中位数（天） ${own.medianDays}：`));
  });

  it('a period › counts what was received in it', async () => {
    const html = await read('/figures?from=2026-04-01&to=2026-04-30');
    assert.deepEqual(numbersOn(html).slice(0, 4), [2, 2, 2, 2]);
    assert.match(html, /value="2026-04-01"/);
  });

  it('repeats › by kind, drawn and counted, with replies and letters spared', async () => {
    const repeats = [
      aFact('again', { isValid: false, repeat: 'impatience', receivedOn: '2026-06-01' }),
      aFact('other', { isValid: false, repeat: 'commonConcern', receivedOn: '2026-06-01' }),
      aFact('told', {
        isValid: false,
        repeat: 'commonConcern',
        isAnsweredTogether: true,
        receivedOn: '2026-06-02',
      }),
    ];
    await town.services.facts.put(repeats);
    const html = await read('/figures?from=2026-06-01&to=2026-06-30');
    const text = pageText(html);
    assert.deepEqual(
      tableOf(html, '重复来信按原因')
        .slice(1)
        .map(([kind, , count]) => [kind, count]),
      [
        ['同一人，未到期催问', '1'],
        ['同一人，逾期催问', '0'],
        ['同一人，对答复不满意', '0'],
        ['不同的人，共同关切', '2'],
      ],
    );
    assert.match(text, /重复来信 3 归并到/);
    assert.match(text, /少写的重复答复 1 归并来信/);
    assert.match(text, /少写的信 0 写信前/);
    const { body } = await openBrowser(town).get('/figures.json?from=2026-06-01&to=2026-06-30').expect(200);
    assert.deepEqual(body.own.repeats, {
      impatience: 1,
      reminder: 0,
      dissatisfaction: 0,
      commonConcern: 2,
      total: 3,
    });
    assert.deepEqual([body.own.repliesAvoided, body.lettersSaved], [1, 0]);
    await town.services.facts.put(repeats.map((fact) => ({ ...fact, receivedOn: '2010-06-01' })));
  });

  it('the months › add up, and empty ones are there', async () => {
    const months = tableOf(await read('/figures'), '逐月统计表').slice(1);
    assert.deepEqual(
      months.map(([month, received]) => [month, received]),
      [
        ['2026-01', '0'],
        ['2026-02', '0'],
        ['2026-03', String(LEAST_TO_RANK + 3)],
        ['2026-04', '2'],
        ['2026-05', '1'],
        ['2026-06', '0'],
        ['2026-07', '0'],
        ['2026-08', '0'],
        ['2026-09', '1'],
      ],
    );
  });

  it('a long period › is shown by year', async () => {
    const years = tableOf(await read('/figures?from=2023-01-01&to=2026-12-31'), '逐月统计表').slice(1);
    assert.deepEqual(
      years.map(([year, received]) => [year, received]),
      [
        ['2023', '0'],
        ['2024', '0'],
        ['2025', '1'],
        ['2026', '22'],
      ],
    );
  });

  it('units › with too few letters are listed, not ranked', async () => {
    const html = await read('/figures');
    const ranked = tableOf(html, '按时答复率排名').slice(1);
    const others = tableOf(html, '（不排名）').slice(1);

    assert.deepEqual(
      ranked.map(([place, unit, received]) => [place, unit, received]),
      [['1', '交通局', String(LEAST_TO_RANK + 5)]],
    );
    assert.deepEqual(new Set(others.map(([unit]) => unit)), new Set(['水务局']));
    assert.match(html, /另有 \d+ 件尚未批转到单位/);
  });

  it('imported history › stands apart', async () => {
    const imported = tableOf(await read('/figures'), '历史导入的信件').slice(1);
    assert.deepEqual(imported, [['beilun-2006', '1', '1', '1', '100.0 %（1/1）']]);
  });

  it('no letters › a dash, not a zero', async () => {
    const text = pageText(await read('/figures?from=2024-01-01&to=2024-01-31'));
    assert.match(text, /答复率 –/);
    assert.match(text, /还没有可以计算的信件/);
  });

  const wrong: readonly [string, string[], RegExp][] = [
    ['from=2026-02-30', ['from'], /开始日期不对/],
    ['from=x&to=y', ['from', 'to'], /开始日期不对/],
    ['from=2026-05-01&to=2026-04-30', ['to'], /不能早于开始日期 2026-05-01/],
    ['from=1900-01-01&to=2026-01-01', ['to'], /时段太长/],
    ['from=2026-01-01&from=2026-02-01', ['from'], /开始日期不对/],
  ];
  for (const [query, fields, sentence] of wrong) {
    it(`${query} › is named`, async () => {
      const { text } = await openBrowser(town).get(`/figures?${query}`).expect(422);
      const faults = faultsOn(text);
      assert.deepEqual(Object.keys(faults), fields);
      assert.match(faults[fields[0] ?? ''] ?? '', sentence);
    });
  }

  it('as data › the same numbers', async () => {
    const expected = await town.services.getTownFigures('2026-04-01', '2026-04-30');
    const asked = openBrowser(town)
      .get('/figures?from=2026-04-01&to=2026-04-30')
      .set('Accept', 'application/json');
    const named = openBrowser(town).get('/figures.json?from=2026-04-01&to=2026-04-30');
    for (const { body } of [await asked.expect(200), await named.expect(200)]) {
      const { months, ...figures } = body;
      assert.deepEqual(figures, expected);
      assert.deepEqual(
        months.map(({ stretch, received }: { stretch: string; received: number }) => [stretch, received]),
        [['2026-04', 2]],
      );
    }
    const refused = await openBrowser(town)
      .get('/figures.json?from=x')
      .set('Accept', 'application/json')
      .expect(400);
    assert.equal(refused.body.code, 'INVALID_INPUT');
    assert.equal(refused.body.fields[0].field, 'from');
  });
});

describe('the directory', () => {
  let town: TestTown;
  before(async () => {
    town = await openTestTown('2026-09-25T02:00:00Z');
  });
  after(() => town.end());

  it('shows each unit with duties, phone and address, in both languages, and nobody’s number', async () => {
    const zh = (await openBrowser(town).get('/directory').expect(200)).text;
    const en = (await openBrowser(town, 'en').get('/directory').expect(200)).text;
    assert.match(pageText(zh), /交通局 交通局的职责 电话 0000-1234567 地址 试验路1号/);
    assert.match(pageText(en), /Roads Bureau What Roads Bureau does Phone 0000-1234567 Address 1 Trial Road/);
    assert.match(zh, /href="tel:00001234567"/);
    assert.doesNotMatch(zh + en, /1380000|town\.example|roads-h/);
  });
});
