import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Matter } from '../../src/domain/matters/matter.ts';
import { folded } from '../../src/letters/offered-answers.view.ts';
import { alike } from '../support/alike.ts';
import { act, aLetterIn, anAnswered } from '../support/letters.ts';
import { signedInAs } from '../support/sign-in.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';
import {
  ANSWERS,
  countIn,
  faultsOn,
  fillIn,
  formKey,
  openBrowser,
  pageText,
  post,
  sendLetter,
  startLetter,
  type Browser,
} from './filing-support.ts';

const NOW = '2026-09-25T02:00:00Z';
const MATTER = { kind: 'complaint', title: '文昌路路面破损' };
const SIMILAR = '/letters/new/similar';
/** What was put is found by every process after this long. */
const SEEN_MS = 400;

describe('answers offered before filing', () => {
  let town: TestTown;
  /** What the search knows; by id, in its order. */
  let known: string[];

  beforeEach(async () => {
    known = [];
    town = await openTestTown(NOW, {}, undefined, { repeats: alike(() => known) });
  });
  afterEach(() => town.end());

  const published = async (title: string, answer?: string): Promise<Matter> => {
    const { id } = await anAnswered(town, { title }, answer);
    known.push(id);
    return act(town, 'dispatcher', id, 'publish');
  };
  const takeDown = ({ id }: Matter) => act(town, 'dispatcher', id, 'withhold', { text: '有误' });
  const saved = () => town.services.savedLetters.between('2026-09-25', '2026-09-25');
  const letterOf = async (number: string) => (await town.services.matters.byNumber(number))?.letter;

  /** A letter whose title was typed. */
  const withTitle = async (fields: object = MATTER, to = SIMILAR): Promise<Browser> => {
    const browser = await startLetter(town);
    await post(browser, '/letters/new/matter', fields).expect(303).expect('location', to);
    return browser;
  };
  const choose = (browser: Browser, fields: object, to: string) =>
    post(browser, SIMILAR, fields).expect(303).expect('location', to);

  it('a public notice about it › stands on the page, though nothing was answered; a report looks for none', async () => {
    const { id, number } = await aLetterIn(town, { title: '文昌路路面破损' });
    await town.services.publicNotices.put({
      id: 'n-1',
      title: '文昌路路面破损的公开告知',
      text: '文昌路路面破损一事，已排入十月的养护计划，请绕行。',
      language: 'zh-CN',
      about: { id, number },
      publishedAt: town.at.now(),
      publishedBy: 'p-dispatcher',
      takenDown: null,
    });
    const browser = await withTitle();
    const { text: html } = await browser.get(SIMILAR).expect(200);
    assert.match(pageText(html), /文昌路路面破损的公开告知.*十月的养护计划/s);
    assert.ok(html.includes('href="/notices/n-1"'));
    await choose(browser, {}, '/letters/new/details');
    await withTitle({ ...MATTER, kind: 'report' }, '/letters/new/details');
  });

  it('the answer is on the page, with its unit and its days, and so is the way on', async () => {
    const { number } = await published('文昌路路面破损');
    const browser = await withTitle();

    const { text: html } = await browser.get(SIMILAR).expect(200).expect('cache-control', 'no-store');

    const text = pageText(html);
    for (const shown of ['文昌路路面破损', '交通局', '当天答复', '养护队修补完毕', '我的不一样，继续写信'])
      assert.ok(text.includes(shown), `${shown} is not on the page`);
    assert.ok(html.includes(`href="/answers/${number}"`));
    assert.doesNotMatch(html, /13800001234/, 'what was redacted');
  });

  it('at most three, those most alike first; what is not public is not among them', async () => {
    await published('路面破损');
    await published('文昌路路面坑洼');
    await published('文昌路路面破损严重');
    await published('文昌路路面破损');
    known.push((await anAnswered(town, { title: '文昌路路面破损未公开' })).id);
    const browser = await withTitle({ kind: 'complaint', title: '文昌路路面破损严重' });

    const { text } = await browser.get(SIMILAR);

    const titles = [...text.matchAll(/<h2 lang="zh-CN">([^<]+)</g)].map(([, title]) => title);
    assert.deepEqual(titles, ['文昌路路面破损严重', '文昌路路面破损', '文昌路路面坑洼']);
  });

  it('nothing like it › straight to the details, and the page leads there', async () => {
    await published('文昌路路面破损');
    const browser = await withTitle({ kind: 'consult', title: '社保卡怎样补办' }, '/letters/new/details');
    await browser.get(SIMILAR).expect(303).expect('location', '/letters/new/details');
    await fillIn(browser, {
      kind: 'consult',
      title: '社保卡怎样补办',
      body: '社保卡丢了，怎样补办？请告知。',
    });
    const { number } = await sendLetter(browser);
    assert.equal((await letterOf(number))?.shown, undefined);
  });

  it('a report › is not looked up, not even when it was another kind before', async () => {
    await published('文昌路路面破损');
    await withTitle({ ...MATTER, kind: 'report' }, '/letters/new/details');
    const browser = await withTitle();
    await post(browser, '/letters/new/matter', { ...MATTER, kind: 'report' })
      .expect(303)
      .expect('location', '/letters/new/details');
    const sent = { ...ANSWERS, kind: 'report', title: MATTER.title, wish: 'private' };
    await fillIn(browser, sent);
    assert.doesNotMatch((await browser.get('/letters/new/check')).text, /similar/);
    const { number } = await sendLetter(browser);
    assert.equal((await letterOf(number))?.shown, undefined);
  });

  it('the search fails › the letter is written all the same', async () => {
    await published('文昌路路面破损');
    const broken = await openTestTown(NOW, {}, undefined, {
      repeats: {
        ...alike(() => known),
        earlierLetters: { similar: () => Promise.reject(new Error('down')) },
      },
    });
    const browser = await startLetter(broken);
    await post(browser, '/letters/new/matter', MATTER).expect('location', '/letters/new/details');
    await fillIn(browser);
    await sendLetter(browser);
    await broken.end();
  });

  describe('mine is different', () => {
    it('goes on; what was shown and said is kept on the letter, and not asked again', async () => {
      const { number: shown } = await published('文昌路路面破损');
      const browser = await withTitle();
      await choose(browser, {}, '/letters/new/details');
      assert.match(
        (await browser.get('/letters/new/details')).text,
        /class="back" href="\/letters\/new\/similar"/,
      );
      await post(browser, '/letters/new/matter', MATTER).expect('location', '/letters/new/details');
      await fillIn(browser, MATTER);

      const { number } = await sendLetter(browser);

      const expected = { numbers: [shown], choice: 'different', chosen: null };
      assert.deepEqual((await letterOf(number))?.shown, expected);
      assert.equal(await saved(), 0);
      const matter = await town.services.matters.byNumber(number);
      const office = await signedInAs(town, 'dispatcher');
      const text = pageText((await office.get(`/desk/${matter?.id}`).expect(200)).text);
      assert.match(text, new RegExp(`提示过的公开答复： ${shown} 来信人说自己的事不一样`));
    });

    it('the title is changed on the check page › other answers are shown, and the way leads back there', async () => {
      await published('文昌路路面破损');
      const { number: lamp } = await published('惠民巷路灯不亮');
      const browser = await withTitle();
      await choose(browser, {}, '/letters/new/details');
      await fillIn(browser, MATTER);
      const changed = { kind: 'complaint', title: '惠民巷路灯不亮了', after: 'check' };

      await post(browser, '/letters/new/matter', changed).expect('location', `${SIMILAR}?after=check`);

      const { text } = await browser.get(`${SIMILAR}?after=check`).expect(200);
      assert.match(text, new RegExp(`value="${lamp}"`));
      assert.match(text, /class="back" href="\/letters\/new\/check"/);
      await choose(browser, { after: 'check' }, '/letters/new/check');
      const { number } = await sendLetter(browser);
      assert.deepEqual((await letterOf(number))?.shown?.numbers, [lamp]);
    });

    it('passed by without a word › the check page mentions it, the letter says that nothing was said', async () => {
      await published('文昌路路面破损');
      const browser = await withTitle();
      await fillIn(browser, MATTER);
      const { text } = await browser.get('/letters/new/check');
      assert.match(pageText(text), /有 1 份已公开的答复和这封信相近/);
      const { number } = await sendLetter(browser);
      assert.equal((await letterOf(number))?.shown?.choice, null);
    });

    it('only the whole text is like an answer › no page between, one line on the check page', async () => {
      const { number } = await published('文昌路路面破损');
      known.length = 0;
      const browser = await withTitle(MATTER, '/letters/new/details');
      const { id } = (await town.services.matters.byNumber(number)) ?? { id: '' };
      known.push(id);
      await fillIn(browser, { ...MATTER, title: MATTER.title });

      const { text } = await browser.get('/letters/new/check').expect(200);

      assert.match(text, /href="\/letters\/new\/similar\?after=check"/);
    });
  });

  describe('this answers me', () => {
    it('counts one letter saved, and the letter is out of sight', async () => {
      const { number } = await published('文昌路路面破损');
      const browser = await withTitle();

      await choose(browser, { answered: number }, '/letters/new/answered');

      const { text } = await browser.get('/letters/new/answered').expect(200);
      assert.ok(text.includes(`href="/answers/${number}"`));
      assert.equal(await saved(), 1);
      assert.doesNotMatch((await browser.get('/letters/new')).text, /文昌路路面破损/);
      for (const page of ['matter', 'similar', 'details', 'check'])
        await browser.get(`/letters/new/${page}`).expect(303).expect('location', '/letters/new/answered');
      assert.equal(await countIn(town, 'matters'), 1);
    });

    it('pressed twice, and at the same moment › one', async () => {
      const { number } = await published('文昌路路面破损');
      const browser = await withTitle();
      await Promise.all([0, 1].map(() => post(browser, SIMILAR, { answered: number }).expect(303)));
      await choose(browser, { answered: number }, '/letters/new/answered');
      assert.equal(await saved(), 1);
    });

    it('write after all › the draft is back as it was, nothing was saved, the letter tells', async () => {
      const { number: chosen } = await published('文昌路路面破损');
      const browser = await withTitle();
      await fillIn(browser, MATTER);
      await choose(browser, { answered: chosen, after: 'check' }, '/letters/new/answered');

      await post(browser, '/letters/new/answered', { act: 'write' })
        .expect(303)
        .expect('location', '/letters/new/check');

      assert.equal(await saved(), 0);
      const { number } = await sendLetter(browser);
      const letter = await letterOf(number);
      assert.equal(letter?.body, ANSWERS.body);
      assert.deepEqual(letter?.shown, { numbers: [chosen], choice: 'afterAll', chosen });
    });

    it('written on or sent in a second window › nothing is lost, and nothing was saved', async () => {
      const { number: chosen } = await published('文昌路路面破损');
      const browser = await withTitle();
      await fillIn(browser, MATTER);
      const key = await formKey(browser);
      await choose(browser, { answered: chosen }, '/letters/new/answered');
      await post(browser, '/letters/new/wish', { wish: 'private' }).expect('location', '/letters/new/check');
      assert.equal(await saved(), 0);
      await choose(browser, { answered: chosen }, '/letters/new/answered');
      assert.equal(await saved(), 1);

      await post(browser, '/letters/new/send', { key }).expect('location', '/letters/receipt');

      assert.equal(await saved(), 0);
      assert.equal(await countIn(town, 'matters'), 2);
    });

    it('cleared › draft and cookie are gone, the letter stays saved', async () => {
      const { number } = await published('文昌路路面破损');
      const browser = await withTitle();
      await choose(browser, { answered: number }, '/letters/new/answered');
      await post(browser, '/letters/new/answered', { act: 'leave' }).expect(303).expect('location', '/');
      assert.equal(await countIn(town, 'drafts'), 0);
      assert.equal(await saved(), 1);
      await browser.get('/letters/new/answered').expect(303).expect('location', '/letters/new?lost=yes');
    });

    it('cleared in a second window while it is written on › the letter stays', async () => {
      await published('文昌路路面破损');
      const browser = await withTitle();
      await post(browser, '/letters/new/answered', { act: 'leave' })
        .expect(303)
        .expect('location', '/letters/new/details');
      await browser.get('/letters/new/details').expect(200);
    });

    it('a new letter › another draft, which may be saved as well', async () => {
      const { number } = await published('文昌路路面破损');
      const browser = await withTitle();
      await choose(browser, { answered: number }, '/letters/new/answered');
      await post(browser, '/letters/new', {}).expect('location', '/letters/new/matter');
      await post(browser, '/letters/new/matter', MATTER).expect('location', SIMILAR);
      await choose(browser, { answered: number }, '/letters/new/answered');
      assert.equal(await saved(), 2);
    });
  });

  describe('tell me about this one', () => {
    const follow = (browser: Browser, fields: object) => post(browser, `${SIMILAR}/follow`, fields);

    it('one mail to the address; the page says so, and the letter that it was followed', async () => {
      const { number: chosen } = await published('文昌路路面破损');
      const browser = await withTitle();

      await follow(browser, { number: chosen, mail: 'neighbour@mail.example' })
        .expect(303)
        .expect('location', `${SIMILAR}?followed=${chosen}#followed`);

      const { text } = await browser.get(`${SIMILAR}?followed=${chosen}`);
      assert.match(pageText(text), /请到邮箱里确认/);
      assert.doesNotMatch(text, /neighbour/);
      await town.sweeps.deliverNotices(new Date(NOW));
      assert.deepEqual(
        town.sent.mail.filter(({ to }) => to === 'neighbour@mail.example').map(({ template }) => template),
        ['follow'],
      );
      await choose(browser, {}, '/letters/new/details');
      await fillIn(browser, MATTER);
      const { number } = await sendLetter(browser);
      assert.deepEqual((await letterOf(number))?.shown, { numbers: [chosen], choice: 'followed', chosen });
    });

    const wrong: readonly [mail: unknown, message: RegExp][] = [
      ['', /请填写电子邮箱/],
      ['   ', /请填写电子邮箱/],
      ['neighbour', /格式不对/],
      ['a@b', /格式不对/],
      ['a@mail.example, b@mail.example', /格式不对/],
      ['a@mail.example\nBcc: b@mail.example', /格式不对/],
      ['<script>alert(1)</script>@mail.example', /格式不对/],
      [`${'a'.repeat(120)}@mail.example`, /格式不对|太长/],
      [['a@mail.example', 'b@mail.example'], /电子邮箱/],
    ];
    for (const [mail, message] of wrong)
      it(`${JSON.stringify(mail).slice(0, 50)} › is named at its field, and nobody is written to`, async () => {
        const { number } = await published('文昌路路面破损');
        const browser = await withTitle();
        const { text } = await follow(browser, { number, mail }).expect(422);
        assert.match(faultsOn(text)[`mail-${number}`] ?? '', message);
        assert.match(text, /<title>错误/);
        assert.doesNotMatch(text, /<script>alert/);
        assert.equal(await countIn(town, 'followers'), 0);
      });

    it('a mistyped address, sent by a program › is refused in JSON, in the words of the page', async () => {
      const { number } = await published('文昌路路面破损');
      const browser = await withTitle();
      const sent = post(browser, `${SIMILAR}/follow`, { number, mail: 'nobody' });
      const { body } = await sent.set('Accept', 'application/json').expect(400);
      assert.equal(body.code, 'INVALID_INPUT');
      assert.deepEqual(body.fields, [
        { field: 'mail', message: '电子邮箱的格式不对，例如 name@example.com。' },
      ]);
    });

    it('so many mails to one address › are refused', async () => {
      const { number } = await published('文昌路路面破损');
      const browser = await withTitle();
      const once = () => follow(browser, { number, mail: 'victim@mail.example' });
      for (let n = 0; n < 10; n += 1) await once().expect(303);
      await once().expect(429);
      await town.sweeps.deliverNotices(new Date(NOW));
      assert.equal(town.sent.mail.filter(({ to }) => to === 'victim@mail.example').length, 1);
    });
  });

  describe('what was chosen', () => {
    it('was taken down meanwhile › is said so, and the letter goes on', async () => {
      const one = await published('文昌路路面破损');
      await published('文昌路路面破损严重');
      const browser = await withTitle();
      await takeDown(one);

      const { text } = await post(browser, SIMILAR, { answered: one.number }).expect(409);
      assert.match(pageText(text), /不再公开/);
      assert.doesNotMatch(text, new RegExp(`value="${one.number}"`));
      assert.match(text, /文昌路路面破损严重/);
      await post(browser, `${SIMILAR}/follow`, { number: one.number, mail: 'a@mail.example' }).expect(409);

      assert.equal(await saved(), 0);
      assert.equal(await countIn(town, 'followers'), 0);
      await choose(browser, {}, '/letters/new/details');
    });

    it('was the only one and taken down › the page is no dead end', async () => {
      const one = await published('文昌路路面破损');
      const browser = await withTitle();
      await takeDown(one);
      const { text } = await browser.get(SIMILAR).expect(200);
      assert.match(pageText(text), /不再公开.*继续写信/);
      assert.doesNotMatch(text, /养护队/);
    });

    it('is taken down after it answered › the page says so and offers to write', async () => {
      const one = await published('文昌路路面破损');
      const browser = await withTitle();
      await choose(browser, { answered: one.number }, '/letters/new/answered');
      await takeDown(one);
      const { text } = await browser.get('/letters/new/answered').expect(200);
      assert.match(pageText(text), /不再公开.*还是要写信/);
      assert.doesNotMatch(text, new RegExp(one.number));
    });

    for (const typed of ['2026-000001-2', '../../etc', '<b>x</b>', '{"$gt":""}', '😀'])
      it(`${typed} was never offered › refused like one taken down, and not echoed`, async () => {
        await published('文昌路路面破损');
        const other = await anAnswered(town, { title: '另一件事情' });
        await act(town, 'dispatcher', other.id, 'publish');
        const browser = await withTitle();
        for (const answered of [typed, other.number]) {
          const { text } = await post(browser, SIMILAR, { answered }).expect(409);
          assert.doesNotMatch(text, /<b>x<\/b>|另一件事情/);
        }
        assert.equal(await saved(), 0);
      });

    it('no draft, one that ran out, or one that was sent › back to where it can be helped', async () => {
      const { number } = await published('文昌路路面破损');
      const stranger = openBrowser(town);
      for (const [path, fields] of [
        [SIMILAR, { answered: number }],
        [`${SIMILAR}/follow`, { number, mail: 'a@mail.example' }],
        ['/letters/new/answered', { act: 'write' }],
      ] as const)
        await post(stranger, path, fields).expect(303).expect('location', '/letters/new?lost=yes');
      const browser = await withTitle();
      await fillIn(browser, MATTER);
      await sendLetter(browser);
      await choose(browser, { answered: number }, '/letters/receipt');
      assert.equal(await saved(), 0);
    });
  });

  it('hostile words in an answer › are shown as text', async () => {
    const words =
      '李小满您好，文昌路中段路面大坑<img src=x onerror=alert(1)>已于9月25日由养护队修补完毕，照明恢复。';
    await published('文昌路路面破损', words);
    const { text } = await (await withTitle()).get(SIMILAR);
    assert.match(text, /&lt;img src=x onerror=alert\(1\)&gt;/);
    assert.doesNotMatch(text, /<img src=x/);
  });

  it('in English', async () => {
    await published('文昌路路面破损');
    const browser = await startLetter(town, 'en');
    await post(browser, '/letters/new/matter', MATTER).expect('location', SIMILAR);
    const text = pageText((await browser.get(SIMILAR)).text);
    for (const shown of [
      'Perhaps it has been answered',
      'Roads Bureau',
      'This answers me',
      'Mine is different, continue',
    ])
      assert.ok(text.includes(shown), shown);
  });
});

describe('answers found by the town’s own search', () => {
  let town: TestTown;
  before(async () => {
    town = await openTestTown(NOW);
  });
  after(() => town.end());

  const offeredFor = async (title: string): Promise<string> => {
    const browser = await startLetter(town);
    await post(browser, '/letters/new/matter', { kind: 'complaint', title }).expect(303);
    return pageText((await browser.get(SIMILAR).redirects(1)).text);
  };

  it('the same matter once it is public › is offered, until it is taken down', async () => {
    const { id } = await anAnswered(town, { title: '文昌路中段路面大坑夜里很危险' });
    const title = '文昌路中段路面有大坑，夜里危险';
    assert.doesNotMatch(await offeredFor(title), /养护队/, 'answered, not published');
    await act(town, 'dispatcher', id, 'publish');
    await sleep(SEEN_MS);
    assert.match(await offeredFor(title), /养护队修补完毕/);
    assert.doesNotMatch(await offeredFor('社保卡丢了怎样补办'), /养护队/);
    await act(town, 'dispatcher', id, 'withhold', { text: '有误' });
    assert.doesNotMatch(await offeredFor(title), /养护队/);
  });

  it('what was hidden in the public copy › leads to no answer', async () => {
    const title = '宝塔新村郭大勇家门口的狗乱叫';
    const { id } = await anAnswered(town, { title, place: '' });
    await act(town, 'dispatcher', id, 'publish', { text: '宝塔新村郭大勇家门口' });
    await sleep(SEEN_MS);
    assert.match(await offeredFor('门口的狗乱叫，文昌路中段路面大坑'), /█/, 'it is found by what is public');
    assert.doesNotMatch(await offeredFor('宝塔新村郭大勇家'), /█/);
  });
});

describe('a long answer', () => {
  const sentence = '文昌路中段已经修补完毕，夜间照明同时恢复。';

  it('short › is shown whole', () => {
    assert.deepEqual(folded(sentence), { opening: sentence, rest: '' });
  });

  for (const [what, text] of [
    ['of sentences', sentence.repeat(20)],
    ['of one endless sentence', '文'.repeat(500)],
    ['of rare characters', '𠮷'.repeat(500)],
    ['in English', 'The pavement has been mended. '.repeat(20).trim()],
    ['of lines', `各位居民：\n${'已修补\n'.repeat(90)}`],
  ] as const)
    it(`${what} › is cut once and nothing is lost`, () => {
      const { opening, rest } = folded(text);
      assert.ok(
        rest.length > 0 && Array.from(opening).length <= (what === 'in English' ? 275 : 110),
        opening,
      );
      assert.equal(`${opening}${rest}`.replaceAll(/\s/g, ''), text.replaceAll(/\s/g, ''));
      assert.doesNotMatch(`${opening}|${rest}`, /\ud842(?!\udfb7)|(?<!\ud842)\udfb7/, 'half a character');
    });

  it('of sentences › is cut between two of them', () => {
    const { opening, rest } = folded(sentence.repeat(20));
    assert.match(opening, /。$/);
    assert.match(rest, /^文昌路/);
  });
});
