import assert from 'node:assert/strict';
import iconv from 'iconv-lite';
import { readMail } from '../../src/letters/incoming-mail.mime.ts';
import type { IncomingMail } from '../../src/letters/mail-inbox.ts';
import { aBounce, aMail, PNG } from '../support/mails.ts';

const read = (raw: string | Buffer): Promise<IncomingMail> => readMail(Buffer.from(raw), true);

const SUBJECT = '文昌路路面破损';
const TEXT = '文昌路中段路面有一个大坑，夜里很危险。';
const crlf = (...lines: readonly string[]): string => lines.join('\r\n');

describe('a mail, read', () => {
  it('its parts › are what a letter needs', async () => {
    const files = [{ name: 'a.png', type: 'image/png', bytes: PNG }];
    const headers = [
      'Cc: c@mail.example',
      'Delivered-To: box+t@town.example',
      'In-Reply-To: <x@y>',
      'References: <w@y> <x@y>',
    ];
    const mail = await read(
      aMail({ from: '"李, 小满" <Li@Mail.example>', text: TEXT, headers, files, id: '<1@x>' }),
    );
    assert.deepEqual(mail.from, { name: '李, 小满', address: 'li@mail.example' });
    assert.deepEqual(mail.to, ['box@town.example', 'c@mail.example', 'box+t@town.example']);
    assert.deepEqual([mail.subject, mail.text.trim(), mail.messageId], [SUBJECT, TEXT, '<1@x>']);
    assert.deepEqual(mail.references, ['<x@y>', '<w@y>', '<x@y>']);
    assert.deepEqual(
      mail.files.map(({ name, type, bytes }) => [name, type, bytes.length]),
      [['a.png', 'image/png', PNG.length]],
    );
    assert.deepEqual([mail.leftOut, mail.report, mail.isWhole], [[], null, true]);
  });

  it('only HTML › is read as text', async () => {
    const html = `<html><style>p{}</style><body><p>${TEXT}</p><p>请<b>修补</b>。</p><script>alert(1)</script></body></html>`;
    const mail = await read(crlf('From: a@b.example', 'Content-Type: text/html; charset=utf-8', '', html));
    assert.match(mail.text, /^文昌路中段路面有一个大坑，夜里很危险。\s+请修补。\s*$/);
  });

  describe('in another charset', () => {
    const heads: readonly [what: string, charset: string, type: string | null][] = [
      ['GB18030 declared', 'gb18030', 'text/plain; charset=GB18030'],
      ['GB2312 declared', 'gb2312', 'text/plain; charset="gb2312"'],
      ['GBK declared', 'gbk', 'text/plain; charset=GBK'],
      ['Big5 declared', 'big5', 'text/plain; charset=Big5'],
      ['GB18030, no charset named', 'gb18030', 'text/plain'],
      ['GB18030, nothing named', 'gb18030', null],
      ['GB18030 called UTF-8', 'gb18030', 'text/plain; charset=utf-8; format=flowed'],
      ['GB18030 called ASCII', 'gb18030', 'text/plain; charset=us-ascii'],
    ];
    for (const [what, charset, type] of heads) {
      for (const encoding of ['8bit', 'base64'] as const) {
        it(`${what}, ${encoding} › is read`, async () => {
          const body = iconv.encode(`${TEXT}\r\n`, charset);
          const head = crlf(
            'From: a@b.example',
            ...(type === null ? [] : [`Content-Type: ${type}`]),
            `Content-Transfer-Encoding: ${encoding}`,
            '',
            '',
          );
          const sent = encoding === '8bit' ? body : Buffer.from(body.toString('base64'));
          const mail = await read(Buffer.concat([Buffer.from(head), sent]));
          assert.equal(mail.text.trim(), TEXT);
        });
      }
    }

    it('ISO-2022-JP › is read', async () => {
      const body = Buffer.from('\x1b$B$3$s$K$A$O\x1b(B\r\n', 'latin1');
      const head = crlf(
        'From: a@b.example',
        'Subject: =?ISO-2022-JP?B?GyRCJDMkcyRLJEEkTxsoQg==?=',
        'Content-Type: text/plain; charset=ISO-2022-JP',
        '',
        '',
      );
      const mail = await read(Buffer.concat([Buffer.from(head), body]));
      assert.deepEqual([mail.subject, mail.text.trim()], ['こんにちは', 'こんにちは']);
    });

    it('bare GB18030 in the head › is read', async () => {
      const raw = iconv.encode(
        crlf(`From: 李小满 <li@mail.example>`, `Subject: ${SUBJECT}`, '', TEXT, ''),
        'gb18030',
      );
      const mail = await read(raw);
      assert.deepEqual([mail.from?.name, mail.subject, mail.text.trim()], ['李小满', SUBJECT, TEXT]);
    });

    it('encoded words of GB2312 › are read', async () => {
      const word = `=?gb2312?B?${iconv.encode(SUBJECT, 'gb2312').toString('base64')}?=`;
      assert.equal((await read(aMail({ subject: word }))).subject, SUBJECT);
    });

    it('one part of several › is read, the other stays as it is', async () => {
      const part = (body: Buffer) =>
        Buffer.concat([
          Buffer.from(crlf('--p', 'Content-Type: text/plain', '', '')),
          body,
          Buffer.from('\r\n'),
        ]);
      const raw = Buffer.concat([
        Buffer.from(crlf('From: a@b.example', 'Content-Type: multipart/mixed; boundary=p', '', '')),
        part(iconv.encode(TEXT, 'gb18030')),
        Buffer.from('--p--\r\n'),
      ]);
      assert.equal((await read(raw)).text.trim(), TEXT);
    });

    it('a charset nobody knows › loses no letter', async () => {
      const raw = aMail({ text: 'The lamp is dark.' }).replace('charset=utf-8', 'charset=x-klingon');
      assert.match((await read(raw)).text, /The lamp is dark\./);
    });
  });

  describe('malformed', () => {
    const cases: readonly [what: string, raw: string | Buffer][] = [
      ['empty', ''],
      ['no head', '\r\n\r\nhello'],
      ['no body', 'From: a@b.example\r\nSubject: x'],
      ['only zeros', Buffer.alloc(10_000)],
      [
        'a boundary that never comes',
        crlf('From: a@b.example', 'Content-Type: multipart/mixed; boundary=zzz', '', 'hello', ''),
      ],
      [
        'a boundary of nothing',
        crlf('From: a@b.example', 'Content-Type: multipart/mixed; boundary=""', '', 'hello', ''),
      ],
      [
        'cut off in base64',
        crlf('From: a@b.example', 'Content-Transfer-Encoding: base64', '', '5paH5piM6Lev!!!=5'),
      ],
      ['a header without end', `From: a@b.example\r\nX-Long: ${'x'.repeat(100_000)}\r\n\r\nhello`],
      ['a thousand addresses', `From: ${'a@b.example, '.repeat(1000)}\r\n\r\nhello`],
      ['a broken encoded word', crlf('From: =?utf-8?B?!!!?= <a@b.example>', 'Subject: =?x?Q?', '', 'hello')],
      ['bare line feeds', 'From: a@b.example\nSubject: hello\n\nhello\n'],
    ];
    for (const [what, raw] of cases) {
      it(`${what} › is read as far as it goes`, async () => {
        const mail = await read(raw);
        assert.equal(typeof mail.text, 'string');
        assert.match(mail.fingerprint, /^[0-9a-f]{64}$/);
      });
    }

    it('parts within parts without end › is refused soon, or read', async () => {
      let raw = 'From: a@b.example\r\n';
      for (let n = 0; n < 5000; n += 1)
        raw += `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`;
      const started = performance.now();
      await read(raw).catch((error: unknown) => assert.ok(error instanceof Error));
      assert.ok(performance.now() - started < 5000);
    });

    it('HTML within HTML without end › is read without its text', async () => {
      const started = performance.now();
      const mail = await read(
        crlf('From: a@b.example', 'Content-Type: text/html', '', `${'<div>'.repeat(50_000)}hello`),
      );
      assert.equal(mail.text, '');
      assert.ok(performance.now() - started < 5000);
    });

    it('random bytes and random cuts › never end the process', async function () {
      this.timeout(60_000);
      const whole = Buffer.from(
        aMail({ files: [{ name: 'a.png', type: 'image/png', bytes: PNG }] }) + aBounce('<a@b>'),
      );
      let state = 7;
      const random = (below: number): number => {
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
        return state % below;
      };
      for (let round = 0; round < 500; round += 1) {
        const raw = Buffer.from(whole.subarray(0, random(whole.length) + 1));
        for (let n = 0; n < 20; n += 1) raw[random(raw.length)] = random(256);
        await read(raw).catch((error: unknown) => assert.ok(error instanceof Error));
      }
    });
  });

  it('thirty megabytes › are read within seconds, and the file is left out', async function () {
    this.timeout(60_000);
    const bytes = Buffer.concat([PNG, Buffer.alloc(22 * 1024 * 1024, 1)]);
    const raw = Buffer.from(aMail({ text: TEXT, files: [{ name: 'big.png', type: 'image/png', bytes }] }));
    assert.ok(raw.length > 30_000_000);
    const started = performance.now();
    const mail = await read(raw);
    assert.ok(performance.now() - started < 20_000);
    assert.deepEqual([mail.text.trim(), mail.files, mail.leftOut], [TEXT, [], ['big.png']]);
  });

  it('a signature of the mail › is no file', async () => {
    const files = [{ name: 'smime.p7s', type: 'application/pkcs7-signature', bytes: Buffer.from('x') }];
    assert.deepEqual((await read(aMail({ files }))).leftOut, []);
  });

  it('names of files › have no path and nothing unseen', async () => {
    const files = [
      { name: '../../etc/passwd\u202egnp.exe', type: 'image/png', bytes: PNG },
      { name: 'C:\\\\x\\\\run.exe', type: 'application/x-msdownload', bytes: Buffer.from('MZ') },
    ];
    const mail = await read(aMail({ files }));
    for (const name of [...mail.files.map((file) => file.name), ...mail.leftOut])
      assert.match(name, /^[\w.]+$/);
  });
});
