import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { alike } from '../support/alike.ts';
import { act, anAnswered } from '../support/letters.ts';
import { serveTestTown, type ServedTown } from '../support/served-town.ts';
import { axeViolations, chromiumPath, overhang, startChromium, type TestChromium } from './chromium.ts';

const LONG =
  '李小满您好，文昌路中段路面大坑已于9月25日由养护队修补完毕，夜间照明同时恢复，感谢您的提醒。' +
  '文昌路全线将于10月重新铺设沥青，施工期间夜间封闭半幅路面，请注意绕行；铺设完成后由质监站验收。'.repeat(3);

const path = chromiumPath();

/** Pending without Chromium: nothing here was seen then. */
(path ? describe : describe.skip)('before filing, in Chromium', function () {
  this.timeout(120_000);
  let town: ServedTown;
  let chromium: TestChromium;
  const known: string[] = [];

  before(async () => {
    town = await serveTestTown('2026-09-24T02:00:00Z', { repeats: alike(() => known) });
    for (const [title, answer] of [['文昌路中段路面大坑', LONG], ['文昌路路面大坑']] as const) {
      const { id } = await anAnswered(town, { title }, answer);
      await act(town, 'dispatcher', id, 'publish');
      known.push(id);
    }
    chromium = await startChromium(path ?? '');
  });
  after(async () => {
    await chromium.close();
    await town.end();
  });

  const isSound = async (page: Page) => {
    assert.deepEqual(await axeViolations(page), [], `axe on ${page.url()}`);
    assert.ok((await overhang(page)) <= 0, `${page.url()} scrolls sideways`);
  };
  const offered = async (options: Parameters<TestChromium['open']>[0] = {}): Promise<Page> => {
    const page = await chromium.open(options);
    await page.goto(`${town.address}/letters/new`);
    await page.locator('form[action="/letters/new"] button').last().click();
    await page.waitForURL('**/letters/new/matter');
    await page.locator('input[name=kind][value=complaint]').check();
    await page.locator('input[name=title]').fill('文昌路中段路面大坑');
    await page.locator('main form button').last().click();
    await page.waitForURL('**/letters/new/similar');
    return page;
  };

  for (const width of [320, 360, 1280])
    for (const lang of ['zh-CN', 'en'])
      it(`${width} px, ${lang} › each page is sound, folded and unfolded, right and wrong`, async () => {
        const page = await offered({ width, lang });
        await isSound(page);
        for (const summary of await page.locator('summary').all()) await summary.click();
        await isSound(page);
        await page.locator('form[action$="/follow"] button').first().click();
        await page.waitForSelector('.summary');
        assert.equal(await page.evaluate('document.activeElement.className'), 'summary');
        await isSound(page);
        await page.locator('input[type=email]').first().fill(`neighbour-${width}-${lang}@mail.example`);
        await page.locator('form[action$="/follow"] button').first().click();
        await page.waitForURL('**/similar?followed=*');
        await isSound(page);
        await page.locator('button[name=answered]').first().click();
        await page.waitForURL('**/letters/new/answered');
        await isSound(page);
        await page.locator('button[value=write]').click();
        await page.waitForURL('**/letters/new/details');
      });

  it('without JavaScript › the rest of an answer unfolds, and one press saves the letter', async () => {
    const page = await offered({ width: 320, javaScript: false });
    const rest = page.getByText('质监站验收').last();
    assert.equal(await rest.isVisible(), false);
    await page.locator('summary').first().click();
    assert.equal(await rest.isVisible(), true);
    const before = await town.services.savedLetters.between('2026-09-24', '2026-09-24');
    await page.locator('button[name=answered]').first().click();
    await page.waitForURL('**/letters/new/answered');
    assert.equal(await town.services.savedLetters.between('2026-09-24', '2026-09-24'), before + 1);
  });

  it('by keyboard alone › read, unfolded, followed, and on to the details', async () => {
    const page = await offered();
    const tabTo = async (selector: string) => {
      for (let n = 0; n < 40; n += 1) {
        await page.keyboard.press('Tab');
        if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
      }
      assert.fail(`the keyboard does not reach ${selector}`);
    };
    await tabTo('.offers li:first-child summary');
    await page.keyboard.press('Enter');
    await tabTo('.offers li:first-child details:last-of-type summary');
    await page.keyboard.press('Enter');
    await tabTo('.offers li:first-child input[type=email]');
    await page.keyboard.type('by-keyboard@mail.example');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/similar?followed=*');
    await tabTo('form[action="/letters/new/similar"]:not(.action) button');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/letters/new/details');
    await page.goBack();
    await page.waitForURL('**/similar?followed=*');
  });

  for (const lang of ['zh-CN', 'en'])
    it(`${lang} › following from an answer, its confirmation and its end are sound`, async () => {
      const mail = `reader-${lang}@mail.example`;
      const page = await chromium.open({ width: 320, lang });
      const [first] = (await town.services.publicLetters.latest(1)).map(({ number }) => number);
      await page.goto(`${town.address}/answers/${first}/follow`);
      await isSound(page);
      await page.locator('input[type=email]').fill(mail);
      await page.locator('main form button').click();
      await page.waitForURL('**/follow?asked=yes');
      await isSound(page);
      await town.sweeps.deliverNotices(town.at.now());
      const text = town.sent.mail.find(({ to }) => to === mail)?.text ?? '';
      const link = /\/follow\/\S+/.exec(text)?.[0] ?? '';
      await page.goto(`${town.address}${link}`);
      await isSound(page);
      await page.locator('main form button').first().click();
      await page.waitForSelector('main form[action$="/pace"]');
      assert.equal(await page.locator('main form').count(), 2, 'confirmed: its pace and its end are left');
      await isSound(page);
      await page.locator('main form[action$="/end"] button').click();
      await page.waitForSelector('main a.button');
      await isSound(page);
    });
});
