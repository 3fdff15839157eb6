import assert from 'node:assert/strict';
import { smsGateway } from '../../../../src/notices/channels/sms/sms-gateway.ts';
import { ConfigError } from '../../../../src/platform/config.ts';
import { ADDRESSES, listening, TEMPLATES } from './sample-message.ts';

const gateway = (url: string, templates: typeof TEMPLATES | null = TEMPLATES) =>
  smsGateway({
    url,
    token: null,
    templates,
    addresses: ADDRESSES,
    listener: listening(),
    log: { info: assert.fail, warn: assert.fail },
  });

describe('the SMS gateway that SMS_URL names', () => {
  const known: [url: string, receipts: string, incoming: string][] = [
    ['kannel+http://u:p@h:1?from=1', 'GET', 'POST'],
    ['kannel://u:p@h?from=1&line=x', 'GET', 'POST'],
    ['aliyun://u:p@h?sign=x', 'POST', 'POST'],
    ['tencent://u:p@h?app=1&sign=x&region=ap-beijing', 'POST', 'POST'],
    ['mas://u:p@h?group=g&sign=x&serial=01', 'POST', 'POST'],
    ['twilio://u:p@h?from=1&country=1', 'POST', 'POST'],
    ['https://h/x?whatever=1', 'POST', 'POST'],
  ];
  for (const [url, receipts, incoming] of known) {
    it(`${url} › calls us by ${receipts} and ${incoming}`, () => {
      const { calls } = gateway(url);
      assert.deepEqual([calls?.receipts?.method, calls?.incoming?.method], [receipts, incoming]);
    });
  }
  for (const url of ['smpp://u:p@h?from=1', 'smpps://u:p@[::1]:3551?from=1&type=x'])
    it(`${url} › has a line of its own, which is not opened before it is asked to`, () =>
      assert.equal(gateway(url).calls, null));

  const wrong: [url: string, says: RegExp][] = [
    ['smpp://u:pass-word@h', /needs "from=…"/],
    ['smpp://h?from=1', /needs user and password/],
    ['kannel+http://u:pass-word@h?form=1', /knows no "form"; it knows from, line/],
    ['kannel+http://pass-word@h?from=1', /needs user and password/],
    ['aliyun://u:pass-word@h', /needs "sign=…"/],
    ['aliyun://u:pass-word@h?sign=', /needs "sign=…"/],
    ['tencent://u:pass-word@h?sign=x', /needs "app=…"/],
    ['mas://u:pass-word@h?sign=x', /needs "group=…"/],
    ['twilio://u:pass-word@h', /needs "from=…"/],
    ['twilio://u:pass-word%@h?from=1', /"%" in user or password/],
    ['cmpp://u:pass-word@h', /no kind of gateway/],
    ['aliyun://u:pass-word@h:99999', /is not an address/],
  ];
  for (const [url, says] of wrong) {
    it(`${url} › is refused in a sentence without its password`, () => {
      assert.throws(
        () => gateway(url),
        (error: Error) => {
          assert.ok(error instanceof ConfigError, String(error));
          assert.match(error.message, /^"SMS_URL" /);
          assert.match(error.message, says);
          assert.ok(!String(error.stack).includes('pass-word'));
          return true;
        },
      );
    });
  }

  for (const url of ['aliyun://u:p@h?sign=x', 'tencent://u:p@h?app=1&sign=x'])
    it(`${url} › asks for SMS_TEMPLATES`, () =>
      assert.throws(() => gateway(url, null), /^ConfigError: |"SMS_TEMPLATES" is needed/));
});
