import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Matter } from '../../src/domain/matters/matter.ts';
import { cardAddress } from '../../src/domain/supervision/card-number.ts';
import { anAssigned } from '../support/letters.ts';
import { serveTestTown, type ServedTown } from '../support/served-town.ts';
import { TEST_PASSWORD } from '../support/test-town.ts';
import { axeViolations, chromiumPath, overhang, startChromium, type TestChromium } from './chromium.ts';

const path = chromiumPath();

/** Pending without Chromium: nothing here was seen then. */
(path ? describe : describe.skip)('supervision in Chromium', function () {
  this.timeout(120_000);
  let town: ServedTown;
  let chromium: TestChromium;
  let matter: Matter;
  let card = '';

  const sweepAt = async (now: Date): Promise<void> => {
    town.at.moveTo(now);
    await town.sweeps.advanceClocks(now);
  };
  before(async () => {
    town = await serveTestTown('2026-09-24T02:00:00Z');
    chromium = await startChromium(path ?? '');
    matter = await anAssigned(town, 'roads');
    await anAssigned(town, 'water');
    await sweepAt(new Date('2026-10-09T09:31:00Z'));
    const [yellow] = await town.services.cards.ofMatter(matter.id);
    assert.ok(yellow);
    card = `/supervision/cards/${cardAddress(yellow)}`;
  });
  after(async () => {
    await chromium.close();
    await town.end();
  });

  const isSound = async (page: Page, isScripted = true) => {
    if (isScripted) assert.deepEqual(await axeViolations(page), [], `axe on ${page.url()}`);
    assert.ok((await overhang(page)) <= 0, `${page.url()} scrolls sideways`);
  };
  const signIn = async (
    username: string,
    to: string,
    options: Parameters<TestChromium['open']>[0] = {},
  ): Promise<Page> => {
    const page = await chromium.open(options);
    await page.goto(`${town.address}/sign-in?back=${encodeURIComponent(to)}`);
    await page.locator('input[name=username]').fill(username);
    await page.locator('input[name=password]').fill(TEST_PASSWORD);
    await page.locator('main form button').click();
    await page.waitForURL(`**${to}`);
    return page;
  };
  /** Opens a form of the document, by keyboard, and sends it. */
  const say = async (page: Page, action: string, text: string) => {
    const form = page.locator(`form[action$="/${action}"]`);
    await page.locator('details', { has: form }).locator('summary').focus();
    await page.keyboard.press('Enter');
    await form.locator('textarea').fill(text);
    await form.locator('button').focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(`**?done=${action}`);
  };

  it('a card of the sweep › the head explains and appeals on a narrow phone, without scripts', async () => {
    const page = await signIn('roads-head', '/supervision', { width: 320, javaScript: false });
    await isSound(page, false);
    await page.locator('.worklist a').first().click();
    await page.waitForURL(`**${card}`);
    await isSound(page, false);
    assert.match(await page.locator('.document').innerText(), /黄牌〔2026〕\d号/);
    await say(page, 'explain', '沥青到货延误，10月10日可以修好。');
    await isSound(page, false);
    await say(page, 'appeal', '信件先派给水务局，10月8日才转到我局。');
    await isSound(page, false);
    assert.equal(await page.locator('form[action$="/appeal"]').count(), 0);
  });

  it('the supervisor › finds the appeal and withdraws the card; the unit reads why', async () => {
    const page = await signIn('supervisor', '/supervision', { width: 1280 });
    await isSound(page);
    const open = page.locator('section[aria-labelledby=open]');
    assert.match(await open.innerText(), /申诉中/);
    await open.locator('a').first().click();
    await page.waitForURL(`**${card}`);
    await isSound(page);
    await say(page, 'withdraw', '查明属实，10月8日才到单位。');
    await isSound(page);
    await page.goto(`${town.address}/supervision?state=withdrawn`);
    assert.equal(await page.locator('section[aria-labelledby=list] .worklist li').count(), 1);

    const unit = await signIn('roads-handler', card);
    await isSound(unit);
    assert.match(await unit.locator('.document-withdrawn').innerText(), /撤销.*查明属实/s);
    await unit.goto(`${town.address}/desk/${matter.id}`);
    await isSound(unit);
    assert.equal(await unit.locator('.matter-head .yellow-card').count(), 0);
  });

  it('printed › the document and what was said, without buttons and menus', async () => {
    const page = await signIn('roads-head', card);
    await page.emulateMedia({ media: 'print' });
    for (const gone of ['.top', '.card-marks', '.foot', '.back'])
      assert.equal(await page.locator(gone).first().isVisible(), false, gone);
    assert.equal(await page.locator('.document').isVisible(), true);
    assert.equal(await page.locator('.timeline').isVisible(), true);
  });

  it('an order by hand › from the matter to its document', async () => {
    const page = await signIn('supervisor', `/desk/${matter.id}`, { lang: 'en' });
    await isSound(page);
    await page.locator('.matter-cards a[href*="orders/new"]').click();
    await isSound(page);
    await page.locator('form[action="/supervision/orders"] button').click();
    assert.match(await page.title(), /^Error/);
    await isSound(page);
    await page.locator('input[name=ground][value=perfunctory]').check();
    await page.locator('textarea[name=words]').fill('The answer says nothing. Explain in writing.');
    await page.locator('input[name=answerBy]').fill('2026-10-16');
    await page.locator('form[action="/supervision/orders"] button').click();
    await page.waitForURL('**/supervisionOrder-2026-1?done=issue');
    await isSound(page);
  });

  for (const lang of ['zh-CN', 'en'])
    for (const width of [320, 1280])
      it(`every page of it in ${lang} at ${width} px › is sound`, async () => {
        await sweepAt(new Date('2026-10-13T09:31:00Z'));
        const page = await signIn('supervisor', '/supervision', { width, lang });
        const order = `/supervision/orders/new?matter=${encodeURIComponent(matter.id)}`;
        for (const to of ['/supervision', card, '/supervision/cards/redCard-2026-1', order]) {
          await page.goto(`${town.address}${to}`);
          await isSound(page);
          const shots = process.env['TEST_SHOTS'];
          if (shots)
            await page.screenshot({
              path: `${shots}/${lang}-${width}-${to.slice(1).replaceAll(/[/?=]/g, '_').slice(0, 40)}.png`,
              fullPage: true,
            });
        }
      });
});
