import assert from 'node:assert/strict';
import type { Express } from 'express';
import request from 'supertest';
import { gatewayAddresses } from '../../src/notices/gateway-calls.ts';
import { gatewaysRoutes } from '../../src/notices/gateways.routes.ts';
import { nameOf } from '../../src/notices/channels/sms/reading.ts';
import { smsGateway } from '../../src/notices/channels/sms/sms-gateway.ts';
import { twilioSignature } from '../../src/notices/channels/sms/twilio.ts';
import { keyedHashes } from '../../src/platform/keyed-hashes.ts';
import { tinyApp, type LogLine } from '../platform/http/tiny-app.ts';
import { listening, PHONE, TEMPLATES, type Heard } from './channels/sms/sample-message.ts';

const secrets = keyedHashes('a secret of more than thirty-two characters');
const KEY = secrets.gatewayKey();
const BASE = 'http://mailbox.example';
const ADDRESSES = gatewayAddresses(BASE, KEY);
const PATH = `/gateways/sms/${KEY}`;
const OUR_KEY = 'm-1/7/answered/citizen/sms';
const WRITTEN_KEY = Buffer.from(OUR_KEY).toString('base64url');

const URLS = {
  kannel: 'kannel+http://u:p@h?from=1',
  aliyun: 'aliyun://u:p@h?sign=x',
  tencent: 'tencent://u:p@h?app=1&sign=x',
  mas: 'mas://u:p@h?group=g&sign=x',
  twilio: 'twilio://AC1:token@h?from=1',
  generic: 'https://h/',
};

function serving(url: string): { app: Express; heard: Heard; lines: LogLine[] } {
  const heard = listening();
  const { calls } = smsGateway({
    url,
    token: null,
    templates: TEMPLATES,
    addresses: ADDRESSES,
    listener: heard,
    log: { info: assert.fail, warn: assert.fail },
  });
  const { app, lines } = tinyApp(
    (routes) => {
      routes.post('/letters', (_req, res) => {
        res.send('taken');
      });
    },
    { baseUrl: BASE },
    (first, log) => first.use(gatewaysRoutes({ gatewayCalls: calls, gatewayListener: heard, secrets, log })),
  );
  return { app, heard, lines };
}

/** What each gateway sends, and what it must be answered. */
interface Row {
  readonly name: keyof typeof URLS;
  readonly what: string;
  readonly send: (app: Express) => request.Test;
  readonly receipts?: Heard['receipts'];
  readonly messages?: Heard['messages'];
  readonly answer: string;
}

const json = (path: string, body: unknown) => (app: Express) =>
  request(app)
    .post(`${PATH}${path}`)
    .send(body as object);

const twilioForm = (path: string, search: string, fields: Record<string, string>) => (app: Express) =>
  request(app)
    .post(`${PATH}${path}${search}`)
    .set(
      'X-Twilio-Signature',
      twilioSignature('token', `${BASE}${PATH}${path}${search}`, new URLSearchParams(fields)),
    )
    .type('form')
    .send(fields);

const kannelWords = (bytes: Buffer, type: string) => (app: Express) =>
  request(app)
    .post(`${PATH}/incoming?from=%2B8613800001234&id=9c8e-1`)
    .set('Content-Type', type)
    .serialize((body) => body)
    .send(bytes as unknown as string);

const ROWS: readonly Row[] = [
  {
    name: 'kannel',
    what: 'a delivery',
    send: (app) => request(app).get(`${PATH}/receipts?key=${WRITTEN_KEY}&type=1&id=afd5`),
    receipts: [{ id: null, key: OUR_KEY, state: 'delivered', remark: 'dlr:1' }],
    answer: '',
  },
  {
    name: 'kannel',
    what: 'a failure',
    send: (app) => request(app).get(`${PATH}/receipts?key=${WRITTEN_KEY}&type=2&id=`),
    receipts: [{ id: null, key: OUR_KEY, state: 'failed', remark: 'dlr:2' }],
    answer: '',
  },
  {
    name: 'kannel',
    what: 'a message on its way',
    send: (app) => request(app).get(`${PATH}/receipts?key=${WRITTEN_KEY}&type=8&id=`),
    receipts: [],
    answer: '',
  },
  {
    name: 'kannel',
    what: 'Chinese words',
    send: kannelWords(Buffer.from('你好', 'utf16le').swap16(), 'text/plain; charset="UTF-16BE"'),
    messages: [{ id: '9c8e-1', from: PHONE, text: '你好' }],
    answer: '',
  },
  {
    name: 'kannel',
    what: 'words',
    send: kannelWords(Buffer.from('hello @ café'), 'text/plain; charset="UTF-8"'),
    messages: [{ id: '9c8e-1', from: PHONE, text: 'hello @ café' }],
    answer: '',
  },
  {
    name: 'kannel',
    what: 'bytes for a telephone',
    send: kannelWords(Buffer.from([1, 2, 3]), 'application/octet-stream'),
    messages: [],
    answer: '',
  },
  {
    name: 'aliyun',
    what: 'reports',
    // The example of help.aliyun.com/document_detail/101867.html, with a failure added
    send: json('/receipts', [
      {
        phone_number: '13811110000',
        send_time: '2017-01-01 00:00:00',
        report_time: '2017-01-01 00:00:00',
        success: true,
        err_code: 'DELIVERED',
        err_msg: '用户接收成功',
        sms_size: '1',
        biz_id: '12345',
        out_id: OUR_KEY,
      },
      { phone_number: '13811110000', success: false, err_code: 'MK:0001', biz_id: '12346', out_id: '' },
    ]),
    receipts: [
      { id: '12345', key: OUR_KEY, state: 'delivered', remark: 'DELIVERED' },
      { id: '12346', key: null, state: 'failed', remark: 'MK:0001' },
    ],
    answer: '{"code":0,"msg":"接收成功"}',
  },
  {
    name: 'aliyun',
    what: 'a message',
    send: json('/incoming', [
      {
        phone_number: PHONE,
        content: '内容',
        send_time: '2017-09-01 00:00:00',
        dest_code: '1234',
        sequence_id: 1234567890,
      },
    ]),
    messages: [{ id: 'aliyun 1234567890', from: PHONE, text: '内容' }],
    answer: '{"code":0,"msg":"接收成功"}',
  },
  {
    name: 'tencent',
    what: 'reports',
    // The example of cloud.tencent.com/document/product/382/5807, with our words in its ext
    send: json('/receipts', [
      {
        user_receive_time: '2015-10-17 08:03:04',
        nationcode: '86',
        mobile: PHONE,
        report_status: 'SUCCESS',
        errmsg: 'DELIVRD',
        description: '用户短信送达成功',
        sid: 's-1',
        ext: OUR_KEY,
      },
      { nationcode: '86', mobile: PHONE, report_status: 'FAIL', errmsg: 'words and not a code', sid: 's-2' },
    ]),
    receipts: [
      { id: 's-1', key: OUR_KEY, state: 'delivered', remark: 'DELIVRD' },
      { id: 's-2', key: null, state: 'failed', remark: '' },
    ],
    answer: '{"result":0,"errmsg":"OK"}',
  },
  {
    name: 'tencent',
    what: 'a message',
    send: json('/incoming', {
      extend: '',
      mobile: PHONE,
      nationcode: '86',
      sign: '区长信箱',
      text: '谢谢',
      time: 1457336869,
    }),
    messages: [{ id: `tencent ${nameOf('86', PHONE, '谢谢', '1457336869')}`, from: PHONE, text: '谢谢' }],
    answer: '{"result":0,"errmsg":"OK"}',
  },
  {
    name: 'mas',
    what: 'a report',
    send: json('/receipts', {
      reportStatus: 'CM:0000',
      mobile: PHONE,
      submitDate: '20261127090000',
      receiveDate: '20261127090001',
      errorCode: 'DELIVRD',
      msgGroup: '1118',
    }),
    receipts: [{ id: '1118', key: null, state: 'delivered', remark: 'DELIVRD' }],
    answer: '{"rspcod":"success","success":true}',
  },
  {
    name: 'mas',
    what: 'reports of a failure and of one on its way',
    send: json('/receipts', [
      { reportStatus: 'CM:0140', mobile: [PHONE], errorCode: 'DB:0140', msgGroup: '1119' },
      { reportStatus: 'CM:3000', mobile: PHONE, errorCode: '', msgGroup: '1120' },
    ]),
    receipts: [{ id: '1119', key: null, state: 'failed', remark: 'DB:0140' }],
    answer: '{"rspcod":"success","success":true}',
  },
  {
    name: 'mas',
    what: 'a message',
    send: json('/incoming', { mobile: PHONE, smsContent: '谢谢', sendTime: '20261127090000', addSerial: '' }),
    messages: [{ id: `mas ${nameOf(PHONE, '谢谢', '20261127090000')}`, from: PHONE, text: '谢谢' }],
    answer: '{"rspcod":"success","success":true}',
  },
  {
    name: 'twilio',
    what: 'a delivery',
    send: twilioForm('/receipts', `?key=${WRITTEN_KEY}`, {
      MessageSid: 'SM1',
      MessageStatus: 'delivered',
      To: '+86',
    }),
    receipts: [{ id: 'SM1', key: OUR_KEY, state: 'delivered', remark: 'delivered' }],
    answer: '',
  },
  {
    name: 'twilio',
    what: 'a failure',
    send: twilioForm('/receipts', `?key=${WRITTEN_KEY}`, {
      MessageSid: 'SM1',
      MessageStatus: 'undelivered',
      ErrorCode: '30003',
    }),
    receipts: [{ id: 'SM1', key: OUR_KEY, state: 'failed', remark: '30003' }],
    answer: '',
  },
  {
    name: 'twilio',
    what: 'a message on its way',
    send: twilioForm('/receipts', `?key=${WRITTEN_KEY}`, { MessageSid: 'SM1', MessageStatus: 'sent' }),
    receipts: [],
    answer: '',
  },
  {
    name: 'twilio',
    what: 'a message',
    send: twilioForm('/incoming', '', {
      MessageSid: 'SM2',
      From: '+8613800001234',
      To: '+1555',
      Body: '谢谢 & more',
    }),
    messages: [{ id: 'SM2', from: PHONE, text: '谢谢 & more' }],
    answer: '<Response/>',
  },
  {
    name: 'generic',
    what: 'receipts',
    send: json('/receipts', [
      { id: 17, state: 'delivered' },
      { key: OUR_KEY, state: 'failed', code: 'E-7' },
    ]),
    receipts: [
      { id: '17', key: null, state: 'delivered', remark: '' },
      { id: null, key: OUR_KEY, state: 'failed', remark: 'E-7' },
    ],
    answer: '{"ok":true}',
  },
  {
    name: 'generic',
    what: 'a message',
    send: json('/incoming', { id: 'g-1', from: PHONE, text: '谢谢' }),
    messages: [{ id: 'g-1', from: PHONE, text: '谢谢' }],
    answer: '{"ok":true}',
  },
];

describe('addresses for gateways', () => {
  for (const { name, what, send, receipts = [], messages = [], answer } of ROWS) {
    it(`${name} › ${what} › is kept, then answered as it expects`, async () => {
      const { app, heard, lines } = serving(URLS[name]);
      const response = await send(app).expect(200);
      assert.equal(response.text, answer);
      assert.deepEqual(heard.receipts, receipts);
      assert.deepEqual(heard.messages, messages);
      assert.equal(response.headers['set-cookie'], undefined);
      const [line] = lines;
      assert.match(String(line?.fields['route']), /^\/gateways\/sms\/:key\/(receipts|incoming)$/);
      const told = JSON.stringify(lines);
      for (const secret of [KEY, PHONE, '谢谢', '你好']) assert.ok(!told.includes(secret), told);
    });

    it(`${name} › ${what} › that cannot be kept is not answered with yes`, async () => {
      const { app, heard } = serving(URLS[name]);
      heard.failing = 1;
      const expected = receipts.length + messages.length > 0 ? 500 : 200;
      await send(app).expect(expected);
      await send(app).expect(200);
      assert.deepEqual([heard.receipts, heard.messages], [receipts, messages]);
    });
  }

  it('tencent › the same message again › the same id; at another time › another', async () => {
    const { app, heard } = serving(URLS.tencent);
    for (const time of [1, 1, 2])
      await json('/incoming', { nationcode: '86', mobile: PHONE, text: 'x', time })(app).expect(200);
    const [one, again, later] = heard.messages;
    assert.ok(one && one.id === again?.id && one.id !== later?.id);
  });

  it('a wrong key › is any unknown address, and its body is not read', async () => {
    const { app, heard } = serving(URLS.generic);
    const unknown = await request(app).post('/nowhere').send({}).expect(404);
    for (const key of ['x', KEY.slice(0, -1), `${KEY}x`, KEY.toLowerCase(), '%00', '__proto__'])
      for (const kind of ['receipts', 'incoming']) {
        const response = await request(app)
          .post(`/gateways/sms/${key}/${kind}`)
          .send({ id: 1, key: OUR_KEY, state: 'delivered', from: PHONE, text: 'x' })
          .expect(404);
        assert.deepEqual(response.body, unknown.body);
      }
    assert.deepEqual([heard.receipts, heard.messages], [[], []]);
  });

  it('another installation’s key › differs', () => {
    assert.notEqual(keyedHashes('another secret of more than thirty-two characters').gatewayKey(), KEY);
    assert.ok(KEY.length >= 40);
  });

  it('another method › finds nothing', async () => {
    const { app } = serving(URLS.generic);
    await request(app).get(`${PATH}/receipts`).expect(404);
    await request(app).get(`${PATH}/incoming`).expect(404);
    await request(serving(URLS.kannel).app).post(`${PATH}/receipts?key=${WRITTEN_KEY}&type=1`).expect(404);
  });

  it('an origin › is let through here, and nowhere else', async () => {
    const { app, heard } = serving(URLS.generic);
    const foreign = { Origin: 'https://gateway.example', 'Sec-Fetch-Site': 'cross-site' };
    await request(app).post(`${PATH}/receipts`).set(foreign).send({ id: 1, state: 'delivered' }).expect(200);
    assert.equal(heard.receipts.length, 1);
    await request(app).post('/letters').set(foreign).send({}).expect(403);
    await request(app).post(`${PATH}/other`).set(foreign).send({}).expect(403);
  });

  const SHAPELESS: readonly [what: string, body: string][] = [
    ['nothing', ''],
    ['no JSON', '{"id"'],
    ['a number', '17'],
    ['null', 'null'],
    ['an empty object', '{}'],
    ['a list of numbers', '[1]'],
    ['an operator for a field', '[{"id":{"$ne":1},"biz_id":{"$ne":1},"sid":{"$ne":1},"msgGroup":{"$ne":1}}]'],
    ['a prototype', '{"__proto__":{"id":1,"state":"delivered"}}'],
  ];
  for (const name of ['aliyun', 'tencent', 'mas', 'generic'] as const)
    for (const [what, body] of SHAPELESS)
      it(`${name} › ${what} › is refused, nothing is kept, nothing of it is said`, async () => {
        const { app, heard } = serving(URLS[name]);
        for (const path of ['receipts', 'incoming']) {
          const response = await request(app)
            .post(`${PATH}/${path}`)
            .set('Content-Type', 'application/json')
            .send(body)
            .expect(400);
          assert.ok(body.length < 3 || !response.text.includes(body));
        }
        assert.deepEqual([heard.receipts, heard.messages], [[], []]);
      });

  it('kannel › no key, no type, a charset nobody knows › is refused', async () => {
    const { app, heard } = serving(URLS.kannel);
    await request(app).get(`${PATH}/receipts?key=${WRITTEN_KEY}`).expect(400);
    await request(app).get(`${PATH}/receipts?type=1`).expect(400);
    await request(app).post(`${PATH}/incoming?from=1`).type('text/plain').send('x').expect(400);
    await kannelWords(Buffer.from('x'), 'text/plain; charset="X-17"')(app).expect(400);
    assert.deepEqual([heard.receipts, heard.messages], [[], []]);
  });

  it('twilio › not signed, signed by another, signed for another address, altered › is refused', async () => {
    const { app, heard } = serving(URLS.twilio);
    const fields = { MessageSid: 'SM1', From: '+8613800001234', Body: 'x' };
    const url = `${BASE}${PATH}/incoming`;
    const form = new URLSearchParams(fields);
    const post = (signature: string, sent: Record<string, string> = fields) =>
      request(app).post(`${PATH}/incoming`).set('X-Twilio-Signature', signature).type('form').send(sent);
    await post('').expect(403);
    await request(app).post(`${PATH}/incoming`).type('form').send(fields).expect(403);
    await post(twilioSignature('another', url, form)).expect(403);
    await post(twilioSignature('token', `${BASE}${PATH}/receipts`, form)).expect(403);
    await post(twilioSignature('token', url, form), { ...fields, Body: 'y' }).expect(403);
    assert.deepEqual(heard.messages, []);
    await post(twilioSignature('token', url, form)).expect(200);
  });

  it('a body without end › is refused as too large', async () => {
    const { app, heard } = serving(URLS.generic);
    const many = Array.from({ length: 10_000 }, (_, id) => ({ id, state: 'delivered' }));
    await request(app).post(`${PATH}/receipts`).send(many).expect(413);
    assert.deepEqual(heard.receipts, []);
  });

  it('a gateway that calls nobody over HTTP › has no address', async () => {
    const { app } = serving('smpp://u:p@h?from=1');
    await request(app).post(`${PATH}/receipts`).send({ id: 1, state: 'delivered' }).expect(404);
  });
});
