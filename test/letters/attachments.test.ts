import assert from 'node:assert/strict';
import { connectMongo } from '../../src/platform/mongo/connect.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';
import {
  ANSWERS,
  countIn,
  faultsOn,
  fillIn,
  pageText,
  post,
  sendLetter,
  startLetter,
  type Browser,
} from './filing-support.ts';

const MB = 1024 * 1024;
const PNG = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  Buffer.alloc(200, 1),
]);
const JPG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe1]), Buffer.alloc(100, 2)]);
const PDF = Buffer.from('%PDF-1.7\nsomething');
const WEBP = Buffer.concat([Buffer.from('RIFF\u0001\u0002\u0003\u0004WEBP'), Buffer.alloc(20)]);
const WORD = Buffer.from('PK\u0003\u0004 a document');

describe('files with a letter', () => {
  let town: TestTown;
  let browser: Browser;
  beforeEach(async () => {
    town = await openTestTown('2026-09-25T02:00:00Z');
    browser = await startLetter(town);
    await fillIn(browser, {}, 'details');
  });
  afterEach(() => town.end());

  const details = (act: 'next' | 'upload', body: string = ANSWERS.body) =>
    browser.post('/letters/new/details').field('body', body).field('place', ANSWERS.place).field('act', act);
  const page = async (): Promise<string> => (await browser.get('/letters/new/details').expect(200)).text;
  const namesOn = (html: string): string[] =>
    [...html.matchAll(/Remove|移除<span class="unseen"> ([^<]+)</g)].map(([, name = '']) => name);

  it('all four kinds › are kept with the letter, byte by byte', async () => {
    await details('upload').attach('files', PNG, '图一.png').attach('files', JPG, 'b.jpg').expect(303);
    await details('next').attach('files', PDF, 'c.pdf').attach('files', WEBP, 'd.webp').expect(303);
    const { name, phone, mail, address, wish } = ANSWERS;
    await post(browser, '/letters/new/you', { name, phone, mail, address }).expect(303);
    await post(browser, '/letters/new/wish', { wish }).expect(303);
    const { number } = await sendLetter(browser);

    const matter = await town.services.matters.byNumber(number);
    const files = matter?.letter.attachments ?? [];
    assert.deepEqual(
      files.map((file) => [file.name, file.type, file.size]),
      [
        ['图一.png', 'image/png', PNG.length],
        ['b.jpg', 'image/jpeg', JPG.length],
        ['c.pdf', 'application/pdf', PDF.length],
        ['d.webp', 'image/webp', WEBP.length],
      ],
    );
    const stored = await town.services.attachments.get(files[0]?.id ?? '');
    assert.deepEqual(stored?.bytes, PNG);
    const connection = await connectMongo(town.uri);
    const rows = await connection.collection('attachments').find({}).toArray();
    await connection.close();
    assert.deepEqual(
      rows.map((row) => row['expiresAt']),
      [null, null, null, null],
      'a sent letter’s files stay',
    );
  });

  it('of a letter not sent yet › are gone a day after the last page that was saved', async () => {
    const HOUR = 3_600_000;
    const connection = await connectMongo(town.uri);
    const files = connection.collection('attachments');
    const end = async (): Promise<number> => (await files.findOne({}))?.['expiresAt']?.getTime() - Date.now();
    await details('upload').attach('files', PNG, 'a.png').expect(303);
    const indexes = await files.indexes();
    assert.ok(indexes.some(({ expireAfterSeconds }) => expireAfterSeconds === 0));
    assert.ok((await end()) > 24 * HOUR && (await end()) <= 25 * HOUR);

    await files.updateOne({}, { $set: { expiresAt: new Date(Date.now() + HOUR) } });
    await details('next').expect(303);

    assert.ok((await end()) > 24 * HOUR, 'the file is kept as long as the draft');
    await connection.close();
  });

  const refusals: readonly [string, [Buffer, string][], RegExp][] = [
    ['a document by the name of a picture', [[WORD, 'photo.png']], /“photo\.png”不是 JPG、PNG、WebP/],
    ['an empty file', [[Buffer.alloc(0), 'a.pdf']], /“a\.pdf”是空文件/],
    ['a page of HTML', [[Buffer.from('<html><script>alert(1)</script>'), 'x.html']], /“x\.html”不是/],
    ['one byte too many', [[Buffer.concat([PNG, Buffer.alloc(5 * MB)]), 'a.png']], /每个不超过 5 MB/],
    ['20 MB', [[Buffer.concat([PNG, Buffer.alloc(20 * MB)]), 'a.png']], /每个不超过 5 MB/],
    ['six at once', Array.from({ length: 6 }, (_, i) => [PNG, `${i}.png`]), /最多 5 个/],
    [
      'a good one and a bad one',
      [
        [PNG, 'a.png'],
        [WORD, 'b.docx'],
      ],
      /“b\.docx”不是/,
    ],
  ];
  for (const [what, files, sentence] of refusals) {
    it(`${what} › is refused with a sentence, and the text stays`, async () => {
      let sending = details('next', '上传失败，这段文字也不能丢。');
      for (const [bytes, name] of files) sending = sending.attach('files', bytes, name);
      const { text } = await sending.expect(422);

      assert.match(faultsOn(text)['files'] ?? '', sentence);
      assert.ok(text.includes('上传失败，这段文字也不能丢。'));
      assert.ok((await page()).includes('上传失败，这段文字也不能丢。'));
      assert.equal(await countIn(town, 'attachments'), 0);
    });
  }

  it('a sixth in a second upload › is refused, the five stay', async () => {
    let five = details('upload');
    for (let i = 0; i < 5; i += 1) five = five.attach('files', PNG, `${i}.png`);
    await five.expect(303);

    await details('upload').attach('files', PNG, '6.png').expect(422);

    assert.equal(namesOn(await page()).length, 5);
  });

  it('a name like a path › is a name only', async () => {
    const names = [
      '../../etc/passwd.png',
      'D:\\文件\\秘密.png',
      '<b>"x"\u202egnp.exe.png',
      `${'长'.repeat(200)}.png`,
      '...',
    ];
    let sending = details('upload');
    for (const name of names) sending = sending.attach('files', PNG, name);
    await sending.expect(303);

    const kept = namesOn(await page());
    assert.deepEqual(kept, ['passwd.png', '秘密.png', kept[2], `${'长'.repeat(60)}.png`, 'file.png']);
    assert.match(kept[2] ?? '', /^[^<>"\u202e]+\.png$/);
  });

  it('removing one › takes it away and keeps what was typed, even when that is not right yet', async () => {
    await details('upload').attach('files', PNG, 'a.png').attach('files', PDF, 'b.pdf').expect(303);
    const first = /name="remove" value="([^"]+)"/.exec(await page())?.[1] ?? '';

    await browser.post('/letters/new/details').field('body', '短').field('remove', first).expect(303);

    const after = await page();
    assert.deepEqual(namesOn(after), ['b.pdf']);
    assert.match(after, />\n短<\/textarea>/);
    assert.equal(await countIn(town, 'attachments'), 1);
  });

  it('another letter’s file › cannot be removed', async () => {
    await details('upload').attach('files', PNG, 'a.png').expect(303);
    const id = /name="remove" value="([^"]+)"/.exec(await page())?.[1] ?? '';

    const other = await startLetter(town);
    await other.post('/letters/new/details').field('body', '').field('remove', id).expect(303);

    assert.equal(await countIn(town, 'attachments'), 1);
  });

  const broken: readonly [string, string, string][] = [
    ['no boundary', 'multipart/form-data', 'x'],
    ['another boundary', 'multipart/form-data; boundary=abc', '--def\r\n\r\nx\r\n--def--'],
    [
      'cut off',
      'multipart/form-data; boundary=abc',
      '--abc\r\nContent-Disposition: form-data; name="body"\r\n\r\nhalf',
    ],
    [
      'a file under another name',
      'multipart/form-data; boundary=abc',
      '--abc\r\nContent-Disposition: form-data; name="evil"; filename="a.png"\r\nContent-Type: image/png\r\n\r\nx\r\n--abc--\r\n',
    ],
    [
      'a prototype',
      'multipart/form-data; boundary=abc',
      '--abc\r\nContent-Disposition: form-data; name="__proto__[body]"\r\n\r\nx\r\n--abc--\r\n',
    ],
    [
      'an operator',
      'multipart/form-data; boundary=abc',
      '--abc\r\nContent-Disposition: form-data; name="body[$gt]"\r\n\r\nx\r\n--abc--\r\n',
    ],
    [
      'a text of 300 kB',
      'multipart/form-data; boundary=abc',
      `--abc\r\nContent-Disposition: form-data; name="body"\r\n\r\n${'a'.repeat(300_000)}\r\n--abc--\r\n`,
    ],
  ];
  for (const [what, type, sent] of broken) {
    it(`a broken form, ${what} › a sentence, not a stack`, async () => {
      const { status, text } = await browser
        .post('/letters/new/details')
        .set('Content-Type', type)
        .send(sent);
      assert.ok(status >= 400 && status < 500, `status ${status}`);
      assert.doesNotMatch(text, /node_modules|\.ts:\d/);
      assert.match(pageText(text), /。/);
    });
  }
});
