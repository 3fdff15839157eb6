import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { OutgoingMessage } from '../../src/notices/channels/channel.ts';
import { consoleChannel } from '../../src/notices/channels/console.ts';
import { httpSms } from '../../src/notices/channels/http-sms.ts';
import { notInDemonstration } from '../../src/notices/channels/not-in-demonstration.ts';
import { smtpMail } from '../../src/notices/channels/smtp-mail.ts';

const MESSAGE: OutgoingMessage = {
  to: 'li@mail.example',
  subject: '您的来信 2026-000001-8 已有答复',
  text: '李小满：\n\n文昌路路面已经修补。',
  template: 'answered',
  params: { number: '2026-000001-8' },
  key: 'm-1/7/answered/citizen/mail',
};

describe('mail by SMTP', () => {
  const received: { from: string; to: string[]; raw: string }[] = [];
  let isRefusing = false;
  let server: SMTPServer;
  let url = '';
  before(async () => {
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo: (_address, _session, done) =>
        done(isRefusing ? Object.assign(new Error('no such mailbox'), { responseCode: 550 }) : undefined),
      onData(stream, session, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope;
          received.push({
            from: mailFrom ? mailFrom.address : '',
            to: rcptTo.map(({ address }) => address),
            raw: Buffer.concat(chunks).toString(),
          });
          done();
        });
      },
    });
    const listening = server.listen(0, '127.0.0.1');
    await once(listening, 'listening');
    url = `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  });
  after(() => new Promise<void>((resolve) => server.close(resolve)));

  it('takes Chinese words to the writer, under the ledger’s key as Message-ID', async () => {
    const mail = smtpMail({ url, from: '区长信箱 <box@town.example>' });
    const { id } = await mail.send(MESSAGE);
    await mail.close();
    assert.equal(id, '<m-1.7.answered.citizen.mail@town.example>');
    const [one] = received;
    assert.ok(one);
    assert.deepEqual([one.from, one.to], ['box@town.example', ['li@mail.example']]);
    assert.match(one.raw, /Message-ID: <m-1\.7\.answered\.citizen\.mail@town\.example>/i);
    const body = one.raw.split('\r\n\r\n').slice(1).join('\r\n\r\n');
    const isBase64 = /Content-Transfer-Encoding: base64/i.test(one.raw);
    const text = isBase64 ? Buffer.from(body, 'base64').toString() : decodeQuotedPrintable(body);
    assert.ok(text.includes('文昌路路面已经修补。'));
  });

  it('bears the address a mail program posts to, when there is one', async () => {
    const mail = smtpMail({ url, from: 'box@town.example' });
    await mail.send({ ...MESSAGE, unsubscribe: 'https://town.example/messages/2026-000001-8/key' });
    await mail.close();
    const raw = received.at(-1)?.raw.replaceAll(/\r\n\s+/g, ' ') ?? '';
    assert.match(raw, /^List-Unsubscribe: <https:\/\/town\.example\/messages\/2026-000001-8\/key>/m);
    assert.match(raw, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click/m);
    assert.doesNotMatch(received[0]?.raw ?? '', /List-Unsubscribe/);
  });

  it('that is refused by the server rejects, so that it is tried again', async () => {
    isRefusing = true;
    const mail = smtpMail({ url, from: 'box@town.example' });
    await assert.rejects(mail.send(MESSAGE));
    await mail.close();
    isRefusing = false;
  });

  it('to a server that is not there rejects', async () => {
    const mail = smtpMail({ url: 'smtp://127.0.0.1:1', from: 'box@town.example' });
    await assert.rejects(mail.send(MESSAGE));
    await mail.close();
  });
});

const decodeQuotedPrintable = (text: string): string =>
  Buffer.from(
    text
      .replaceAll('=\r\n', '')
      .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString();

describe('SMS through an HTTP gateway', () => {
  const SMS = { ...MESSAGE, to: '13800001234', text: '【区长信箱】信件2026-000001-8已有答复。' };
  let gateway: Server;
  let url = '';
  let answer = { status: 200, body: '{"id":"gw-17"}' };
  const asked: { headers: IncomingHttpHeaders; body: string }[] = [];
  before(async () => {
    gateway = createServer((req, res) => {
      const chunks: Buffer[] = [];
      req.on('data', (chunk: Buffer) => chunks.push(chunk));
      req.on('end', () => {
        asked.push({ headers: req.headers, body: Buffer.concat(chunks).toString() });
        res.writeHead(answer.status).end(answer.body);
      });
    });
    gateway.listen(0, '127.0.0.1');
    await once(gateway, 'listening');
    url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/send`;
  });
  after(() => gateway.close());

  it('posts number, words, template and key, and keeps the gateway’s id', async () => {
    assert.deepEqual(await httpSms({ url, token: 'secret-token' }).send(SMS), { id: 'gw-17' });
    const [one] = asked;
    assert.equal(one?.headers.authorization, 'Bearer secret-token');
    assert.deepEqual(JSON.parse(one?.body ?? ''), {
      to: SMS.to,
      text: SMS.text,
      template: 'answered',
      params: SMS.params,
      key: SMS.key,
    });
  });

  for (const [body, id] of [
    ['OK', SMS.key],
    ['', SMS.key],
    ['{"result":0}', SMS.key],
    ['{"id":42}', '42'],
  ] as const) {
    it(`that answers ${JSON.stringify(body)} has taken it as ${id}`, async () => {
      answer = { status: 200, body };
      assert.deepEqual(await httpSms({ url, token: null }).send(SMS), { id });
    });
  }

  for (const status of [400, 429, 500, 503]) {
    it(`that answers ${status} has not, and the reason names no number`, async () => {
      answer = { status, body: `cannot send to ${SMS.to}` };
      await assert.rejects(httpSms({ url, token: null }).send(SMS), (error: Error) => {
        assert.match(error.message, new RegExp(String(status)));
        assert.doesNotMatch(error.message, /13800001234/);
        return true;
      });
    });
  }

  it('that is not there rejects', async () => {
    await assert.rejects(httpSms({ url: 'http://127.0.0.1:1/', token: null }).send(SMS));
  });
});

describe('messages that are only shown', () => {
  it('say what kind went out, never to whom or what', async () => {
    const lines: string[] = [];
    await consoleChannel('mail', (line) => lines.push(line)).send(MESSAGE);
    assert.deepEqual(lines, ['mail: answered (m-1/7/answered/citizen/mail)']);
  });

  it('are all that a demonstration town has, whatever gateway is set', async () => {
    const sent: string[] = [];
    const channel = (name: string) => ({
      send: async () => {
        sent.push(name);
        return { id: name };
      },
    });
    let isDemonstration = true;
    const guarded = notInDemonstration(channel('real'), channel('shown'), async () => isDemonstration);
    await guarded.send(MESSAGE);
    isDemonstration = false;
    await guarded.send(MESSAGE);
    await notInDemonstration(null, channel('shown'), async () => false).send(MESSAGE);
    assert.deepEqual(sent, ['shown', 'real', 'shown']);
  });
});
