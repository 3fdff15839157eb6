import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Matter } from '../../src/domain/matters/matter.ts';
import { aLetterIn } from '../support/letters.ts';
import { serveTestTown, type ServedTown } from '../support/served-town.ts';
import { TEST_PASSWORD } from '../support/test-town.ts';
import { axeViolations, chromiumPath, overhang, startChromium, type TestChromium } from './chromium.ts';

const path = chromiumPath();

const FIRST = {
  title: '梅溪路晚上十点后还有渣土车鸣笛',
  body: '梅溪路工地的渣土车每天晚上十点以后还在进出，一路鸣笛，孩子睡不着，请管一管。',
  place: '梅溪路',
  writer: { name: '陈立春', phone: '13900000001', mail: '', address: '' },
};
const SECOND = {
  title: '渣土车半夜在梅溪路鸣笛扰民',
  body: '住在梅溪路边，渣土车每天半夜从工地进出鸣笛，全家睡不着，请派人管一管渣土车。',
  place: '梅溪路',
  writer: { name: '赵谷雨', phone: '13900000002', mail: '', address: '' },
};

/** Pending without Chromium: nothing here was seen then. */
(path ? describe : describe.skip)('repeats in Chromium, at the desk', function () {
  this.timeout(120_000);
  let town: ServedTown;
  let chromium: TestChromium;
  let first: Matter;
  let second: Matter;
  before(async () => {
    town = await serveTestTown('2026-09-24T02:00:00Z');
    chromium = await startChromium(path ?? '');
    first = await aLetterIn(town, FIRST);
    second = await aLetterIn(town, SECOND);
  });
  after(async () => {
    await chromium.close();
    await town.end();
  });

  const signIn = async (options: { width?: number; lang?: string; javaScript?: boolean } = {}) => {
    const page = await chromium.open(options);
    await page.goto(`${town.address}/sign-in`);
    await page.locator('input[name=username]').fill('dispatcher');
    await page.locator('input[name=password]').fill(TEST_PASSWORD);
    await page.locator('form[action="/sign-in"] button').last().click();
    await page.waitForURL('**/desk');
    return page;
  };
  const isSound = async (page: Page) => {
    assert.deepEqual(await axeViolations(page), [], `axe on ${page.url()}`);
    assert.ok((await overhang(page)) <= 0, `${page.url()} scrolls sideways`);
  };
  const now = async ({ id }: Matter) => (await town.services.matters.byId(id)) ?? assert.fail();

  for (const [lang, width] of [
    ['zh-CN', 320],
    ['en', 1280],
  ] as const) {
    it(`${lang}, ${width} px › the letters stand side by side with reasons, and every page is sound`, async () => {
      const page = await signIn({ width, lang });
      await page.goto(`${town.address}/desk/${second.id}`);
      await isSound(page);
      await page.locator('.likely a.button').click();
      await page.waitForURL('**/repeats?*');
      await isSound(page);
      const candidate = page.locator('.candidate').first();
      assert.match(await candidate.innerText(), new RegExp(first.number));
      assert.match(await candidate.locator('.reasons').first().innerText(), /梅溪路/);
    });
  }

  it('without JavaScript at 320 px › held out, joined after all, and separated again', async () => {
    const page = await signIn({ width: 320, javaScript: false });
    await page.goto(`${town.address}/desk/${second.id}/repeats`);
    await page.locator('form[action$="/holdOut"] button').first().click();
    await page.waitForURL('**/repeats?*');
    assert.deepEqual(
      (await now(second)).heldOut.map(({ number }) => number),
      [first.number],
    );
    assert.equal(await page.locator(`.candidate :text("${first.number}")`).count(), 0);
    await page.locator('form[action$="/join"] button').first().click();
    await page.waitForURL(`**/desk/${second.id}?*`);
    const joined = await now(second);
    assert.deepEqual([joined.joinedTo, joined.heldOut], [first.id, []]);
    assert.ok((joined.history.at(-1)?.evidence?.reasons.length ?? 0) > 0);

    await page.goto(`${town.address}/desk/${first.id}`);
    assert.match(await page.locator('.set').innerText(), new RegExp(second.number));
    await page.locator('.set form[action$="/separate"] button').first().click();
    await page.waitForURL(`**/desk/${second.id}?*`);
    assert.deepEqual([(await now(second)).state, (await now(second)).joinedTo], ['received', null]);
  });
});
