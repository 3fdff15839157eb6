import assert from 'node:assert/strict';
import { CITIZEN_ACTIONS } from '../../src/letters/citizen-actions.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';
import {
  ANSWER,
  answerLetter,
  desk,
  faultsOn,
  follow,
  openBrowser,
  pageText,
  post,
  writeLetter,
  type Browser,
} from './filing-support.ts';

const RECEIVED = '2026-09-25T02:00:00Z';
const WRONG = '编号或查询码不对';

/** The forms of the lifecycle that a page offers, by the end of their address. */
const formsOn = (html: string): string[] =>
  [...html.matchAll(/action="\/letters\/mine\/(\w+)"/g)]
    .map(([, action = '']) => action)
    .filter((action) => !['leave', 'messages'].includes(action));

describe('following a letter', () => {
  let town: TestTown;
  beforeEach(async () => {
    town = await openTestTown(RECEIVED);
  });
  afterEach(() => town.end());

  const mine = async (browser: Browser): Promise<string> =>
    (await browser.get('/letters/mine').expect(200)).text;

  it('number and code, however they are typed › lead to the letter', async () => {
    const { number, code } = await writeLetter(town);
    for (const typed of [
      { number, code },
      { number: number.replaceAll('-', ''), code: code.toLowerCase().replace('-', ' ') },
      {
        number: ` ${number.replaceAll(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))}`,
        code,
      },
    ]) {
      const browser = openBrowser(town);
      await follow(browser, typed);
      assert.match(pageText(await mine(browser)), /已收到.*文昌路中段路面破损|文昌路中段路面破损.*已收到/);
    }
  });

  it('a wrong code and a wrong number › cannot be told apart', async () => {
    const { number, code } = await writeLetter(town);
    const texts: string[] = [];
    for (const typed of [
      { number, code: '22222-22222' },
      { number: '2026-004217-3', code },
      { number: 'nonsense', code: '<b>' },
    ]) {
      const refused = await post(openBrowser(town), '/letters/track', typed).expect(403);
      texts.push(faultsOn(refused.text)['number'] ?? '');
      assert.ok(!refused.text.includes('<b>'));
    }
    assert.match(texts[0] ?? '', new RegExp(WRONG));
    assert.deepEqual(new Set(texts).size, 1);
  });

  it('nothing typed › each field is named', async () => {
    const empty = await post(openBrowser(town, 'en'), '/letters/track', {}).expect(422);
    assert.deepEqual(Object.keys(faultsOn(empty.text)), ['number', 'code']);
    await openBrowser(town).get('/letters/mine').expect(303).expect('location', '/letters/track');
  });

  it('the sixth try › has to wait, even with the right code', async () => {
    const { browser: _, ...letter } = await writeLetter(town);
    const browser = openBrowser(town);
    for (let i = 0; i < 5; i += 1)
      await post(browser, '/letters/track', { number: letter.number, code: '22222-22222' }).expect(403);

    const { text } = await post(browser, '/letters/track', letter).expect(429);

    assert.match(pageText(text), /15 分钟后再试/);
  });

  it('tries on one number from many addresses › are counted together; one address cannot shut the writer out', async () => {
    const behind = await openTestTown(RECEIVED, { TRUST_PROXY: '1' });
    const { browser: _, ...letter } = await writeLetter(behind);
    const from = (address: string, typed: { number: string; code: string }) =>
      post(openBrowser(behind), '/letters/track', typed).set('X-Forwarded-For', address);
    const guess = { ...letter, code: '22222-22222' };
    for (let i = 0; i < 5; i += 1) await from('203.0.113.1', guess).expect(403);
    await from('203.0.113.1', guess).expect(429);
    await from('203.0.113.2', letter).expect(303);

    for (let i = 5; i < 100; i += 1) await from(`198.51.100.${i}`, guess).expect(403);
    await from('203.0.113.77', letter).expect(429);
    await from('203.0.113.78', { number: '2026-004217-3', code: letter.code }).expect(403);
    await behind.end();
  });

  it('what succeeds › is not a try', async () => {
    const { browser: _, ...letter } = await writeLetter(town);
    for (let i = 0; i < 8; i += 1) await follow(openBrowser(town), letter);
  });

  it('stopping › ends the view', async () => {
    const { browser, ...letter } = await writeLetter(town);
    await follow(browser, letter);
    await browser.post('/letters/mine/leave').expect(303);
    await browser.get('/letters/mine').expect(303).expect('location', '/letters/track');
    await post(browser, '/letters/mine/addNote', { note: '还有一点' })
      .expect(303)
      .expect('location', '/letters/track?ended=yes');
    assert.equal((await town.services.matters.byId(letter.id))?.version, 1);
  });

  it('the forms › are those of the state, and the state is in words', async () => {
    const { browser, ...letter } = await writeLetter(town);
    await follow(browser, letter);
    const see = async () => {
      const html = await mine(browser);
      const state = /<section class="panel state"[\s\S]*?<\/section>/.exec(html)?.[0] ?? '';
      return { forms: formsOn(html), state: pageText(state) };
    };
    const steps: { state: RegExp; forms: string[] }[] = [];
    const expectStep = async (state: RegExp, forms: string[]) => {
      const seen = await see();
      assert.match(seen.state, state);
      assert.deepEqual(seen.forms, forms);
      steps.push({ state, forms });
    };

    await expectStep(/已收到.*还剩 5 个工作日.*2026-10-09/, ['addNote', 'withdraw']);
    await desk(town, 'dispatcher', letter.id, 'askCitizen', { text: '请问在路的哪一侧？' });
    await expectStep(/等您补充.*信箱办需要您补充/, ['answerQuestion', 'addNote', 'withdraw']);
    await post(browser, '/letters/mine/answerQuestion', { reply: '东侧' }).expect(303);
    await expectStep(/正在分办/, ['addNote', 'withdraw']);
    await desk(town, 'dispatcher', letter.id, 'assign', { unit: 'roads' });
    await expectStep(/已交办.*交通局/, ['addNote', 'withdraw']);
    await desk(town, 'roads-handler', letter.id, 'signFor');
    await desk(town, 'roads-handler', letter.id, 'pause', { text: '能发一张照片吗？' });
    await expectStep(/等您补充.*交通局需要您补充/, ['resume', 'addNote', 'withdraw']);
    await post(browser, '/letters/mine/resume', { reply: '没有照片' }).expect(303);
    await expectStep(/办理中.*交通局正在办理/, ['addNote', 'withdraw']);
    await desk(town, 'roads-handler', letter.id, 'draft', { text: ANSWER, resolution: 'solved' });
    await expectStep(/办理中/, ['addNote', 'withdraw']);
    assert.ok(!(await mine(browser)).includes('养护队'), 'a draft is not shown');
    const confirmation = letter.number.replaceAll(/\D/g, '').slice(-4);
    await desk(town, 'roads-handler', letter.id, 'submitForReview', { confirmation });
    await expectStep(/答复审核中/, ['addNote', 'withdraw']);
    await desk(town, 'roads-head', letter.id, 'approve', { confirmation });
    await expectStep(/已答复/, ['rate', 'reopen', 'addNote']);
    assert.match(pageText(await mine(browser)), /安排养护队修补完毕/);
    await post(browser, '/letters/mine/rate', { overall: '2', solved: 'no', words: '只补了一半' }).expect(
      303,
    );
    await expectStep(/已答复/, ['reopen', 'addNote']);
    await post(browser, '/letters/mine/reopen', { reason: '只补了一半' }).expect(303);
    await expectStep(/再次办理/, ['addNote', 'withdraw']);
    assert.equal(steps.length, 11);
  });

  it('the timeline › tells what concerns the writer and nothing of the house', async () => {
    const { browser, ...letter } = await writeLetter(town);
    await desk(town, 'dispatcher', letter.id, 'assign', { unit: 'water', text: '内部批示一' });
    await desk(town, 'water-handler', letter.id, 'askReturn', { text: '退件理由不归我管', unit: 'roads' });
    await desk(town, 'dispatcher', letter.id, 'acceptReturn');
    await answerLetter(town, letter);
    await follow(browser, letter);

    const text = pageText(await mine(browser));

    assert.match(text, /信已收到.*交给水务局办理.*信箱办收回.*交给交通局办理.*交通局签收.*交通局作出答复/);
    assert.doesNotMatch(text, /内部批示|退件理由|roads-handler|roads-head|dispatcher|同志/);
  });

  it('an overdue letter › says so, cards included', async () => {
    const { browser, ...letter } = await writeLetter(town);
    await desk(town, 'dispatcher', letter.id, 'assign', { unit: 'roads' });
    const late = new Date('2026-10-14T10:00:00Z');
    town.at.moveTo(late);
    for (let i = 0; i < 6; i += 1) await town.sweeps.advanceClocks(late);
    await follow(browser, letter);

    const text = pageText(await mine(browser));

    assert.match(text, /已超期 4 个工作日/);
    assert.match(text, /交通局被亮黄牌.*交通局被亮红牌/);
  });

  it('a refusal › shows the ground, where to turn and the office’s words', async () => {
    const { browser, ...letter } = await writeLetter(town);
    await desk(town, 'dispatcher', letter.id, 'refuse', { ground: 'outside-area', text: '属于邻区。' });
    await follow(browser, letter);

    const html = await mine(browser);

    assert.match(pageText(html), /未受理.*不在本地管辖范围.*12345.*属于邻区。/);
    assert.deepEqual(formsOn(html), []);
  });

  it('a joined letter › shows the other’s answer without its writer', async () => {
    const first = await writeLetter(town);
    const { browser, ...second } = await writeLetter(town, {
      name: '张三丰',
      phone: '13900009999',
      body: '文昌路的大坑一直没有人补，很危险。',
    });
    const seen = await town.services.matters.byId(second.id);
    await town.services.performDeskAction(
      {
        text: '',
        unit: '',
        supporting: [],
        accused: [],
        ground: 'litigation',
        resolution: 'solved',
        days: 0,
        confirmation: '',
        id: second.id,
        action: 'join',
        seenVersion: seen?.version ?? 0,
        other: first.number,
      },
      { id: 'p-dispatcher', name: 'x', role: 'dispatcher', unit: 'mailbox-office' },
    );
    await answerLetter(town, first);
    await follow(browser, second);

    const text = pageText(await mine(browser));

    assert.match(text, /合并办理/);
    assert.match(text, /███您好.*安排养护队修补完毕/);
    assert.doesNotMatch(text, /李小满|13800001234/);
    assert.ok(!text.includes(first.number));
  });

  it('a withdrawal › needs the tick, and then is final', async () => {
    const { browser, ...letter } = await writeLetter(town);
    await follow(browser, letter);

    const refused = await post(browser, '/letters/mine/withdraw', { why: '已经自己解决' }).expect(422);
    assert.match(faultsOn(refused.text)['sure'] ?? '', /请先勾选/);
    assert.ok(refused.text.includes('已经自己解决'));
    await post(browser, '/letters/mine/withdraw', { sure: 'yes', why: '已经自己解决' }).expect(303);

    const html = await mine(browser);
    assert.match(pageText(html), /已撤回/);
    assert.deepEqual(formsOn(html), []);
  });

  it('words sent twice › are one event', async () => {
    const { browser, ...letter } = await writeLetter(town);
    await follow(browser, letter);
    const note = { note: '补充：在公交站旁边。' };
    await post(browser, '/letters/mine/addNote', note).expect(303);
    await post(browser, '/letters/mine/addNote', note).expect(303);
    assert.equal(
      (await town.services.matters.byId(letter.id))?.history.filter(({ what }) => what === 'addNote').length,
      1,
    );
  });

  it('a rating › names what is missing, stands once, and a second one changes nothing', async () => {
    const { browser, ...letter } = await writeLetter(town);
    await answerLetter(town, letter);
    await follow(browser, letter);

    const empty = await post(browser, '/letters/mine/rate', { words: '很好很快' }).expect(422);
    assert.deepEqual(Object.keys(faultsOn(empty.text)), ['overall', 'solved']);
    assert.ok(empty.text.includes('很好很快'));
    await post(browser, '/letters/mine/rate', { overall: '9', solved: 'maybe' }).expect(422);
    await post(browser, '/letters/mine/rate', { overall: '5', solved: 'yes', words: '很好很快' }).expect(303);
    const again = await post(browser, '/letters/mine/rate', { overall: '1', solved: 'no' }).expect(409);

    assert.match(pageText(again.text), /已经评价过了/);
    assert.equal((await town.services.matters.byId(letter.id))?.rating?.overall, 5);
  });

  it('what the state no longer allows › is told on the page, and the words stay', async () => {
    const { browser, ...letter } = await writeLetter(town);
    await follow(browser, letter);

    const refused = await post(browser, '/letters/mine/reopen', { reason: '还没答复就想重开' }).expect(409);

    assert.match(pageText(refused.text), /目前的状态不能进行这项操作/);
    await post(browser, '/letters/mine/close', {}).expect(404);
    await post(browser, '/letters/mine/constructor', {}).expect(404);
  });

  it('hostile words › are text, and what is no text is named', async () => {
    const { browser, ...letter } = await writeLetter(town);
    await follow(browser, letter);
    await post(browser, '/letters/mine/addNote', { note: '<script>alert(1)</script>' }).expect(303);
    const html = await mine(browser);
    assert.ok(html.includes('&lt;script&gt;alert(1)'));
    assert.ok(!html.includes('<script>alert'));

    const tooLong = await post(browser, '/letters/mine/addNote', { note: '长'.repeat(2001) }).expect(422);
    assert.match(faultsOn(tooLong.text)['note'] ?? '', /最多 2000 个字/);
    await browser
      .post('/letters/mine/addNote')
      .send({ note: { $gt: '' } })
      .expect(400);
    await browser
      .post('/letters/mine/addNote')
      .send({ note: ['a'] })
      .expect(422);
  });

  it('opening the page › changes nothing', async () => {
    const { browser, ...letter } = await writeLetter(town);
    await follow(browser, letter);
    const before = await town.services.matters.byId(letter.id);
    for (const page of ['/letters/mine', '/letters/mine?done=rate', '/letters/track', '/letters/receipt'])
      await browser.get(page);
    assert.deepEqual(await town.services.matters.byId(letter.id), before);
    await browser.get('/letters/mine/withdraw').expect(404);
  });

  it('in English › the same page', async () => {
    const { browser, ...letter } = await writeLetter(town, {}, 'en');
    await answerLetter(town, letter);
    await town.services.changeMatter(
      letter.id,
      CITIZEN_ACTIONS.rate({ overall: 4, solved: 'partly', text: '' }),
    );
    await follow(browser, letter);
    assert.match(
      pageText(await mine(browser)),
      /Answered.*Roads Bureau has answered.*Your rating.*Satisfied.*Partly/,
    );
  });
});
