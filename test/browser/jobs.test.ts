import assert from 'node:assert/strict';
import { connectMongo } from '../../src/platform/mongo/connect.ts';
import { mongoJobRunsStore } from '../../src/platform/mongo/job-runs-store.mongo.ts';
import { serveTestTown, type ServedTown } from '../support/served-town.ts';
import { TEST_PASSWORD } from '../support/test-town.ts';
import { axeViolations, chromiumPath, overhang, startChromium, type TestChromium } from './chromium.ts';

const path = chromiumPath();

/** Pending without Chromium: nothing here was seen then. */
(path ? describe : describe.skip)('what runs by the clock, in Chromium', function () {
  this.timeout(60_000);
  let town: ServedTown;
  let chromium: TestChromium;
  before(async () => {
    town = await serveTestTown('2026-11-24T02:00:00Z');
    chromium = await startChromium(path ?? '');
    const connection = await connectMongo(town.uri);
    const runs = mongoJobRunsStore(connection);
    await runs.know(['advance-clocks', 'deliver-sms', 'learn-units']);
    const run = { by: '4711@2026-11-24T01:00:00.000Z', since: town.at.now(), until: town.at.now() };
    for (const name of ['advance-clocks', 'deliver-sms', 'learn-units']) await runs.begin(name, run);
    await runs.finish('advance-clocks', run, { ms: 1540, count: 12 });
    await runs.fail('deliver-sms', run, 'MongoServerError WriteConcernFailed');
    const nextRunAt = town.at.now();
    await connection
      .collection('scheduled_jobs')
      .insertOne({ name: 'advance-clocks', type: 'single', nextRunAt });
    await connection.close();
  });
  after(async () => {
    await chromium.close();
    await town.end();
  });

  for (const [width, lang] of [
    [320, 'zh-CN'],
    [320, 'en'],
    [1280, 'zh-CN'],
    [1280, 'en'],
  ] as const) {
    it(`${lang}, ${width} px › sound; asked for by keyboard › said`, async () => {
      const page = await chromium.open({ width, lang });
      await page.goto(`${town.address}/sign-in?back=/administration`);
      await page.locator('input[name=username]').fill('admin');
      await page.locator('input[name=password]').fill(TEST_PASSWORD);
      await page.locator('main form button').click();
      await page.waitForURL('**/administration');
      await page.locator('a[href="/administration/jobs"]').click();
      await page.waitForURL('**/jobs');
      const isSound = async () => {
        assert.deepEqual(await axeViolations(page), []);
        assert.ok((await overhang(page)) <= 0, `${width} px scrolls sideways`);
      };
      await isSound();
      await page.locator('form[action$="/advance-clocks/run"] button').focus();
      await page.keyboard.press('Enter');
      await page.waitForURL('**asked=advance-clocks');
      await isSound();
    });
  }
});
