import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { aLetterIn } from '../support/letters.ts';
import { serveTestTown, type ServedTown } from '../support/served-town.ts';
import { TEST_PASSWORD } from '../support/test-town.ts';
import { axeViolations, chromiumPath, overhang, startChromium, type TestChromium } from './chromium.ts';

const path = chromiumPath();
const WORDS = { title: '海鸥大桥护栏松动', body: '海鸥大桥东侧护栏松动，走过去很危险，请派人加固。' };
const writer = (n: number) => ({ name: `来信人${n}`, phone: `1390000000${n}`, mail: '', address: '' });

/** Pending without Chromium: nothing here was seen then. */
(path ? describe : describe.skip)('hot matters in Chromium', function () {
  this.timeout(120_000);
  let town: ServedTown;
  let chromium: TestChromium;
  const filed = (n: number) => aLetterIn(town, { ...WORDS, place: '海鸥大桥', writer: writer(n) });
  const link = async () => {
    await town.services.earlierLetters.look();
    await town.sweeps.linkLetters(town.at.now());
  };
  before(async () => {
    town = await serveTestTown('2026-09-24T02:00:00Z');
    chromium = await startChromium(path ?? '');
    for (const n of [1, 2, 3]) await filed(n);
    await link();
  });
  after(async () => {
    await chromium.close();
    await town.end();
  });

  const isSound = async (page: Page, isScripted = true) => {
    if (isScripted) assert.deepEqual(await axeViolations(page), [], `axe on ${page.url()}`);
    assert.ok((await overhang(page)) <= 0, `${page.url()} scrolls sideways`);
  };
  const signIn = async (options: Parameters<TestChromium['open']>[0]): Promise<Page> => {
    const page = await chromium.open(options);
    await page.goto(`${town.address}/sign-in?back=/desk/hot`);
    await page.locator('input[name=username]').fill('dispatcher');
    await page.locator('input[name=password]').fill(TEST_PASSWORD);
    await page.locator('main form button').click();
    await page.waitForURL('**/desk/hot');
    return page;
  };

  it('an open page › shows a letter that was linked meanwhile, and keeps what was unticked', async () => {
    const page = await signIn({ width: 1280, lang: 'en' });
    await isSound(page);
    const ticks = page.locator('#hot input[type=checkbox]');
    assert.equal(await ticks.count(), 2);
    await ticks.first().uncheck();
    const unticked = await ticks.first().inputValue();
    await page.locator('h1').click();
    await page.evaluate('document.activeElement.blur()');
    await filed(4);
    await link();
    await page.waitForFunction('document.querySelectorAll("#hot input[type=checkbox]").length === 3');
    assert.equal(await page.locator(`input[value="${unticked}"]`).isChecked(), false);
    await isSound(page);
  });

  it('without scripts, at 320 px, by keyboard › one set, and a public notice', async () => {
    const page = await signIn({ width: 320, javaScript: false });
    await isSound(page, false);
    const join = page.locator('form[action="/desk/hot/join"] button');
    await join.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**done=joined');
    await isSound(page, false);
    assert.equal(await page.locator('#hot input[type=checkbox]').count(), 0);
    await page.locator('a[href^="/desk/hot/notice"]').click();
    await page.locator('textarea[name=text]').fill('护栏将于10月8日前加固，来信人1等居民的来信收悉。');
    await page.locator('button[value=true]').click();
    assert.match(await page.locator('.reply').innerText(), /███等居民/);
    await isSound(page, false);
    await page.locator('button[value=false]').click();
    await page.waitForURL('**done=published');
  });

  for (const lang of ['zh-CN', 'en'])
    for (const width of [320, 1280])
      it(`every page of it in ${lang} at ${width} px › is sound`, async () => {
        const [notice] = await town.services.publicNotices.latest(1);
        assert.ok(notice);
        const page = await signIn({ width, lang });
        const about = encodeURIComponent(notice.about.id);
        for (const to of [
          '/desk/hot?days=90',
          `/desk/hot/notice?about=${about}`,
          '/notices',
          `/notices/${notice.id}`,
          '/',
          '/board?days=7',
          '/figures',
        ]) {
          await page.goto(`${town.address}${to}`);
          await isSound(page);
        }
      });

  it('the open board › names the matter by its notice, and lets it go when that is taken down', async () => {
    const board = await chromium.open();
    await board.goto(`${town.address}/board`);
    const named = board.locator('.board-hot a');
    assert.equal(await named.count(), 1);
    assert.match(await board.locator('.board-hot').innerText(), /4 人来信/);
    const [notice] = await town.services.publicNotices.latest(1);
    assert.ok(notice);
    const dispatcher = { id: 'p-dispatcher', name: 'd', role: 'dispatcher', unit: 'mailbox-office' } as const;
    await town.services.publishNotice.takeDown(notice.id, '过时', dispatcher);
    await board.waitForFunction('document.querySelectorAll(".board-hot a").length === 0');
    assert.equal(await board.locator('#no-hot').isVisible(), true);
  });
});
