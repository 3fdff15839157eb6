import assert from 'node:assert/strict';
import { openTestTown, type TestTown } from '../support/test-town.ts';
import {
  ANSWERS,
  countIn,
  fillIn,
  formKey,
  openBrowser,
  pageText,
  post,
  readReceipt,
  sendLetter,
  startLetter,
} from './filing-support.ts';

const RECEIVED = '2026-09-25T02:00:00Z';

describe('writing a letter', () => {
  let town: TestTown;
  beforeEach(async () => {
    town = await openTestTown(RECEIVED);
  });
  afterEach(() => town.end());

  it('from the first page to the receipt › the letter is kept as it was typed', async () => {
    const browser = await startLetter(town);
    await fillIn(browser);
    const check = await browser.get('/letters/new/check').expect(200);
    for (const [field, typed] of Object.entries(ANSWERS)) {
      const shown = { kind: '投诉', wish: '同意公开' }[field] ?? typed;
      assert.ok(pageText(check.text).includes(shown), `${field} is not on the check page`);
    }

    const { number } = await sendLetter(browser);

    const matter = await town.services.matters.byNumber(number);
    assert.ok(matter);
    const { kind, title, body, place, writer, wish, language, channel, receivedAt } = matter.letter;
    assert.deepEqual({ kind, title, body, place, ...writer, wish }, ANSWERS);
    assert.deepEqual({ language, channel }, { language: 'zh-CN', channel: 'web' });
    assert.deepEqual(receivedAt, new Date(RECEIVED));
    assert.equal(await countIn(town, 'drafts'), 0, 'the draft goes when the letter is received');
  });

  it('the receipt › shows the due day and how it came about', async () => {
    const browser = await startLetter(town);
    await fillIn(browser);
    await sendLetter(browser);

    const text = pageText((await browser.get('/letters/receipt')).text);

    // Friday 25 September: three days before the holidays, two after them.
    assert.match(text, /2026-10-09/);
    assert.match(text, /9月28日至30日 工作日 计 3 天/);
    assert.match(text, /10月1日至7日 国庆节放假 不计/);
    assert.match(text, /10月8日至9日 工作日 计 2 天/);
    assert.match(text, /没有办法找回/);
  });

  it('the receipt › beyond the known calendars › says that its day is provisional', async () => {
    town.at.moveTo(new Date('2031-05-06T02:00:00Z'));
    const browser = await startLetter(town, 'en');
    await fillIn(browser);
    await sendLetter(browser);

    assert.match(pageText((await browser.get('/letters/receipt')).text), /This date is provisional/);
  });

  it('sent twice › the same receipt and one matter', async () => {
    const browser = await startLetter(town);
    await fillIn(browser);
    const first = await sendLetter(browser);

    await post(browser, '/letters/new/send', { key: first.key })
      .expect(303)
      .expect('location', '/letters/receipt');

    assert.deepEqual(await readReceipt(browser), { number: first.number, code: first.code });
    assert.equal(await countIn(town, 'matters'), 1);
  });

  it('sent twice at the same moment › one matter', async () => {
    const browser = await startLetter(town);
    await fillIn(browser);
    const key = await formKey(browser);

    const both = await Promise.all([0, 1].map(() => post(browser, '/letters/new/send', { key })));

    assert.deepEqual(
      both.map(({ headers }) => headers['location']),
      ['/letters/receipt', '/letters/receipt'],
    );
    assert.equal(await countIn(town, 'matters'), 1);
  });

  it('the answer to the sending is lost › the same form leads to the receipt, even without its cookie', async () => {
    const browser = await startLetter(town);
    await fillIn(browser);
    const { number, code, key } = await sendLetter(browser);

    const anew = openBrowser(town);
    await post(anew, '/letters/new/send', { key }).expect(303).expect('location', '/letters/receipt');

    assert.deepEqual(await readReceipt(anew), { number, code });
    assert.equal(await countIn(town, 'matters'), 1);
  });

  it('after sending › the pages lead to the receipt, and a new letter is another one', async () => {
    const browser = await startLetter(town);
    await fillIn(browser);
    const first = await sendLetter(browser);
    await browser.get('/letters/new/matter').expect(303).expect('location', '/letters/receipt');
    await post(browser, '/letters/new/you', { name: '别人' })
      .expect(303)
      .expect('location', '/letters/receipt');

    await browser.post('/letters/new').expect(303);
    await fillIn(browser, { title: '另一件事情' });
    const second = await sendLetter(browser);

    assert.notEqual(second.number, first.number);
    assert.notEqual(second.code, first.code);
    assert.equal(await countIn(town, 'matters'), 2);
  });

  it('the receipt › is shown for an hour and to this browser only', async () => {
    const browser = await startLetter(town);
    await fillIn(browser);
    const { code } = await sendLetter(browser);
    await openBrowser(town).get('/letters/receipt').expect(303).expect('location', '/letters/new');

    town.at.moveTo(new Date('2026-09-25T02:59:00Z'));
    await browser.get('/letters/receipt').expect(200);
    town.at.moveTo(new Date('2026-09-25T03:01:00Z'));
    await browser.get('/letters/receipt').expect(303).expect('location', '/letters/track?receipt=over');
    const after = await browser.get('/letters/track?receipt=over').expect(200);
    assert.ok(!after.text.includes(code));
  });

  it('the receipt › is gone once the reader says so', async () => {
    const browser = await startLetter(town);
    await fillIn(browser);
    await sendLetter(browser);

    await browser.post('/letters/receipt/close').expect(303);

    await browser.get('/letters/receipt').expect(303).expect('location', '/letters/new');
  });

  it('opening pages › changes nothing and sets no cookie', async () => {
    for (const page of ['/letters/new', '/letters/new/matter', '/letters/new/check', '/letters/rules']) {
      const { headers } = await openBrowser(town).get(page);
      assert.equal(headers['set-cookie'], undefined, page);
    }
    assert.equal(await countIn(town, 'drafts'), 0);
    assert.equal(await countIn(town, 'sessions'), 0);
  });

  it('the draft’s cookie › is for the letter’s pages and no script', async () => {
    const { headers } = await openBrowser(town).post('/letters/new');
    const cookie = String(headers['set-cookie']);

    for (const part of ['Path=/letters', 'HttpOnly', 'SameSite=Lax']) assert.ok(cookie.includes(part), part);
  });

  it('skipping ahead › leads to the first page that is missing', async () => {
    const browser = await startLetter(town);
    for (const page of ['details', 'you', 'wish', 'check'])
      await browser.get(`/letters/new/${page}`).expect(303).expect('location', '/letters/new/matter');

    await fillIn(browser, {}, 'you');

    await browser.get('/letters/new/check').expect(303).expect('location', '/letters/new/you');
    await browser.get('/letters/new/details').expect(200);
    const sent = await post(browser, '/letters/new/send', {}).expect(303);
    assert.equal(sent.headers['location'], '/letters/new/you');
    assert.equal(await countIn(town, 'matters'), 0);
  });

  it('changing one answer from the check page › returns there', async () => {
    const browser = await startLetter(town);
    await fillIn(browser);
    const page = await browser.get('/letters/new/you?after=check').expect(200);
    assert.match(page.text, /name="after" value="check"/);

    const { name, mail, address } = ANSWERS;
    await post(browser, '/letters/new/you', { name, mail, address, phone: '0574-12345678', after: 'check' })
      .expect(303)
      .expect('location', '/letters/new/check');

    assert.match(pageText((await browser.get('/letters/new/check')).text), /0574-12345678/);
  });

  it('the draft ran out while typing › what was typed is in a new one', async () => {
    const browser = openBrowser(town);

    await post(browser, '/letters/new/matter', { kind: 'help', title: '电梯停用三周' })
      .expect(303)
      .expect('location', '/letters/new/details');

    assert.match((await browser.get('/letters/new/matter').expect(200)).text, /value="电梯停用三周"/);
  });

  it('a report › can only be kept private, even when it became one afterwards', async () => {
    const browser = await startLetter(town);
    await fillIn(browser);
    await post(browser, '/letters/new/matter', {
      kind: 'report',
      title: '反映某办事员收礼',
      after: 'check',
    }).expect(303);

    await browser.get('/letters/new/check').expect(303).expect('location', '/letters/new/wish');
    const page = await browser.get('/letters/new/wish').expect(200);
    assert.match(pageText(page.text), /举报信一律不公开/);
    assert.doesNotMatch(page.text, /value="(public|anonymous)"/);
    await post(browser, '/letters/new/wish', { wish: 'public' }).expect(422);
    await post(browser, '/letters/new/wish', { wish: 'private' }).expect(303);
    const { number } = await sendLetter(browser);

    assert.equal((await town.services.matters.byNumber(number))?.letter.wish, 'private');
  });

  it('the preview › shows the letter as everyone would read it', async () => {
    const browser = await startLetter(town);
    await fillIn(browser, {}, 'wish');

    const { text } = await browser.get('/letters/new/wish').expect(200);
    const preview = /<section class="preview"[\s\S]*?<\/section>/.exec(text)?.[0] ?? '';

    assert.match(preview, /李某某/);
    assert.match(preview, /我的电话███。/);
    assert.doesNotMatch(preview, /李小满|13800001234/);
    assert.doesNotMatch(text, / checked/, 'nothing is chosen beforehand');
  });

  it('starting anew › throws the unfinished letter away', async () => {
    const browser = await startLetter(town);
    await fillIn(browser, {}, 'you');
    assert.match((await browser.get('/letters/new')).text, /文昌路中段路面破损/);

    await browser.post('/letters/new').expect(303);

    assert.equal(await countIn(town, 'drafts'), 1);
    assert.match((await browser.get('/letters/new/matter')).text, /name="title" type="text" value=""/);
  });

  it('too many letters from one address › the next one has to wait', async () => {
    const browser = await startLetter(town);
    for (let i = 0; i < 20; i += 1) await post(browser, '/letters/new/send', {}).expect(303);

    const refused = await post(browser, '/letters/new/send', {}).expect(429);

    assert.match(pageText(refused.text), /60 分钟后再试/);
  });
});
