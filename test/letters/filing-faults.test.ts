import assert from 'node:assert/strict';
import { openTestTown, type TestTown } from '../support/test-town.ts';
import {
  ANSWERS,
  faultsOn,
  openBrowser,
  fillIn,
  pageText,
  post,
  startLetter,
  type Browser,
} from './filing-support.ts';

type Lang = 'zh-CN' | 'en';
type Row = readonly [
  why: string,
  page: string,
  fields: Readonly<Record<string, string>>,
  wrong: Readonly<Record<string, readonly [zh: RegExp, en: RegExp]>>,
];

const { name } = ANSWERS;

const ROWS: readonly Row[] = [
  [
    'nothing',
    'matter',
    {},
    { kind: [/请选择信件类别/, /choose a kind/], title: [/请填写标题/, /Title: please/] },
  ],
  [
    'a kind that is none, a title too short',
    'matter',
    { kind: 'petition', title: '坑' },
    { kind: [/请从列出的类别/, /one of the kinds/], title: [/标题太短，至少要 4 个字/, /at least 4/] },
  ],
  [
    'a title of 81 characters',
    'matter',
    { kind: 'help', title: '路'.repeat(81) },
    { title: [/标题太长，最多 80 个字/, /at most 80/] },
  ],
  [
    'spaces for a title',
    'matter',
    { kind: 'help', title: ' \u3000 ' },
    { title: [/请填写标题/, /Title: please/] },
  ],
  ['no body', 'details', { place: '文昌路' }, { body: [/请填写详细内容/, /Your letter: please/] }],
  [
    'too long a body and place',
    'details',
    { body: '很'.repeat(3001), place: '路'.repeat(101) },
    { body: [/最多 3000 个字/, /at most 3000/], place: [/最多 100 个字/, /at most 100/] },
  ],
  [
    'neither phone nor mail',
    'you',
    { name },
    { phone: [/电话或邮箱，至少一项/, /a phone number or an e-mail/] },
  ],
  [
    'all four wrong',
    'you',
    { name: '名'.repeat(51), phone: 'call me', mail: 'not-a-mail', address: '路'.repeat(201) },
    {
      name: [/姓名太长，最多 50/, /at most 50/],
      phone: [/13800001234 或 0574/, /such as 13800001234/],
      mail: [/name@example\.com/, /name@example\.com/],
      address: [/最多 200 个字/, /at most 200/],
    },
  ],
  [
    'told by mail, without an address',
    'you',
    { name, phone: '13800001234', mail: ' ', reachBy: 'mail' },
    { reachBy: [/请填写电子邮箱/, /give an e-mail address/] },
  ],
  [
    'told by text message, without a number',
    'you',
    { name, mail: 'li@mail.example', reachBy: 'sms' },
    { reachBy: [/请填写手机号/, /give a mobile number/] },
  ],
  [
    'told by both, on a landline',
    'you',
    { name, phone: '0574-12345678', mail: 'li@mail.example', reachBy: 'both' },
    { reachBy: [/座机收不到短信/, /A landline takes no/] },
  ],
  [
    'a way that is none',
    'you',
    { name, phone: '13800001234', reachBy: 'fax' },
    { reachBy: [/从列出的通知方式中选择/, /one of the ways listed/] },
  ],
  ['no wish', 'wish', {}, { wish: [/请选择是否公开/, /choose whether/] }],
  ['a wish that is none', 'wish', { wish: 'later' }, { wish: [/请从列出的选项/, /one of the options/] }],
];

describe('a page filled in wrongly', () => {
  let town: TestTown;
  before(async () => {
    town = await openTestTown('2026-09-25T02:00:00Z');
  });
  after(() => town.end());

  const at = async (page: string, lang: Lang): Promise<Browser> => {
    const browser = await startLetter(town, lang);
    await fillIn(browser, {}, page);
    return browser;
  };

  for (const [why, page, fields, wrong] of ROWS) {
    for (const [index, lang] of (['zh-CN', 'en'] as const).entries()) {
      it(`${page} › ${why} › names each field in ${lang} and keeps what was typed`, async () => {
        const browser = await at(page, lang);

        const answer = await post(browser, `/letters/new/${page}`, fields).expect(422);

        const faults = faultsOn(answer.text);
        assert.deepEqual(Object.keys(faults).sort(), Object.keys(wrong).sort());
        for (const [field, sentences] of Object.entries(wrong))
          assert.match(faults[field] ?? '', sentences[index] ?? /$^/);
        for (const field of Object.keys(faults))
          assert.ok(answer.text.includes(`id="${field}-error"`), field);
        assert.match(answer.text, lang === 'en' ? /<title>Error: / : /<title>错误：/);
        for (const typed of Object.values(fields).filter(
          (text) => text.trim().length > 3 && text !== 'petition' && text !== 'later',
        ))
          assert.ok(answer.text.includes(typed), 'typed text is lost');
        const again = await browser.get(`/letters/new/${page}`).expect(200);
        if (fields['place']) assert.ok(again.text.includes(fields['place']));
      });
    }
  }

  it('a rare character › counts as one, and a line break too', async () => {
    const browser = await at('matter', 'zh-CN');
    await post(browser, '/letters/new/matter', { kind: 'help', title: '𠮷'.repeat(80) }).expect(303);
    await post(browser, '/letters/new/details', { body: `${'很'.repeat(2998)}\r\n很` }).expect(303);
  });

  it('what cannot be seen › is not kept', async () => {
    const browser = await at('you', 'en');
    const sent = {
      name: ' Mary\u202e\u0007  Sm\u200b\u200dith\n',
      phone: '＋86 138 0000 1234',
      mail: '',
      address: '',
    };
    await post(browser, '/letters/new/you', sent).expect(303);

    const { text } = await browser.get('/letters/new/you').expect(200);

    assert.match(text, /value="Mary Smith"/);
    assert.match(text, /value="\+86 138 0000 1234"/);
  });

  it('nothing but what cannot be seen › is nothing', async () => {
    const browser = await at('matter', 'zh-CN');
    for (const title of ['\u200b'.repeat(9), '\u200d\u2060 \ufeff', '\u0300'])
      await post(browser, '/letters/new/matter', { kind: 'help', title }).expect(422);
  });

  it('markup › is shown as text', async () => {
    const browser = await at('matter', 'zh-CN');
    const nasty = '<script>alert(1)</script>"><img src=x onerror=alert(2)>';
    await post(browser, '/letters/new/matter', { kind: 'help', title: nasty }).expect(303);
    const wrong = await post(browser, '/letters/new/details', {
      body: `</textarea>${nasty}`,
      place: '路'.repeat(101),
    });

    await post(browser, '/letters/new/details', { body: `</textarea>${nasty}`, place: nasty }).expect(303);
    await post(browser, '/letters/new/you', { name: nasty.slice(0, 50), phone: '13800001234' }).expect(303);

    const pages = await Promise.all(
      [
        '/letters/new',
        '/letters/new/matter',
        '/letters/new/details',
        '/letters/new/you',
        '/letters/new/wish',
      ].map((page) => browser.get(page).expect(200)),
    );
    for (const { text } of [wrong, ...pages]) {
      assert.doesNotMatch(text, /<script>alert|<img src=x|<\/textarea><script/);
    }
    assert.match(pages[1]?.text ?? '', /&lt;script&gt;/);
  });
});

describe('a page sent by something that is no browser', () => {
  let town: TestTown;
  before(async () => {
    town = await openTestTown('2026-09-25T02:00:00Z');
  });
  after(() => town.end());

  const isRefusedInWords = (status: number, text: string): void => {
    assert.ok(status >= 400 && status < 500, `status ${status}`);
    assert.doesNotMatch(text, /\bat .+\.[jt]s:\d+|node_modules|Error:\s/, 'a stack is shown');
    assert.match(pageText(text), /[。.]/);
  };

  const bodies: readonly [string, string, string][] = [
    ['an operator as a field', 'application/json', '{"kind":{"$ne":null},"title":{"$gt":""}}'],
    ['arrays', 'application/json', '{"kind":["help"],"title":["一二三四"]}'],
    ['numbers and null', 'application/json', '{"kind":7,"title":null}'],
    ['a prototype', 'application/json', '{"__proto__":{"kind":"help"},"title":"一二三四"}'],
    ['a field twice', 'application/x-www-form-urlencoded', 'kind=help&kind=help&title=abcd&title=efgh'],
    ['brackets', 'application/x-www-form-urlencoded', 'kind[$ne]=x&title[$gt]='],
    [
      'a field named like an operator',
      'application/x-www-form-urlencoded',
      '$where=1&kind=help&title=abcdef',
    ],
    ['half a JSON', 'application/json', '{"kind":'],
    ['a list', 'application/json', '[1,2,3]'],
    ['another type', 'text/plain', 'kind=help'],
    ['300 kB', 'application/x-www-form-urlencoded', `kind=help&title=${'a'.repeat(300_000)}`],
    [
      '600 fields',
      'application/x-www-form-urlencoded',
      Array.from({ length: 600 }, (_, i) => `f${i}=1`).join('&'),
    ],
  ];
  for (const [what, type, sent] of bodies) {
    it(`${what} › a sentence, not a stack, and nothing kept`, async () => {
      const browser = await startLetter(town);
      const { status, text } = await browser.post('/letters/new/matter').set('Content-Type', type).send(sent);
      isRefusedInWords(status, text);
      await browser.get('/letters/new/details').expect(303).expect('location', '/letters/new/matter');
    });
  }

  it('a key that is none › leads to the beginning', async () => {
    const browser = await startLetter(town);
    for (const key of ['', 'x', '../../etc', 'a'.repeat(43), '$ne'])
      await post(browser, '/letters/new/send', { key }).expect(303);
    await openBrowser(town)
      .get('/letters/new/matter')
      .set('Cookie', 'letter=%00; letter[$ne]=x')
      .expect(303)
      .expect('location', '/letters/new?lost=yes');
  });

  it('another site › cannot send a letter', async () => {
    const browser = await startLetter(town);
    const refused = await post(browser, '/letters/new/send', {})
      .set('Sec-Fetch-Site', 'cross-site')
      .expect(403);
    isRefusedInWords(refused.status, refused.text);
  });

  it('a page that is none › is not found', async () => {
    const browser = await startLetter(town);
    await browser.get('/letters/new/nowhere').expect(404);
    await post(browser, '/letters/new/__proto__', {}).expect(404);
  });
});
