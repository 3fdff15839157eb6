import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { answerLetter } from '../letters/filing-support.ts';
import { act, aLetterIn, anAnswered, WRITER } from '../support/letters.ts';
import { serveTestTown, type ServedTown } from '../support/served-town.ts';
import { axeViolations, chromiumPath, overhang, startChromium, type TestChromium } from './chromium.ts';

const path = chromiumPath();

/** Pending without Chromium: nothing here was seen then. */
(path ? describe : describe.skip)('messages as the writer wishes, in Chromium', function () {
  this.timeout(120_000);
  let town: ServedTown;
  let chromium: TestChromium;
  before(async () => {
    town = await serveTestTown('2026-09-24T02:00:00Z');
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
  const press = (page: Page) => page.locator('main form button').last().click();
  /** The link of the last mail of this kind. */
  const linkIn = async (template: string, folder: string): Promise<string> => {
    await town.sweeps.deliverNotices(town.at.now());
    const mail = town.sent.mail.findLast((each) => each.template === template && each.to === WRITER.mail);
    const link = new RegExp(`http://huiyin\\.example(/${folder}/\\S+)`).exec(mail?.text ?? '')?.[1];
    assert.ok(link, `no mail ${template} with a link to /${folder}`);
    return town.address + link;
  };
  const onYou = async (options: Parameters<TestChromium['open']>[0]): Promise<Page> => {
    const page = await chromium.open(options);
    await page.goto(`${town.address}/letters/new`);
    await page.locator('form[action="/letters/new"] button').last().click();
    await page.waitForURL('**/letters/new/matter');
    await page.locator('input[name=kind][value=complaint]').check();
    await page.locator('input[name=title]').fill('文昌路中段路灯不亮');
    await press(page);
    await page.waitForURL('**/letters/new/details');
    await page.locator('textarea[name=body]').fill('文昌路中段的路灯坏了三天，夜里很危险，请派人修理。');
    await page.locator('main form button').last().click();
    await page.waitForURL('**/letters/new/you');
    return page;
  };

  for (const width of [320, 1280])
    for (const lang of ['zh-CN', 'en'])
      it(`${width} px, ${lang} › the form’s page, right and wrong; changed with number and code`, async () => {
        const page = await onYou({ width, lang });
        await isSound(page);
        await page.locator('input[name=name]').fill('李小满');
        await page.locator('input[name=phone]').fill('13800001234');
        await page.locator('input[name=reachBy][value=both]').check();
        await press(page);
        await page.waitForSelector('.summary');
        assert.equal(await page.locator('input[name=reachBy][value=both]').isChecked(), true);
        await page.locator('.summary a').click();
        assert.equal(await page.evaluate('document.activeElement.name'), 'reachBy');
        await isSound(page);
        await page.locator('input[name=reachBy][value=sms]').check();
        await press(page);
        await page.waitForURL('**/letters/new/wish');
        await page.locator('input[name=wish][value=private]').check();
        await press(page);
        await page.waitForURL('**/letters/new/check');
        await isSound(page);
        await press(page);
        await page.waitForURL('**/letters/receipt');
        await isSound(page);
        const number = (await page.locator('#number').textContent()) ?? '';
        const code = (await page.locator('#code').textContent()) ?? '';
        await page.goto(`${town.address}/letters/track`);
        await page.locator('input[name=number]').fill(number);
        await page.locator('input[name=code]').fill(code);
        await press(page);
        await page.waitForURL('**/letters/mine');
        await page.locator('#messages summary').click();
        await isSound(page);
        await page.locator('#messages input[name=by][value=none]').check();
        await page.locator('#messages button').click();
        await page.waitForURL('**/letters/mine?done=messages#top');
        await isSound(page);
        const matter = await town.services.matters.byNumber(number);
        assert.equal((await town.services.messageWishes.of(matter?.id ?? ''))?.by, 'none');
      });

  for (const lang of ['zh-CN', 'en'] as const)
    it(`320 px, ${lang}, without JavaScript › stopped and begun again behind a mail’s link`, async () => {
      const { id } = await aLetterIn(town, { language: lang });
      const link = await linkIn('received', 'messages');
      const page = await chromium.open({ width: 320, lang });
      await page.goto(link);
      await isSound(page);
      const plain = await chromium.open({ width: 320, lang, javaScript: false });
      await plain.goto(link);
      for (const [stop, by, about] of [
        ['progress', 'mail', 'essentials'],
        ['all', 'none', 'essentials'],
        ['nothing', 'mail', 'everything'],
      ] as const) {
        await plain.locator(`form:has(input[value=${stop}]) button`).click();
        await plain.waitForLoadState();
        assert.deepEqual(await town.services.messageWishes.of(id), { by, about });
        await page.goto(link);
        await isSound(page);
      }
    });

  for (const lang of ['zh-CN', 'en'] as const)
    it(`320 px, ${lang} › an answer is rated behind the invitation’s link`, async () => {
      const letter = await aLetterIn(town, { language: lang });
      await answerLetter(town, letter);
      town.at.moveTo(new Date(town.at.now().getTime() + 24 * 3_600_000));
      const page = await chromium.open({ width: 320, lang });
      await page.goto(await linkIn('rate', 'rate'));
      await isSound(page);
      await press(page);
      await page.waitForSelector('.summary');
      await isSound(page);
      await page.locator('input[name=overall][value="5"]').check();
      await page.locator('input[name=solved][value=yes]').check();
      await press(page);
      await page.waitForSelector('.notice.ok');
      await isSound(page);
      assert.equal((await town.services.matters.byId(letter.id))?.rating?.overall, 5);
    });

  for (const lang of ['zh-CN', 'en'] as const)
    it(`320 px, ${lang} › a matter is followed weekly, at once, and the weekly mail is stopped`, async () => {
      const { id, number } = await anAnswered(town, { title: `文昌路的路牌${lang}` });
      await act(town, 'dispatcher', id, 'publish');
      const page = await chromium.open({ width: 320, lang });
      await page.goto(`${town.address}/answers/${number}/follow`);
      await isSound(page);
      await page.locator('input[type=email]').fill(`reader-${lang}@mail.example`);
      await page.locator('input[name=pace][value=weekly]').check();
      await press(page);
      await page.waitForURL('**/follow?asked=yes');
      await town.sweeps.deliverNotices(town.at.now());
      const mail = town.sent.mail.findLast(({ template }) => template === 'follow');
      await page.goto(town.address + (/(\/follow\/\S+)/.exec(mail?.text ?? '')?.[1] ?? ''));
      await isSound(page);
      await page.locator('form:not([action$="/end"]).action button').first().click();
      await page.waitForSelector('form[action$="/pace"]');
      await isSound(page);
      const { secrets } = town.services;
      await page.goto(`${town.address}/follow/weekly/${secrets.digestKey(mail?.to ?? '')}`);
      await isSound(page);
      await press(page);
      await page.waitForSelector('main a.button');
      await isSound(page);
      assert.equal(
        await town.services.followers.find(secrets.followerId(secrets.followKey(id, mail?.to ?? ''))),
        null,
      );
    });
});
