import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler } from 'express';
import { MessageRefused, type MessageChannel } from '../../../../src/notices/channels/channel.ts';
import { smsGateway } from '../../../../src/notices/channels/sms/sms-gateway.ts';
import { gatewayAddresses } from '../../../../src/notices/gateway-calls.ts';
import { gatewaysRoutes } from '../../../../src/notices/gateways.routes.ts';
import { keyedHashes } from '../../../../src/platform/keyed-hashes.ts';
import { makeLog } from '../../../../src/platform/log.ts';
import { KannelBoxes, kannelIsInstalled, until } from './kannel-boxes.ts';
import { listening, PHONE, SMS } from './sample-message.ts';

const LONG = '李小满您好，您反映的文昌路路面问题已有答复，请凭编号和查询码查看。'.repeat(4);

// Four parameters are what makes it an error handler to Express.
const say500: ErrorRequestHandler = (_error, _req, res, _next) => {
  res.sendStatus(500);
};

describe('Kannel of Debian', () => {
  const boxes = new KannelBoxes();
  const heard = listening();
  const secrets = keyedHashes('a secret of more than thirty-two characters');
  let http: Server;
  let channel: MessageChannel;
  let open: (user: string) => MessageChannel;

  before(async function () {
    this.timeout(60_000);
    if (!kannelIsInstalled()) this.skip();
    const app = express();
    http = createServer(app).listen(0, '127.0.0.1');
    await once(http, 'listening');
    const addresses = gatewayAddresses(
      `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
      secrets.gatewayKey(),
    );
    await boxes.start({ incomingUrl: addresses.incoming });
    await boxes.openNetwork(PHONE, 'ABCDEFGHJK 还没有修好');
    const gateway = (user: string) =>
      smsGateway({
        url: `kannel+http://${user}@127.0.0.1:${boxes.sendsmsPort}?from=10690000`,
        token: null,
        templates: null,
        addresses,
        listener: heard,
        log: { info: assert.fail, warn: assert.fail },
      });
    app.use(
      gatewaysRoutes({
        gatewayCalls: gateway('huiyin:s%40cret').calls,
        gatewayListener: heard,
        secrets,
        log: makeLog('silent'),
      }),
    );
    app.use(say500);
    open = (user) => gateway(user).channel;
    channel = open('huiyin:s%40cret');
  });
  after(async function () {
    this.timeout(30_000);
    await boxes.stop();
    http?.closeAllConnections();
    http?.close();
  });

  it('a message that a person sends › comes in, in Chinese, once', async () => {
    await until(() => heard.messages.length > 0);
    const [{ id, from, text } = { id: '', from: '', text: '' }, ...others] = heard.messages;
    assert.deepEqual([from, text, others], [PHONE, 'ABCDEFGHJK 还没有修好', []]);
    assert.match(id, /^[0-9a-f-]{36}$/);
  });

  it('Chinese › goes over the air as it was written; the delivery comes back under our key', async () => {
    const text = '【区长信箱】信件8已有答复。';
    const key = 'm-1/7/answered/citizen/sms';
    assert.deepEqual(await channel.send({ ...SMS, text, key }), { id: key });
    await until(() => boxes.onTheAir.length > 0);
    const [one] = boxes.onTheAir;
    assert.ok(one);
    assert.deepEqual([one.from, one.to], ['10690000', PHONE]);
    assert.equal(one.bytes.swap16().toString('utf16le'), text);
    await until(() => heard.receipts.length > 0);
    assert.deepEqual(heard.receipts, [{ id: null, key, state: 'delivered', remark: 'dlr:1' }]);
  });

  it('letters of the common alphabet › one short message', async () => {
    const seen = boxes.onTheAir.length;
    await channel.send({
      ...SMS,
      text: 'Letter 8 is answered: https://box.example/a_b?x=1&y=~@',
      key: 'k-2',
    });
    await until(() => boxes.onTheAir.length > seen);
    assert.deepEqual(
      boxes.onTheAir.slice(seen).map(({ kind, bytes }) => [kind, bytes.toString('latin1')]),
      [['text', 'Letter 8 is answered: https://box.example/a_b?x=1&y=~@']],
    );
  });

  it('a long message › in parts that are the text together', async () => {
    const seen = boxes.onTheAir.length;
    await channel.send({ ...SMS, text: LONG, key: 'k-3' });
    const count = Math.ceil(LONG.length / 67);
    await until(() => boxes.onTheAir.length === seen + count);
    const parts = boxes.onTheAir
      .slice(seen)
      .toSorted((a, b) => (a.header?.at(-1) ?? 0) - (b.header?.at(-1) ?? 0));
    const bytes = Buffer.concat(parts.map((part) => part.bytes));
    assert.equal(bytes.swap16().toString('utf16le'), LONG);
    await until(() => heard.receipts.some(({ key }) => key === 'k-3'));
  });

  it('a receipt that could not be kept › comes again', async function () {
    this.slow(5000);
    heard.failing = 1;
    await channel.send({ ...SMS, text: 'again', key: 'k-4' });
    await until(() => heard.failing === 0 && heard.receipts.some(({ key }) => key === 'k-4'));
  });

  it('a wrong password › is tried again, for somebody may mend it', async () => {
    await assert.rejects(open('huiyin:wrong').send(SMS), (error: Error) => {
      assert.ok(!(error instanceof MessageRefused));
      assert.match(error.message, /^Kannel answered 403$/);
      return true;
    });
  });

  it('what is no number to Kannel › is refused for good', async () => {
    await assert.rejects(channel.send({ ...SMS, to: 'abc!' }), MessageRefused);
  });
});
