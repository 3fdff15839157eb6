import assert from 'node:assert/strict';
import { openTestTown, type TestTown } from '../support/test-town.ts';
import { ANSWERS, fillIn, pageText, startLetter } from './filing-support.ts';

describe('writing a letter', () => {
  let town: TestTown;
  before(async () => {
    town = await openTestTown('2026-09-24T02:00:00Z');
  });
  after(() => town.end());

  it('from the first page to the receipt', async () => {
    const browser = await startLetter(town);
    await fillIn(browser);
    const check = await browser.get('/letters/new/check').expect(200);
    for (const text of Object.values(ANSWERS)) {
      if (text.length > 9) assert.ok(check.text.includes(text), `${text} is not on the check page`);
    }
    const key = /name="key" value="([^"]+)"/.exec(check.text)?.[1] ?? '';
    await browser
      .post('/letters/new/send')
      .type('form')
      .send({ key })
      .expect(303)
      .expect('location', '/letters/receipt');

    const receipt = await browser.get('/letters/receipt').expect(200);
    const text = pageText(receipt.text);
    assert.match(text, /2026-000001-\d/);
    assert.match(text, /[2-9A-Z]{5}-[2-9A-Z]{5}/);
    assert.match(text, /2026-10-\d\d/);
  });
});
