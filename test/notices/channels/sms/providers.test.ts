import assert from 'node:assert/strict';
import { MessageRefused, type MessageChannel } from '../../../../src/notices/channels/channel.ts';
import { smsGateway } from '../../../../src/notices/channels/sms/sms-gateway.ts';
import { answeringGateway, type Asked, type HttpGateway } from './http-gateway.ts';
import { ADDRESSES, listening, PHONE, SMS, TEMPLATES } from './sample-message.ts';

/** One gateway of the table: how its address is written, what it must be asked, how it says yes, never and not now. */
interface Row {
  readonly name: string;
  readonly url: (host: string) => string;
  readonly asked: (asked: Asked) => void;
  readonly yes: { status: number; body: string; id: string };
  readonly never: readonly { status: number; body: string }[];
  readonly notNow: readonly { status: number; body: string }[];
}

const said = (status: number, body: unknown) => ({ status, body: JSON.stringify(body) });
const tencentSays = (Code: string) => said(200, { Response: { SendStatusSet: [{ Code, SerialNo: 's-1' }] } });

const ROWS: readonly Row[] = [
  {
    name: 'Kannel',
    url: (host) => `kannel+http://huiyin:se%40cret@${host}?from=10690000&line=cmcc`,
    asked({ method, url, headers, body }) {
      assert.deepEqual([method, url, body], ['POST', '/cgi-bin/sendsms', SMS.text]);
      const sent = Object.entries(headers).filter(([name]) => name.startsWith('x-kannel-'));
      assert.deepEqual(Object.fromEntries(sent), {
        'x-kannel-username': 'huiyin',
        'x-kannel-password': 'se@cret',
        'x-kannel-from': '10690000',
        'x-kannel-to': PHONE,
        'x-kannel-coding': '2',
        'x-kannel-smsc': 'cmcc',
        'x-kannel-dlr-mask': '19',
        'x-kannel-dlr-url': `${ADDRESSES.receipts}?key=${Buffer.from(SMS.key).toString('base64url')}&type=%d&id=%F`,
      });
      assert.equal(headers['content-type'], 'text/plain; charset=UTF-8');
    },
    yes: { status: 202, body: '3: Queued for later delivery', id: SMS.key },
    never: [{ status: 400, body: 'Number(s) has/have been denied by white- and/or black-lists.' }],
    notNow: [
      { status: 403, body: 'Authorization failed for sendsms' },
      { status: 503, body: 'Temporal failure, try again later.' },
      { status: 200, body: 'hello' },
    ],
  },
  {
    name: 'Aliyun',
    url: (host) => `aliyun+http://LTAI1:se%2Fcret@${host}?sign=${encodeURIComponent('区长信箱')}`,
    asked({ method, url, headers, body }) {
      const { pathname, searchParams } = new URL(url, 'http://x');
      assert.deepEqual([method, pathname, body], ['POST', '/', '']);
      assert.deepEqual(Object.fromEntries(searchParams), {
        PhoneNumbers: PHONE,
        SignName: '区长信箱',
        TemplateCode: 'T_1',
        TemplateParam: '{"unit":"城建局","number":"2026-000001-8"}',
        OutId: SMS.key,
      });
      assert.deepEqual([headers['x-acs-action'], headers['x-acs-version']], ['SendSms', '2017-05-25']);
      assert.match(String(headers.authorization), /^ACS3-HMAC-SHA256 Credential=LTAI1,SignedHeaders=host;/);
      assert.match(String(headers['x-acs-date']), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    },
    yes: {
      ...said(200, { Code: 'OK', Message: 'OK', BizId: '9006197469^0', RequestId: 'r' }),
      id: '9006197469^0',
    },
    never: ['isv.MOBILE_NUMBER_ILLEGAL', 'isv.SMS_TEMPLATE_ILLEGAL', 'isv.BLACK_KEY_CONTROL_LIMIT'].map(
      (Code) => said(200, { Code, Message: PHONE, RequestId: 'r' }),
    ),
    notNow: [
      said(200, { Code: 'isv.BUSINESS_LIMIT_CONTROL', Message: PHONE }),
      said(200, { Code: 'isv.AMOUNT_NOT_ENOUGH' }),
      said(400, { Code: 'SignatureDoesNotMatch' }),
      said(503, {}),
      said(200, []),
    ],
  },
  {
    name: 'Tencent',
    url: (host) =>
      `tencent+http://AKID1:secret@${host}?app=1400006666&sign=${encodeURIComponent('区长信箱')}`,
    asked({ method, url, headers, body }) {
      assert.deepEqual([method, url], ['POST', '/']);
      assert.deepEqual(JSON.parse(body), {
        PhoneNumberSet: ['+8613800001234'],
        SmsSdkAppId: '1400006666',
        SignName: '区长信箱',
        TemplateId: 'T_1',
        TemplateParamSet: ['城建局', '2026-000001-8'],
        SessionContext: SMS.key,
      });
      assert.deepEqual(
        [headers['x-tc-action'], headers['x-tc-version'], headers['x-tc-region']],
        ['SendSms', '2021-01-11', 'ap-guangzhou'],
      );
      assert.match(
        String(headers.authorization),
        /^TC3-HMAC-SHA256 Credential=AKID1\/[\d-]+\/sms\/tc3_request, /,
      );
    },
    yes: { ...tencentSays('Ok'), id: 's-1' },
    never: [
      'InvalidParameterValue.IncorrectPhoneNumber',
      'FailedOperation.PhoneNumberInBlacklist',
      'FailedOperation.TemplateIncorrectOrUnapproved',
    ].map(tencentSays),
    notNow: [
      tencentSays('LimitExceeded.PhoneNumberDailyLimit'),
      tencentSays('FailedOperation.InsufficientBalanceInSmsPackage'),
      said(200, { Response: { Error: { Code: 'AuthFailure.SignatureExpire', Message: PHONE } } }),
      said(200, { Response: {} }),
      said(500, {}),
    ],
  },
  {
    name: '云MAS',
    url: (host) =>
      `mas+http://demo0:123qwe@${host}?group=${encodeURIComponent('政企分公司测试')}&sign=DWItALe3A`,
    asked({ method, url, body }) {
      assert.deepEqual([method, url], ['POST', '/sms/norsubmit']);
      const { mac, ...fields } = JSON.parse(Buffer.from(body, 'base64').toString());
      assert.deepEqual(fields, {
        ecName: '政企分公司测试',
        apId: 'demo0',
        secretKey: '123qwe',
        mobiles: PHONE,
        content: SMS.text,
        sign: 'DWItALe3A',
        addSerial: '',
      });
      assert.match(mac, /^[0-9a-f]{32}$/);
    },
    yes: { ...said(200, { rspcod: 'success', msgGroup: '1118', success: true }), id: '1118' },
    never: [said(200, { rspcod: 'InvalidMobile', msgGroup: '', success: false })],
    notNow: [
      said(200, { rspcod: 'IllegalMac', msgGroup: '', success: false }),
      said(200, { rspcod: 'InvalidUsrOrPwd', msgGroup: null, success: false }),
      said(502, 'Bad Gateway'),
    ],
  },
  {
    name: 'Twilio',
    url: (host) => `twilio+http://AC1:token@${host}?from=%2B15550001111`,
    asked({ method, url, headers, body }) {
      assert.deepEqual([method, url], ['POST', '/2010-04-01/Accounts/AC1/Messages.json']);
      assert.equal(headers.authorization, `Basic ${Buffer.from('AC1:token').toString('base64')}`);
      assert.deepEqual(Object.fromEntries(new URLSearchParams(body)), {
        To: '+8613800001234',
        From: '+15550001111',
        Body: SMS.text,
        StatusCallback: `${ADDRESSES.receipts}?key=${Buffer.from(SMS.key).toString('base64url')}`,
      });
    },
    yes: { ...said(201, { sid: 'SM1', status: 'queued' }), id: 'SM1' },
    never: [
      said(400, { code: 21211, message: `${PHONE} is not valid` }),
      said(400, { code: 21610, message: '' }),
    ],
    notNow: [
      said(429, { code: 20429 }),
      said(401, { code: 20003 }),
      said(200, { sid: 'SM1' }),
      said(500, {}),
    ],
  },
  {
    name: 'a generic gateway',
    url: (host) => `http://user:word@${host}/send`,
    asked({ method, url, headers, body }) {
      assert.deepEqual([method, url], ['POST', '/send']);
      assert.equal(headers.authorization, `Basic ${Buffer.from('user:word').toString('base64')}`);
      assert.deepEqual(JSON.parse(body), {
        to: PHONE,
        text: SMS.text,
        template: 'answered',
        params: SMS.params,
        key: SMS.key,
      });
    },
    yes: { ...said(200, { id: 17 }), id: '17' },
    never: [said(422, { error: `${PHONE} is not valid` })],
    notNow: [said(400, {}), said(500, {})],
  },
];

describe('SMS gateways over HTTP', () => {
  for (const row of ROWS) {
    describe(row.name, () => {
      let gateway: HttpGateway;
      let answer = { status: 500, body: '' };
      let channel: MessageChannel;
      before(async () => {
        gateway = await answeringGateway(() => answer);
        channel = open(gateway.host);
      });
      after(() => gateway.close());
      const open = (host: string) =>
        smsGateway({
          url: row.url(host),
          token: null,
          templates: TEMPLATES,
          addresses: ADDRESSES,
          listener: listening(),
          log: { info: assert.fail, warn: assert.fail },
          patienceMs: 2000,
        }).channel;

      it('is asked as it wants to be, and its id is kept', async () => {
        answer = row.yes;
        assert.deepEqual(await channel.send(SMS), { id: row.yes.id });
        assert.equal(gateway.asked.length, 1);
        for (const asked of gateway.asked) row.asked(asked);
      });

      for (const never of row.never) {
        it(`that says ${never.status} ${never.body.slice(0, 60)} › is not asked again`, async () => {
          answer = never;
          await assert.rejects(channel.send(SMS), (error: Error) => {
            assert.ok(error instanceof MessageRefused, error.message);
            assert.ok(!error.message.includes(PHONE));
            return true;
          });
        });
      }

      for (const notNow of row.notNow) {
        it(`that says ${notNow.status} ${notNow.body.slice(0, 60)} › is asked again later`, async () => {
          answer = notNow;
          await assert.rejects(channel.send(SMS), (error: Error) => {
            assert.ok(!(error instanceof MessageRefused), 'given up');
            assert.ok(!error.message.includes(PHONE));
            return true;
          });
        });
      }
    });
  }

  for (const [name, url] of [
    ['Aliyun', 'aliyun+http://a:b@127.0.0.1:1?sign=x'],
    ['Tencent', 'tencent+http://a:b@127.0.0.1:1?app=1&sign=x'],
  ] as const) {
    it(`${name} › a message without an approved template › is refused, and nobody is asked`, async () => {
      const { channel } = smsGateway({
        url,
        token: null,
        templates: TEMPLATES,
        addresses: ADDRESSES,
        listener: listening(),
        log: { info: assert.fail, warn: assert.fail },
      });
      await assert.rejects(channel.send({ ...SMS, template: 'redCard' }), MessageRefused);
    });
  }

  for (const to of ['not a number', '', '12', '1'.repeat(20)]) {
    it(`Tencent, Aliyun, 云MAS, Twilio › ${JSON.stringify(to)} is no telephone number › refused`, async () => {
      for (const url of [
        'tencent+http://a:b@127.0.0.1:1?app=1&sign=x',
        'aliyun+http://a:b@127.0.0.1:1?sign=x',
        'mas+http://a:b@127.0.0.1:1?group=g&sign=x',
        'twilio+http://a:b@127.0.0.1:1?from=1',
      ]) {
        const { channel } = smsGateway({
          url,
          token: null,
          templates: TEMPLATES,
          addresses: ADDRESSES,
          listener: listening(),
          log: { info: assert.fail, warn: assert.fail },
        });
        await assert.rejects(channel.send({ ...SMS, to }), MessageRefused, url);
      }
    });
  }
});
