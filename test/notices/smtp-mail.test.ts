import assert from 'node:assert/strict';
import { generateKeyPairSync, type KeyObject, createVerify, createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageRefused, type OutgoingMessage } from '../../src/notices/channels/channel.ts';
import { dkimKey } from '../../src/notices/channels/dkim-key.ts';
import { smtpMail } from '../../src/notices/channels/smtp-mail.ts';
import { keyOfMessageId, messageIdOf, readKey } from '../../src/notices/mail-keys.ts';
import { makeReplyAddresses, replyPatternFor } from '../../src/notices/reply-addresses.ts';
import { ConfigError } from '../../src/platform/config.ts';
import { aMailServer, bodyOf, headerOf, portOf, type MailServer } from '../support/mail-server.ts';

const MESSAGE: OutgoingMessage = {
  to: 'li@mail.example',
  subject: '您的来信 2026-000001-8 已有答复',
  text: '李小满：\n\n文昌路路面已经修补。',
  template: 'answered',
  params: { number: '2026-000001-8' },
  key: 'm-1/7/answered/citizen/mail',
};
const FROM = '区长信箱 <box@town.example>';

describe('mail by SMTP', () => {
  let server: MailServer;
  before(async () => {
    server = await aMailServer();
  });
  after(() => server.close());
  beforeEach(() => {
    server.received.length = 0;
    server.answersTo.clear();
  });

  it('takes Chinese words to the writer, under the ledger’s key as Message-ID', async () => {
    const mail = smtpMail({ url: server.url, from: FROM });
    const { id } = await mail.send(MESSAGE);
    await mail.close();
    assert.equal(id, '<m-1.7.answered.citizen.mail@town.example>');
    const [one] = server.received;
    assert.ok(one);
    assert.deepEqual([one.from, one.to], ['box@town.example', ['li@mail.example']]);
    assert.equal(headerOf(one.raw, 'Message-ID'), '<m-1.7.answered.citizen.mail@town.example>');
    assert.ok(bodyOf(one.raw).includes('文昌路路面已经修补。'));
  });

  it('says that a machine wrote it, and asks nobody to follow or leave', async () => {
    const mail = smtpMail({ url: server.url, from: FROM });
    await mail.send(MESSAGE);
    await mail.close();
    const raw = server.received[0]?.raw ?? '';
    assert.equal(headerOf(raw, 'Auto-Submitted'), 'auto-generated');
    assert.equal(headerOf(raw, 'X-Auto-Response-Suppress'), 'OOF, AutoReply');
    for (const name of ['Reply-To', 'List-Unsubscribe', 'DKIM-Signature', 'In-Reply-To'])
      assert.equal(headerOf(raw, name), null, name);
  });

  it('with a way out › carries it for the mail program’s own button', async () => {
    const mail = smtpMail({ url: server.url, from: FROM });
    await mail.send({ ...MESSAGE, unsubscribeUrl: 'https://mailbox.example/follow/k1/stop' });
    await mail.close();
    const raw = server.received[0]?.raw ?? '';
    assert.equal(headerOf(raw, 'List-Unsubscribe'), '<https://mailbox.example/follow/k1/stop>');
    assert.equal(headerOf(raw, 'List-Unsubscribe-Post'), 'List-Unsubscribe=One-Click');
  });

  it('that answers a mail › names it', async () => {
    const mail = smtpMail({ url: server.url, from: FROM });
    await mail.send({ ...MESSAGE, inReplyTo: '<q1@mail.example>' });
    await mail.close();
    const raw = server.received[0]?.raw ?? '';
    assert.equal(headerOf(raw, 'In-Reply-To'), '<q1@mail.example>');
    assert.equal(headerOf(raw, 'References'), '<q1@mail.example>');
    assert.equal(headerOf(raw, 'Auto-Submitted'), 'auto-replied');
  });

  it('with incoming mail › the writer’s has an address that names the letter, staff’s has none', async () => {
    const addresses = makeReplyAddresses('box+*@town.example', () => 'k1');
    const mail = smtpMail({ url: server.url, from: FROM, replyTo: addresses.of });
    await mail.send(MESSAGE);
    await mail.send({ ...MESSAGE, key: 'm-1/8/noted/p-head/mail' });
    await mail.close();
    const replies = server.received.map(({ raw }) => headerOf(raw, 'Reply-To'));
    assert.deepEqual(replies, ['box+m-1-k1@town.example', null]);
  });

  it('several at once › leave by three lines at most', async () => {
    const mail = smtpMail({ url: server.url, from: FROM });
    const keys = Array.from({ length: 12 }, (_, n) => `m-${n}/7/answered/citizen/mail`);
    await Promise.all(keys.map((key) => mail.send({ ...MESSAGE, key })));
    await mail.close();
    assert.equal(server.received.length, 12);
    assert.ok(server.mostAtOnce() <= 3, String(server.mostAtOnce()));
  });

  const refusals: readonly [answer: string, isForGood: boolean, reason: string][] = [
    ['550 5.1.1 <li@mail.example> no such user', true, '550 5.1.1'],
    ['550 no such user li@mail.example', true, '550'],
    ['553 5.1.3 bad address syntax', true, '553 5.1.3'],
    ['550 5.7.1 your address is on a list, li@mail.example', false, '550 5.7.1'],
    ['554 5.7.1 relay access denied', false, '554 5.7.1'],
    ['530 sign in first', false, '530'],
    ['450 4.2.1 li@mail.example is busy', false, '450 4.2.1'],
    ['421 later', false, '421'],
  ];
  for (const [answer, isForGood, reason] of refusals) {
    it(`the server answers “${answer}” › ${isForGood ? 'never again' : 'is tried again'}`, async () => {
      server.answersTo.set('li@mail.example', answer);
      const mail = smtpMail({ url: server.url, from: FROM });
      await assert.rejects(mail.send(MESSAGE), (error: Error) => {
        assert.equal(error instanceof MessageRefused, isForGood);
        assert.ok(error.message.endsWith(reason), error.message);
        assert.doesNotMatch(error.message, /li@|such|list/);
        return true;
      });
      await mail.close();
    });
  }

  it('an address that is none › never again', async () => {
    const mail = smtpMail({ url: server.url, from: FROM });
    await assert.rejects(mail.send({ ...MESSAGE, to: '' }), MessageRefused);
    await mail.close();
  });

  it('to a server that is not there › is tried again', async () => {
    const mail = smtpMail({ url: 'smtp://127.0.0.1:1', from: FROM });
    await assert.rejects(mail.send(MESSAGE), (error) => !(error instanceof MessageRefused));
    await mail.close();
  });
});

describe('mail by SMTP › servers that never end', () => {
  const open = new Set<Socket>();
  const servers: Server[] = [];
  after(() => {
    for (const socket of open) socket.destroy();
    for (const server of servers) server.close();
  });

  /** Says each line `everyMs` after the one before, whatever it hears. */
  async function aSlowServer(lines: readonly string[], everyMs: number): Promise<string> {
    const server = createServer((socket) => {
      open.add(socket);
      socket.on('error', () => {});
      lines.forEach((line, n) => setTimeout(() => socket.write(`${line}\r\n`), everyMs * (n + 1)).unref());
    });
    servers.push(server);
    return `smtp://127.0.0.1:${await portOf(server)}`;
  }

  it('that say nothing, greet and stop, or answer ever on › are given up within 15 seconds', async () => {
    const urls = await Promise.all([
      aSlowServer([], 0),
      aSlowServer(['220 hello'], 10),
      aSlowServer(
        Array.from({ length: 40 }, () => '250-more'),
        3000,
      ),
    ]);
    const givenUp = urls.map(async (url) => {
      const mail = smtpMail({ url, from: FROM });
      const started = performance.now();
      await assert.rejects(mail.send(MESSAGE), (error) => !(error instanceof MessageRefused));
      await mail.close();
      return performance.now() - started;
    });
    for (const ms of await Promise.all(givenUp)) assert.ok(ms < 15_500, String(ms));
  });
});

describe('mail by SMTP › signed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-dkim-'));
  after(() => rmSync(folder, { recursive: true }));
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keyFile = join(folder, 'key.pem');
  const setting = { domain: 'town.example', selector: 's1', keyFile };

  it('a key file › its signature holds for what arrived', async () => {
    writeFileSync(keyFile, keys.privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const server = await aMailServer();
    const mail = smtpMail({ url: server.url, from: FROM, dkim: dkimKey(setting) });
    await mail.send({ ...MESSAGE, unsubscribeUrl: 'https://mailbox.example/follow/k1/stop' });
    await mail.close();
    await server.close();
    const raw = server.received[0]?.raw ?? '';
    assert.match(headerOf(raw, 'DKIM-Signature') ?? '', /d=town\.example;.*s=s1;/);
    assert.ok(isSigned(raw, keys.publicKey));
    assert.ok(!isSigned(raw.replace('mail', 'nail'), keys.publicKey));
    // RFC 8058: a way out that is not signed is not offered.
    assert.match(headerOf(raw, 'DKIM-Signature') ?? '', /h=[^;]*list-unsubscribe:list-unsubscribe-post/i);
  });

  it('a file that is no key, or is not there › is refused by its setting’s name', () => {
    writeFileSync(join(folder, 'no-key.pem'), 'no key');
    for (const name of ['no-key.pem', 'nowhere.pem'])
      assert.throws(
        () => dkimKey({ ...setting, keyFile: join(folder, name) }),
        (error) => error instanceof ConfigError && error.message.includes('MAIL_DKIM_KEY_FILE'),
      );
    assert.equal(dkimKey(null), null);
  });
});

describe('mail keys', () => {
  for (const key of [
    'm-1/7/answered/citizen/mail',
    '0b0ff7a2-1a4e-4c0e-9d3a-0a4b8e7e7c11/v1/redCard/p-12/mail',
    'm-1/3/published/q_3-A9/mail',
    'm-1/3/noted/p-wang.wei/mail',
    'm-1/3/noted/p-王伟/mail',
  ])
    it(`${key} › is found again in its Message-ID`, () => {
      const id = messageIdOf(key, 'town.example');
      assert.match(id, /^<[\w.=-]+@town\.example>$/);
      const found = keyOfMessageId(id, 'town.example');
      assert.equal(found, key);
      assert.equal(
        keyOfMessageId(id.toUpperCase().replace('@TOWN', '@town'), 'town.example')?.length,
        key.length,
      );
    });

  it('a Message-ID of somebody else › is no key', () => {
    for (const id of [
      '',
      '<>',
      '<a@town.example>',
      '<m-1.7.x@other.example>',
      'm-1.7.x',
      '<a b.c@town.example>',
    ])
      assert.equal(keyOfMessageId(id, 'town.example'), null, id);
  });

  it('a key › says whom it is for', () => {
    assert.deepEqual(readKey('m-1/7/answered/citizen/mail'), { matterId: 'm-1', recipient: 'citizen' });
  });
});

describe('reply addresses', () => {
  const addresses = makeReplyAddresses('Box+*@town.example', (id) => `key-of-${id}`.replaceAll('-', ''));

  it('the address of a writer’s mail › leads to the letter, in capitals too', () => {
    const address = addresses.of('m-1/7/answered/citizen/mail') ?? '';
    assert.equal(address, 'Box+m-1-keyofm1@town.example');
    for (const written of [address, address.toUpperCase(), `区长信箱 <${address}>`])
      assert.equal(addresses.matterOf(written), 'm-1', written);
  });

  it('a guessed or foreign address › leads nowhere', () => {
    for (const written of [
      'box+m-1-keyofm2@town.example',
      'box+m-1@town.example',
      'box+-@town.example',
      'box+@town.example',
      'box@town.example',
      'box+m-1-keyofm1@other.example',
      '@',
      '',
    ])
      assert.equal(addresses.matterOf(written), null, written);
  });

  it('staff and followers › have none', () => {
    for (const key of ['m-1/7/noted/p-head/mail', 'm-1/7/published/f-1/mail'])
      assert.equal(addresses.of(key), null);
  });

  it('a mailbox without such addresses › is answered itself', () => {
    const plain = makeReplyAddresses('box@town.example', () => 'k');
    assert.equal(plain.of('m-1/7/answered/citizen/mail'), 'box@town.example');
    assert.equal(plain.matterOf('box@town.example'), null);
  });

  it('nothing set › stands beside the mailbox', () =>
    assert.equal(replyPatternFor('box@town.example'), 'box+*@town.example'));
});

/** RFC 6376, relaxed/relaxed, as the receiving server does it. */
function isSigned(raw: string, key: KeyObject): boolean {
  const cut = raw.indexOf('\r\n\r\n');
  const lines = raw
    .slice(0, cut)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const relaxed = (line: string): string => {
    const colon = line.indexOf(':');
    return `${line.slice(0, colon).trim().toLowerCase()}:${line
      .slice(colon + 1)
      .replaceAll(/\s+/g, ' ')
      .trim()}`;
  };
  const headers = lines.map(relaxed);
  const signature = headers.find((line) => line.startsWith('dkim-signature:')) ?? '';
  const tag = (name: string): string => new RegExp(`[;:]\\s*${name}=([^;]*)`).exec(signature)?.[1] ?? '';
  const body = raw
    .slice(cut + 4)
    .replaceAll(/[ \t]+(?=\r\n)/g, '')
    .replaceAll(/[ \t]+/g, ' ')
    .replace(/(\r\n)*$/, '\r\n');
  const bodyHash = createHash('sha256').update(body).digest('base64');
  const named = tag('h')
    .split(':')
    .map((name) => headers.find((line) => line.startsWith(`${name.trim().toLowerCase()}:`)));
  const signed = named
    .filter((line) => line !== undefined)
    .map((line) => `${line}\r\n`)
    .join('');
  const unsigned = signature.replace(/(;\s*b=)[^;]*/, '$1').trimEnd();
  return (
    bodyHash === tag('bh').replaceAll(' ', '') &&
    createVerify('sha256').update(`${signed}${unsigned}`).verify(key, tag('b').replaceAll(' ', ''), 'base64')
  );
}
