import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import supertest from 'supertest';
import { compose } from '../../src/compose.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { openEmbeddedStore } from '../../src/platform/embedded/embedded-store.ts';
import { makeLog } from '../../src/platform/log.ts';
import { ANSWERS, formKey, PAGES, readReceipt, type Browser } from '../letters/filing-support.ts';
import { startProgram, type ServedProgram } from '../support/served-program.ts';
import { TEST_TOWN, TEST_UNITS } from '../support/test-town.ts';

const ROUNDS = 3;

describe('kill -9 right after a receipt page', function () {
  this.timeout(90_000);
  let folder = '';
  let program: ServedProgram | null = null;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'huiyin-kill-'));
    const store = await openEmbeddedStore({ dataDir: folder, whenRunning: 'refuse' });
    const huiyin = await compose({
      config: readConfig({}),
      mongodbUri: store.uri,
      rootDir: process.cwd(),
      clock: systemClock,
      log: makeLog('silent'),
    });
    await huiyin.services.directory.saveTown(TEST_TOWN);
    for (const unit of TEST_UNITS) await huiyin.services.directory.saveUnit(unit);
    await huiyin.close();
    await store.close();
  });
  after(async () => {
    await program?.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  const browse = ({ address }: ServedProgram): Browser =>
    supertest.agent(address).set('Accept-Language', 'zh-CN').set('Accept', 'text/html');

  const fileLetter = async (running: ServedProgram, title: string) => {
    const browser = browse(running);
    await browser.post('/letters/new').expect(303);
    for (const [page, fields] of Object.entries(PAGES)) {
      const sent = Object.fromEntries(
        fields.map((field) => [field, field === 'title' ? title : ANSWERS[field]]),
      );
      await browser.post(`/letters/new/${page}`).type('form').send(sent).expect(303);
    }
    const key = await formKey(browser);
    await browser.post('/letters/new/send').type('form').send({ key }).expect(303);
    return readReceipt(browser);
  };

  it(`loses nothing, ${ROUNDS} times over`, async () => {
    const kept: { number: string; code: string; title: string }[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      program = await startProgram(folder);
      const running = program;
      const titles = [1, 2, 3].map((each) => `第${round}轮的第${each}封信：路面有坑`);
      const receipts = await Promise.all(titles.map((title) => fileLetter(running, title)));
      await running.kill();
      kept.push(...receipts.map((receipt, i) => ({ ...receipt, title: titles[i] ?? '' })));
    }
    program = await startProgram(folder);
    assert.equal(new Set(kept.map(({ number }) => number)).size, 3 * ROUNDS);
    for (const { number, code, title } of kept) {
      const browser = browse(program);
      await browser.post('/letters/track').type('form').send({ number, code }).expect(303);
      const { text } = await browser.get('/letters/mine').expect(200);
      assert.ok(text.includes(title), `${number} is not the letter "${title}"`);
    }
    assert.equal(await program.stop(), 0);
    program = null;
  });
});
