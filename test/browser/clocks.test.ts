import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { JSON_2027 } from '../support/calendars.ts';
import { anAssigned } from '../support/letters.ts';
import { serveTestTown, type ServedTown } from '../support/served-town.ts';
import { TEST_PASSWORD } from '../support/test-town.ts';
import { axeViolations, chromiumPath, overhang, startChromium, type TestChromium } from './chromium.ts';

const path = chromiumPath();

/** Pending without Chromium: nothing here was seen then. */
(path ? describe : describe.skip)('time limits and the calendar, in Chromium', function () {
  this.timeout(60_000);
  let town: ServedTown;
  let chromium: TestChromium;
  before(async () => {
    chromium = await startChromium(path ?? '');
  });
  after(() => chromium.close());
  beforeEach(async () => {
    town = await serveTestTown('2026-11-24T02:00:00Z');
    await anAssigned(town, 'roads');
  });
  afterEach(() => town.end());

  async function administratorAt(address: string, page: Page): Promise<void> {
    await page.goto(`${town.address}/sign-in?back=${address}`);
    await page.locator('input[name=username]').fill('admin');
    await page.locator('input[name=password]').fill(TEST_PASSWORD);
    await page.locator('main form button').click();
    await page.waitForURL(`**${address}`);
  }

  for (const [width, lang] of [
    [320, 'zh-CN'],
    [320, 'en'],
    [1280, 'zh-CN'],
    [1280, 'en'],
  ] as const) {
    const isSound = async (page: Page) => {
      assert.deepEqual(await axeViolations(page), [], page.url());
      assert.ok((await overhang(page)) <= 0, `${page.url()} scrolls sideways at ${width} px`);
    };

    it(`${lang}, ${width} px › limits changed by keyboard, looked at, saved for running clocks too`, async () => {
      const page = await chromium.open({ width, lang });
      await administratorAt('/administration', page);
      await page.locator('main a[href="/administration/policy"]').click();
      await page.waitForURL('**/policy');
      await isSound(page);
      await page.locator('main a.button.primary').focus();
      await page.keyboard.press('Enter');
      await page.waitForURL('**/change?from=current');
      await isSound(page);
      await page.locator('#limit-reply-amount').fill('x');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/preview');
      await isSound(page);
      // The summary leads to the field.
      await page.locator('.summary a').click();
      assert.equal(await page.evaluate('document.activeElement.id'), 'limit-reply-amount');
      await page.locator('#limit-reply-amount').fill('10');
      await page.locator('main form button.primary').click();
      await page.locator('button[value=move]').waitFor();
      await isSound(page);
      await page.locator('button[formaction$="/change"]').click();
      await page.waitForURL('**/policy/change');
      assert.equal(await page.locator('#limit-reply-amount').inputValue(), '10');
      await page.locator('main form button.primary').click();
      await page.locator('button[value=move]').click();
      await page.waitForURL('**saved=yes**');
      await isSound(page);
      const [matter] = await town.services.matters.byIds(await town.services.matters.idsIn(['assigned']));
      assert.equal(matter?.clock.policy, 'letter-box@2');
    });

    it(`${lang}, ${width} px › a year imported from a file, a day of the town's own set and removed`, async () => {
      const page = await chromium.open({ width, lang });
      await administratorAt('/administration/calendar', page);
      await isSound(page);
      const file = { name: '2027.json', mimeType: 'application/json', buffer: Buffer.from(JSON_2027) };
      await page.locator('#files').setInputFiles({ ...file, buffer: Buffer.from('{"year":2027}') });
      await page.locator('form[action$="/import"] button').click();
      await page.locator('.summary').waitFor();
      await isSound(page);
      await page.locator('#files').setInputFiles(file);
      await page.locator('form[action$="/import"] button').click();
      await page.locator('form[action$="/years"]').waitFor();
      await isSound(page);
      await page.locator('form[action$="/years"] button').click();
      await page.waitForURL('**saved=yes**');
      await isSound(page);
      assert.equal(await page.locator('.year').count(), 2);
      await page.locator('#day').fill('2026-12-24');
      await page.locator('#is').check();
      await page.locator('#name-zh').fill('台风停工');
      await page.locator('#name-en').fill('Typhoon');
      await page.locator('form[action$="/days"] button').click();
      await page.locator('.own-day').waitFor();
      await isSound(page);
      await page.locator('.own-day button').click();
      await page.waitForFunction('!document.querySelector(".own-day")');
      assert.deepEqual(await town.services.calendar.townDays(), []);
    });
  }

  it('without JavaScript › a policy is saved and a year imported', async () => {
    const page = await chromium.open({ javaScript: false });
    await administratorAt('/administration/policy/change', page);
    await page.locator('#limit-reply-amount').fill('8');
    await page.locator('main form button.primary').click();
    await page.locator('button[value=stay]').click();
    await page.waitForURL('**saved=yes');
    await page.goto(`${town.address}/administration/calendar`);
    await page.locator('#text').fill(JSON_2027);
    await page.locator('form[action$="/import"] button').click();
    await page.locator('form[action$="/years"] button').click();
    await page.waitForURL('**saved=yes**');
    assert.equal((await town.services.policies.all())[0]?.reply.amount, 8);
    assert.deepEqual(
      (await town.services.calendar.years()).map(({ year }) => year),
      [2027],
    );
  });
});
