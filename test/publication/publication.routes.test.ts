import assert from 'node:assert/strict';
import { CITIZEN_ACTIONS } from '../../src/letters/citizen-actions.ts';
import { makeLog } from '../../src/platform/log.ts';
import {
  answerLetter,
  countIn,
  desk,
  faultsOn,
  follow,
  openBrowser,
  pageText,
  writeLetter,
  type Answers,
} from '../letters/filing-support.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';

const WRITER = {
  name: '欧阳明月',
  phone: '13855556666',
  mail: 'ouyang@private.example',
  address: '惠民巷88号',
};
const PRIVATE = /欧阳明月|13855556666|ouyang@private\.example|惠民巷88号/;
const BODY =
  '我叫欧阳明月，住惠民巷88号，电话１３８５５５５６６６６，邮箱ouyang@private.example。文昌路路面有一个大坑，请派人修补。';
const REPLY =
  '欧阳明月您好：\n文昌路路面的大坑已经派人修补，经办人会致电13855556666回访，请您放心，感谢您的来信。';

describe('public answers', () => {
  let town: TestTown;
  const lines: string[] = [];
  const numbers: Record<string, string> = {};
  const codes: string[] = [];

  const publish = async (label: string, answers: Partial<Answers>, text = REPLY): Promise<void> => {
    const letter = await writeLetter(town, { ...WRITER, body: BODY, ...answers });
    numbers[label] = letter.number;
    codes.push(letter.code);
    await answerLetter(town, letter, text);
    await desk(town, 'dispatcher', letter.id, 'publish');
  };

  before(async () => {
    const log = makeLog('debug', { write: (line: string) => void lines.push(line) });
    town = await openTestTown('2026-09-25T02:00:00Z', {}, log);
    await publish('signed', { title: '文昌路路面大坑' });
    await publish('anonymous', { title: '文昌路路灯不亮', wish: 'anonymous', kind: 'help' });
    const kept = await writeLetter(town, { ...WRITER, body: BODY, title: '不要公开的事', wish: 'private' });
    await answerLetter(town, kept, REPLY);
    numbers['private'] = kept.number;
    const report = await writeLetter(town, {
      ...WRITER,
      body: BODY,
      kind: 'report',
      title: '举报的事',
      wish: 'private',
    });
    await answerLetter(town, report, REPLY);
    numbers['report'] = report.number;
    const open = await writeLetter(town, { ...WRITER, body: BODY, title: '还没有答复的事' });
    numbers['open'] = open.number;
    const rated = await town.services.matters.byNumber(numbers['signed'] ?? '');
    await town.services.changeMatter(
      rated?.id ?? '',
      CITIZEN_ACTIONS.rate({ overall: 4, solved: 'yes', text: '秘密的话' }),
    );
    await follow(open.browser, open);
  });
  after(() => town.end());

  const read = async (path: string, lang: 'zh-CN' | 'en' = 'zh-CN'): Promise<string> =>
    (await openBrowser(town, lang).get(path).expect(200)).text;
  const titlesOn = (html: string): string[] =>
    [...html.matchAll(/<a href="\/answers\/[^"]+">([^<]+)</g)].map(([, title = '']) => title);

  it('the list › shows what was published, newest first, and nothing else', async () => {
    assert.deepEqual(titlesOn(await read('/answers')).sort(), ['文昌路路灯不亮', '文昌路路面大坑'].sort());
    for (const label of ['private', 'report', 'open'])
      await openBrowser(town).get(`/answers/${numbers[label]}`).expect(404);
    assert.doesNotMatch(await read('/answers?kind=report'), /举报的事/);
  });

  it('everything public › shows nothing of the writer, their code or their words to the office', async () => {
    const pages = [
      '/',
      '/answers',
      '/answers?words=%E6%96%87%E6%98%8C%E8%B7%AF',
      '/figures',
      '/figures.json',
      '/directory',
    ];
    for (const label of ['signed', 'anonymous']) pages.push(`/answers/${numbers[label]}`);
    for (const path of pages) {
      const text = await read(path);
      assert.doesNotMatch(text, PRIVATE, path);
      assert.doesNotMatch(text, /１３８５５５５|秘密的话|内部批示|roads-h/, path);
      for (const code of codes) assert.ok(!text.includes(code), path);
    }
  });

  it('the log › holds nothing anybody wrote, no code and no key', () => {
    const log = lines.join('');
    assert.ok(lines.length > 50, 'there is a log to look at');
    assert.match(log, /"route":"\/letters\/new\/:step"/);
    assert.doesNotMatch(log, PRIVATE);
    assert.doesNotMatch(log, /文昌路|大坑|秘密的话|[A-Za-z0-9_-]{43}/);
    for (const code of codes) assert.ok(!log.includes(code));
  });

  it('one letter › question and answer, redacted, with how it was handled', async () => {
    const html = await read(`/answers/${numbers['signed']}`);
    const text = pageText(html);

    assert.match(text, /来信人：欧某某/);
    assert.match(text, /我叫███，住███，电话███，邮箱███。文昌路路面有一个大坑/);
    assert.match(text, /███您好： 文昌路路面的大坑已经派人修补，经办人会致电███回访/);
    assert.match(text, /███ 处是公开之前遮盖的个人信息/);
    assert.match(
      text,
      /受理日期 2026-09-25.*答复日期 2026-09-25.*答复部门 交通局.*当天答复.*是否按时 按时.*已解决.*满意/,
    );
    assert.match(pageText(await read(`/answers/${numbers['anonymous']}`)), /来信人：匿名/);
  });

  it('in English › the words are English and the letter says its language', async () => {
    const html = await read(`/answers/${numbers['signed']}`, 'en');
    assert.match(html, /<html lang="en">/);
    assert.match(html, /<h1 lang="zh-CN">/);
    assert.match(pageText(html), /Answered by Roads Bureau/);
  });

  it('an unknown number › is not found, in words', async () => {
    for (const number of ['2026-999999-9', '$ne', '%00', 'a'.repeat(500), '__proto__']) {
      const { text } = await openBrowser(town)
        .get(`/answers/${encodeURIComponent(number)}`)
        .expect(404);
      assert.match(pageText(text), /没有找到这个页面/);
    }
  });

  it('search › by words, unit and kind, and the filters stay in the address', async () => {
    const path = (query: Record<string, string>) => `/answers?${new URLSearchParams(query).toString()}`;
    assert.deepEqual(titlesOn(await read(path({ words: '路灯' }))), ['文昌路路灯不亮']);
    assert.deepEqual(titlesOn(await read(path({ words: '大坑', kind: 'help' }))), ['文昌路路灯不亮']);
    assert.deepEqual(titlesOn(await read(path({ unit: 'roads', kind: 'complaint' }))), ['文昌路路面大坑']);
    assert.deepEqual(titlesOn(await read(path({ unit: 'water' }))), []);
    assert.deepEqual(titlesOn(await read(path({ words: '欧阳' }))), [], 'what is blacked out is not found');
    const html = await read(path({ words: '<b>"路灯', unit: 'roads' }));
    assert.match(html, /value="&lt;b&gt;&quot;路灯"/);
    assert.match(html, /<option value="roads" selected>/);
  });

  it('one character › is told to be too little', async () => {
    for (const words of ['路', 'a', '！？', '路 灯']) {
      const { text } = await openBrowser(town).get('/answers').query({ words }).expect(422);
      assert.match(faultsOn(text)['words'] ?? '', /至少 2 个字/);
      assert.deepEqual(titlesOn(text), []);
    }
    const { text } = await openBrowser(town, 'en')
      .get('/answers')
      .query({ words: 'a'.repeat(51) })
      .expect(422);
    assert.match(faultsOn(text)['words'] ?? '', /at most 50/);
  });

  it('a strange address › is the plain list', async () => {
    for (const query of ['page=0', 'page=x', 'kind=nothing', 'unit[]=a', 'page=1&page=2', 'kind=a&kind=b'])
      assert.equal(titlesOn(await read(`/answers?${query}`)).length, 2, query);
    await openBrowser(town).get('/answers?$where=1').expect(400);
    assert.match(pageText(await read('/answers?page=99')), /这一页没有内容/);
  });

  it('more than a page › is paged, with the filters kept', async () => {
    const found = await town.services.publicLetters.byNumber(numbers['signed'] ?? '');
    assert.ok(found);
    for (let i = 0; i < 25; i += 1)
      await town.services.publicLetters.put({
        ...found,
        number: `old-${i}`,
        kind: 'praise',
        title: `谢谢${i}`,
      });

    const first = await read('/answers?kind=praise');
    const last = await read('/answers?kind=praise&page=3');

    assert.equal(titlesOn(first).length, 10);
    assert.match(first, /href="\/answers\?kind=praise&amp;page=2"/);
    assert.match(pageText(first), /共 25 件/);
    assert.equal(titlesOn(last).length, 5);
  });

  it('the front page › greets, opens both doors, and shows the year’s figures and the latest answers', async () => {
    town.at.moveTo(new Date('2026-09-25T02:05:00Z'));
    const html = await read('/');
    const figures = await town.services.getTownFigures('2026-01-01', '2026-09-25');

    assert.match(pageText(html), /区长信箱 欢迎来信。.*我要写信.*查我的信.*2026 年办理情况/);
    const shown = [...html.matchAll(/<strong>(\d+)<\/strong>/g)].map(([, number]) => Number(number));
    const { received, answered, published, medianDays } = figures.own;
    assert.deepEqual(shown, [received, answered, published, medianDays]);
    assert.equal(titlesOn(html).length, 5);
    assert.match(html, /href="\/board"/);
  });

  it('reading › leaves nothing behind', async () => {
    const sessions = await countIn(town, 'sessions');
    for (const path of ['/', '/answers', `/answers/${numbers['signed']}`, '/figures', '/directory']) {
      const { headers } = await openBrowser(town).get(path).expect(200);
      assert.equal(headers['set-cookie'], undefined, path);
    }
    assert.equal(await countIn(town, 'sessions'), sessions);
  });
});
