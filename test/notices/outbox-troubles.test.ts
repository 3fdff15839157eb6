import assert from 'node:assert/strict';
import { outboxTroubles } from '../../src/notices/outbox-troubles.ts';
import { readConfig } from '../../src/platform/config.ts';
import { seen, signedInAs } from '../support/sign-in.ts';
import { openTestTown, TEST_TOWN, type TestTown } from '../support/test-town.ts';

const SMTP_URL = 'smtp://mail.example';
const SMS_URL = 'https://sms.example/send';
const BASE_URL = 'https://box.example';
const MAIL_FROM = 'Box <box@town.example>';

describe('why messages do not reach people', () => {
  for (const [what, environment, troubles] of [
    ['nothing set', {}, ['noMail', 'noSms']],
    ['a mail server only', { SMTP_URL }, ['noSms', 'localLinks', 'localSender']],
    ['both gateways', { SMTP_URL, SMS_URL, MAIL_FROM }, ['localLinks']],
    ['another machine’s address', { SMTP_URL, SMS_URL, MAIL_FROM, BASE_URL }, []],
    ['an SMS gateway only', { SMS_URL, BASE_URL: 'http://127.0.0.1:3000' }, ['noMail', 'localLinks']],
  ] as const)
    it(`${what} › ${troubles.join(', ') || 'nothing'}`, () =>
      assert.deepEqual(outboxTroubles(readConfig(environment)), troubles));
});

describe('the administrator’s first page', () => {
  let town: TestTown;
  before(async () => {
    town = await openTestTown('2026-09-24T02:00:00Z');
  });
  after(() => town.end());

  const page = async (language: string): Promise<string> =>
    seen((await (await signedInAs(town, 'admin', language)).get('/administration').expect(200)).text);

  it('without gateways › says that nothing leaves', async () => {
    assert.match(await page('zh-CN'), /没有设置 SMTP_URL，不会发出邮件.*没有设置 SMS_URL，不会发出短信/);
    assert.match(await page('en'), /SMTP_URL is not set: no mail is sent/);
  });

  it('of a demonstration › says that nothing of it ever does', async () => {
    await town.services.directory.saveTown({ ...TEST_TOWN, isDemonstration: true });
    const zh = await page('zh-CN');
    assert.match(zh, /演示城镇：消息只记入台账，不会真的发出/);
    assert.doesNotMatch(zh, /SMTP_URL/);
  });
});
