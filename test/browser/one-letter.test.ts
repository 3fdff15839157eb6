import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { TEST_PASSWORD } from '../support/test-town.ts';
import { serveTestTown, type ServedTown } from '../support/served-town.ts';
import { axeViolations, chromiumPath, overhang, startChromium, type TestChromium } from './chromium.ts';

const ANSWER =
  '您好，您反映的文昌路中段路面大坑，养护队已于今日修补完毕，夜间照明同时恢复，感谢您的提醒，欢迎继续监督。';

const path = chromiumPath();

/** Pending without Chromium: nothing here was seen then. */
(path ? describe : describe.skip)('one letter in Chromium, on a phone', function () {
  this.timeout(120_000);
  let town: ServedTown;
  let chromium: TestChromium;
  let board: Page;
  let number = '';
  let code = '';

  before(async () => {
    town = await serveTestTown('2026-09-24T02:00:00Z');
    chromium = await startChromium(path ?? '');
    board = await chromium.open();
    await board.goto(`${town.address}/board`);
  });
  after(async () => {
    await chromium.close();
    await town.end();
  });

  const go = async (page: Page, to: string) => {
    await page.goto(`${town.address}${to}`);
    await isSound(page);
  };
  const isSound = async (page: Page) => {
    assert.deepEqual(await axeViolations(page), [], `axe on ${page.url()}`);
    assert.ok((await overhang(page)) <= 0, `${page.url()} scrolls sideways`);
  };
  const press = async (page: Page, form: string) => {
    await page.locator(`form[action$="${form}"] button`).last().click();
    await page.waitForLoadState();
    await isSound(page);
  };

  for (const width of [320, 360]) {
    it(`a citizen files a letter at ${width} px${width === 320 ? ', without JavaScript' : ''}`, async () => {
      const page = await chromium.open({ width, javaScript: width !== 320 });
      const sound = width === 320 ? async () => {} : isSound;
      await page.goto(`${town.address}/letters/new`);
      await sound(page);
      await page.locator('form[action="/letters/new"] button').last().click();
      await page.waitForURL('**/letters/new/matter');
      await page.locator('main button.primary, main button').last().click();
      assert.match(await page.title(), /^错误/);
      await sound(page);
      await page.locator('input[name=kind][value=complaint]').check();
      await page.locator('input[name=title]').fill('文昌路中段路面大坑');
      await page.locator('main form button').last().click();
      await page.waitForURL('**/details');
      await sound(page);
      await page
        .locator('textarea[name=body]')
        .fill(`文昌路中段路面有一个大坑，${width} 厘米宽，夜里很危险，请派人修补。`);
      await page.locator('input[type=file]').setInputFiles({
        name: '大坑.png',
        mimeType: 'image/png',
        buffer: Buffer.from(
          'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
          'base64',
        ),
      });
      await page.locator('main form button[value=next]').last().click();
      await page.waitForURL('**/you');
      await sound(page);
      await page.locator('input[name=name]').fill('李小满');
      await page.locator('input[name=mail]').fill('li@mail.example');
      await page.locator('main form button').last().click();
      await page.waitForURL('**/wish');
      await sound(page);
      await page.locator('input[name=wish][value=public]').check();
      await page.locator('main form button').last().click();
      await page.waitForURL('**/check');
      await sound(page);
      await page.locator('form[action="/letters/new/send"] button').last().click();
      await page.waitForURL('**/letters/receipt');
      await sound(page);
      number = (await page.locator('#number').innerText()).trim();
      code = (await page.locator('#code').innerText()).trim();
      assert.match(`${number} ${code}`, /^2026-\d{6}-\d [2-9A-Z]{5}-[2-9A-Z]{5}$/);
    });
  }

  it('the open board shows both within a second', async () => {
    const shown = `document.querySelector('[data-live="today.received"]').textContent.trim() === '2'`;
    await board.waitForFunction(shown, null, { timeout: 1000 });
    await isSound(board);
  });

  const signIn = async (username: string, options: { width?: number; lang?: string } = {}) => {
    const page = await chromium.open(options);
    await go(page, '/sign-in');
    await page.locator('input[name=username]').fill(username);
    await page.locator('input[name=password]').fill(TEST_PASSWORD);
    await press(page, '/sign-in');
    await go(page, '/desk');
    return page;
  };
  const openMatter = async (page: Page) => {
    const matter = await town.services.matters.byNumber(number);
    await go(page, `/desk/${matter?.id}`);
  };
  const openForm = async (page: Page, action: string) => {
    const form = page.locator(`form[action$="/${action}"]`).last();
    const details = page.locator('details', { has: form });
    if ((await details.count()) > 0 && (await details.last().getAttribute('open')) === null) {
      await details.last().locator('summary').first().click();
    }
    return form;
  };

  it('the office hands it on, the unit signs and drafts, its head approves, the office publishes', async () => {
    const office = await signIn('dispatcher');
    await openMatter(office);
    await press(office, '/assign');
    const handler = await signIn('roads-handler');
    await openMatter(handler);
    await press(handler, '/signFor');
    const draft = await openForm(handler, 'draft');
    await draft.locator('textarea').fill(ANSWER);
    await draft.locator('select').selectOption('solved');
    await draft.locator('button').last().click();
    await handler.waitForLoadState();
    await press(handler, '/submitForReview');
    const head = await signIn('roads-head');
    await openMatter(head);
    await press(head, '/approve');
    await openMatter(office);
    await press(office, '/publish');
    assert.equal((await town.services.publicLetters.byNumber(number))?.answer, ANSWER);
  });

  it('everyone reads it, and the writer follows and rates it', async () => {
    const page = await chromium.open();
    for (const to of ['/', '/answers', `/answers/${number}`, '/figures', '/directory', '/letters/rules']) {
      await go(page, to);
    }
    await go(page, '/letters/track');
    await page.locator('input[name=number]').fill(number);
    await page.locator('input[name=code]').fill(code.toLowerCase());
    await press(page, '/letters/track');
    assert.match(await page.locator('main').innerText(), /修补完毕/);
    await page.locator('input[name=overall][value="5"]').check();
    await page.locator('input[name=solved][value=yes]').check();
    await press(page, '/rate');
    assert.equal((await town.services.publicLetters.byNumber(number))?.overall, 5);
  });

  it('in English as well', async () => {
    const page = await chromium.open({ lang: 'en', width: 1280 });
    for (const to of [
      '/',
      '/board',
      '/letters/rules',
      '/answers',
      '/figures',
      '/directory',
      '/sign-in',
      '/nowhere',
    ]) {
      await go(page, to);
      assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    }
  });

  it('in English on the narrowest phone, the desk too', async () => {
    const page = await signIn('dispatcher', { width: 320, lang: 'en' });
    await openMatter(page);
    assert.match(await page.locator('main').innerText(), /working days/i);
  });

  it('the first page is small: at most 100 kB on the way', async () => {
    const page = await chromium.open();
    let bytes = 0;
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    session.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await page.goto(`${town.address}/`, { waitUntil: 'networkidle' });
    assert.ok(bytes > 1000 && bytes <= 100_000, `${bytes} bytes`);
  });
});
