import assert from 'node:assert/strict';
import type { ReachBy } from '../../src/domain/letters/letter.ts';
import type { OutgoingMessage } from '../../src/notices/channels/channel.ts';
import { makeStillWanted } from '../../src/notices/still-wanted.ts';
import { makeLog } from '../../src/platform/log.ts';
import {
  ANSWER,
  answerLetter,
  desk,
  faultsOn,
  fillIn,
  follow,
  openBrowser,
  pageText,
  post,
  sendLetter,
  startLetter,
  writeLetter,
  type Browser,
} from '../letters/filing-support.ts';
import { seen, signedInAs } from '../support/sign-in.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';

const RECEIVED = '2026-09-24T02:00:00Z'; // Thursday 10:00
const MAIL = 'li@mail.example';
const PHONE = '13800001234';

/** A letter, and how its writer, on the page "you", wished to hear. */
async function written(town: TestTown, reachBy: ReachBy | '', lang: 'zh-CN' | 'en' = 'zh-CN') {
  const browser = await startLetter(town, lang);
  await fillIn(browser, {}, 'you');
  const you = { name: '李小满', phone: PHONE, mail: MAIL, address: '' };
  await post(browser, '/letters/new/you', { ...you, reachBy }).expect(303);
  await post(browser, '/letters/new/wish', { wish: 'public' }).expect(303);
  const check = pageText((await browser.get('/letters/new/check').expect(200)).text);
  const { number, code } = await sendLetter(browser);
  const matter = await town.services.matters.byNumber(number);
  assert.ok(matter);
  return { number, code, id: matter.id, matter, browser, check };
}

/** What the writer got so far: "received by mail". */
const told = ({ sent }: TestTown): string[] => [
  ...sent.mail.filter(({ to }) => to === MAIL).map(({ template }) => `${template} by mail`),
  ...sent.sms.filter(({ to }) => to === PHONE).map(({ template }) => `${template} by sms`),
];

const linkIn = (message: OutgoingMessage | undefined, path: string): string => {
  const found = new RegExp(`http://huiyin\\.example(/${path}/\\S+)`).exec(message?.text ?? '')?.[1];
  assert.ok(found, `the mail bears a link to /${path}`);
  return found;
};

describe('messages as the writer wishes', () => {
  let town: TestTown;
  let logged: string[];
  beforeEach(async () => {
    logged = [];
    const log = makeLog('debug', { write: (line) => void logged.push(line) });
    town = await openTestTown(RECEIVED, {}, log);
  });
  afterEach(() => town.end());

  const deliver = () => town.sweeps.deliverNotices(town.at.now());
  const hoursLater = (hours: number) => town.at.moveTo(new Date(town.at.now().getTime() + hours * 3_600_000));

  const WAYS: readonly [ReachBy | '', RegExp, RegExp, string[]][] = [
    ['', /怎样通知您 发邮件/, /通知会发到您的邮箱/, ['received by mail', 'assigned by mail']],
    ['mail', /怎样通知您 发邮件/, /通知会发到您的邮箱/, ['received by mail', 'assigned by mail']],
    ['sms', /怎样通知您 发短信/, /我们会发短信给您/, ['received by sms', 'assigned by sms']],
    [
      'both',
      /怎样通知您 邮件和短信都发/,
      /同时发邮件和短信/,
      ['received by mail', 'assigned by mail', 'received by sms', 'assigned by sms'],
    ],
    ['none', /怎样通知您 都不用，我自己查/, /不发邮件和短信，答复也不发/, []],
  ];
  for (const [reachBy, check, receipt, messages] of WAYS)
    it(`${reachBy || 'no choice'} on the form › on the check page, the receipt, and in what is sent`, async () => {
      const letter = await written(town, reachBy);
      assert.match(letter.check, check);
      assert.match(pageText((await letter.browser.get('/letters/receipt')).text), receipt);
      assert.equal(letter.matter.letter.reachBy, reachBy || undefined);
      await desk(town, 'dispatcher', letter.id, 'assign', { unit: 'roads' });
      await deliver();
      assert.deepEqual(told(town), messages);
    });

  it('the choice › is on the page again, to be changed', async () => {
    const browser = await startLetter(town);
    await fillIn(browser, {}, 'wish');
    await post(browser, '/letters/new/you', { name: '李小满', phone: PHONE, mail: '', reachBy: 'sms' });
    const { text } = await browser.get('/letters/new/you?after=check').expect(200);
    assert.match(text, /value="sms" checked/);
    assert.doesNotMatch(text, /value="mail" checked/);
  });

  it('each step of a letter › is told once, in the words of an office; an SMS without any of the letter', async () => {
    const letter = await written(town, 'both');
    await desk(town, 'dispatcher', letter.id, 'askCitizen', { text: '请问在路的哪一侧？' });
    await deliver();
    await follow(letter.browser, letter);
    await post(letter.browser, '/letters/mine/answerQuestion', { reply: '东侧' }).expect(303);
    await desk(town, 'dispatcher', letter.id, 'assign', { unit: 'roads' });
    await deliver();
    const confirmation = letter.number.replaceAll(/\D/g, '').slice(-4);
    await desk(town, 'roads-handler', letter.id, 'signFor');
    await desk(town, 'roads-handler', letter.id, 'draft', { text: ANSWER, resolution: 'solved' });
    await desk(town, 'roads-handler', letter.id, 'submitForReview', { confirmation });
    await desk(town, 'roads-head', letter.id, 'approve', { confirmation });
    await desk(town, 'dispatcher', letter.id, 'publish');
    await deliver();
    hoursLater(24);
    await deliver();
    const steps = ['received', 'asked', 'assigned', 'answered', 'published', 'rate'];
    const byMail = town.sent.mail.filter(({ to }) => to === MAIL);
    assert.deepEqual(byMail.map(({ template }) => template).toSorted(), steps.toSorted());
    assert.deepEqual(town.sent.sms.map(({ template }) => template).toSorted(), steps.toSorted());
    for (const { text, subject } of town.sent.sms) {
      assert.ok(text.includes(letter.number) && /http:\/\/huiyin\.example\//.test(text), text);
      assert.doesNotMatch(text + subject, /文昌路|李小满|东侧|养护队|rate\/|messages\//);
    }
    const codes = [letter.code, letter.code.replaceAll('-', '')];
    for (const { text, subject, params } of [...town.sent.mail, ...town.sent.sms])
      for (const code of codes) assert.ok(!JSON.stringify([text, subject, params]).includes(code));
    const assigned = byMail.find(({ template }) => template === 'assigned');
    assert.match(assigned?.text ?? '', /已交交通局办理，2026-10-\d\d 前答复您/);
    assert.match(byMail.find(({ template }) => template === 'published')?.text ?? '', /\/answers\/2026-/);
    for (const { unsubscribeUrl, text } of byMail)
      assert.ok(unsubscribeUrl && text.endsWith(unsubscribeUrl), 'each mail bears the way out');
    assert.ok(town.sent.mail.filter(({ to }) => to !== MAIL).every(({ unsubscribeUrl }) => !unsubscribeUrl));
  });

  for (const [lang, where] of [
    ['zh-CN', /不在本地管辖范围。[\s\S]*属于邻区。[\s\S]*应该找谁：请写给事发地的信箱/],
    ['en', /The ground: [\s\S]*属于邻区。[\s\S]*Where to turn: /],
  ] as const)
    it(`${lang} › a refusal says where to turn`, async () => {
      const letter = await written(town, 'mail', lang);
      await desk(town, 'dispatcher', letter.id, 'refuse', { ground: 'outside-area', text: '属于邻区。' });
      await deliver();
      assert.match(town.sent.mail.find(({ template }) => template === 'refused')?.text ?? '', where);
    });

  it('staff › see how the writer wishes to hear, as last said', async () => {
    const letter = await written(town, 'both');
    const office = await signedInAs(town, 'dispatcher');
    const page = async () => seen((await office.get(`/desk/${letter.id}`).expect(200)).text);
    assert.match(await page(), /通知方式 邮件和短信/);
    await town.services.changeMessageWish(letter.matter, { by: 'mail', about: 'essentials' });
    assert.match(await page(), /通知方式 邮件 ?（已退订进展/);
    await town.services.changeMessageWish(letter.matter, { by: 'none', about: 'everything' });
    assert.match(await page(), /通知方式 不要通知，自己查询/);
  });

  describe('with number and code', () => {
    const mine = async (browser: Browser) => (await browser.get('/letters/mine').expect(200)).text;

    it('the way is changed › shown, kept, and heeded', async () => {
      const letter = await written(town, 'mail');
      await follow(letter.browser, letter);
      assert.match(pageText(await mine(letter.browser)), /消息通知 现在用邮件通知您/);
      await post(letter.browser, '/letters/mine/messages', { by: 'sms', about: 'everything' })
        .expect(303)
        .expect('location', '/letters/mine?done=messages#top');
      const html = (await letter.browser.get('/letters/mine?done=messages').expect(200)).text;
      assert.match(pageText(html), /消息通知已经改好.*现在用短信通知您/);
      await desk(town, 'dispatcher', letter.id, 'assign', { unit: 'roads' });
      await deliver();
      assert.ok(told(town).includes('assigned by sms') && !told(town).includes('assigned by mail'));
      assert.equal(
        (await town.services.matters.byId(letter.id))?.letter.reachBy,
        'mail',
        'a letter stays as it was',
      );
    });

    it('what waits › goes the new way, once', async () => {
      const letter = await written(town, 'mail');
      await answerLetter(town, letter);
      await deliver();
      hoursLater(1);
      await follow(letter.browser, letter);
      for (let n = 0; n < 2; n += 1)
        await post(letter.browser, '/letters/mine/messages', { by: 'sms', about: 'everything' }).expect(303);
      const waiting = (await town.services.notices.ofMatter(letter.id)).filter(
        ({ state, recipient }) => state === 'queued' && recipient.role === 'citizen',
      );
      const matter = await town.services.matters.byId(letter.id);
      assert.ok(matter);
      const isWanted = makeStillWanted({
        wishes: town.services.messageWishes,
        matters: town.services.matters,
      });
      const why = await Promise.all(
        waiting.map(
          async (notice) => `${notice.template} by ${notice.channel}: ${await isWanted(notice, matter)}`,
        ),
      );
      assert.deepEqual(why.toSorted(), ['rate by mail: unsubscribed', 'rate by sms: null']);
    });

    for (const [lang, why, fields, field, words] of [
      ['zh-CN', 'nothing', {}, 'by', /请选择怎样通知您/],
      ['en', 'nothing', {}, 'about', /choose what we should tell you/],
      ['zh-CN', 'a way that is none', { by: 'x', about: 'everything' }, 'by', /从列出的通知方式/],
      ['en', 'a matter that is none', { by: 'none', about: 'x' }, 'about', /choose one of the two/],
    ] as const)
      it(`${lang}, ${why} › is named, and nothing is changed`, async () => {
        const letter = await written(town, 'mail', lang);
        await follow(letter.browser, letter);
        const { text } = await post(letter.browser, '/letters/mine/messages', fields).expect(422);
        assert.match(faultsOn(text)[field] ?? '', words);
        assert.match(text, /<details open><summary>/);
        if ('by' in fields && fields.by === 'none') assert.match(text, /value="none" checked/);
        assert.equal(await town.services.messageWishes.of(letter.id), null);
      });

    for (const [lang, words] of [
      ['zh-CN', /没有留电话，不能用短信/],
      ['en', /has no phone number/],
    ] as const)
      it(`${lang} › a way without an address is not offered, and refused`, async () => {
        const { browser, ...letter } = await writeLetter(town, { phone: '' }, lang);
        await follow(browser, letter);
        const html = await mine(browser);
        assert.match(html, /name="by" value="mail"/);
        assert.doesNotMatch(html, /name="by" value="(sms|both)"/);
        const sent = { by: 'sms', about: 'everything' };
        const { text } = await post(browser, '/letters/mine/messages', sent).expect(422);
        assert.match(faultsOn(text)['by'] ?? '', words);
      });

    it('without number and code › nothing can be changed', async () => {
      await post(openBrowser(town), '/letters/mine/messages', { by: 'none', about: 'everything' })
        .expect(303)
        .expect('location', '/letters/track?ended=yes');
    });
  });

  describe('behind the link of a mail', () => {
    const linked = async (reachBy: ReachBy | '' = '', lang: 'zh-CN' | 'en' = 'zh-CN') => {
      const letter = await written(town, reachBy, lang);
      await deliver();
      return { ...letter, link: linkIn(town.sent.mail.at(-1), 'messages') };
    };
    const page = async (link: string, lang: 'zh-CN' | 'en' = 'zh-CN') =>
      pageText((await openBrowser(town, lang).get(link).expect(200)).text);

    it('opening it › changes nothing, and shows the number alone', async () => {
      const { link, id, number } = await linked();
      for (const lang of ['zh-CN', 'en'] as const) {
        const text = await page(link, lang);
        assert.ok(text.includes(number));
        assert.doesNotMatch(text, /李小满|文昌路|li@|13800001234/);
      }
      assert.equal(await town.services.messageWishes.of(id), null);
    });

    it('progress stopped › questions and the answer still come', async () => {
      const { link, ...letter } = await linked();
      await post(openBrowser(town), link, { stop: 'progress' }).expect(303).expect('location', link);
      assert.match(await page(link), /已退订进展消息/);
      await answerLetter(town, letter);
      await desk(town, 'dispatcher', letter.id, 'publish');
      await deliver();
      hoursLater(25);
      await deliver();
      assert.deepEqual(told(town), ['received by mail', 'answered by mail']);
    });

    it('all stopped › not even the answer; and all again', async () => {
      const { link, ...letter } = await linked('both');
      const before = told(town);
      await post(openBrowser(town), link, { stop: 'all' }).expect(303);
      assert.match(await page(link), /答复也不发/);
      await answerLetter(town, letter);
      await deliver();
      assert.deepEqual(told(town), before);
      await post(openBrowser(town), link, { stop: 'nothing' }).expect(303);
      assert.match(await page(link), /都会告诉来信人/);
      assert.deepEqual(await town.services.messageWishes.of(letter.id), { by: 'both', about: 'everything' });
    });

    for (const [how, send] of [
      [
        'as a form',
        (link: string) => openBrowser(town).post(link).type('form').send('List-Unsubscribe=One-Click'),
      ],
      ['as parts', (link: string) => openBrowser(town).post(link).field('List-Unsubscribe', 'One-Click')],
    ] as const)
      it(`a mail program’s own post, ${how} › is done at once, without a redirect`, async () => {
        const { link, id } = await linked('both');
        await send(link).expect(200);
        assert.deepEqual(await town.services.messageWishes.of(id), { by: 'both', about: 'essentials' });
      });

    it('stopped wholly before › a mail program’s post brings nothing back', async () => {
      const { link, id } = await linked();
      await post(openBrowser(town), link, { stop: 'all' }).expect(303);
      await openBrowser(town).post(link).type('form').send('List-Unsubscribe=One-Click').expect(200);
      assert.equal((await town.services.messageWishes.of(id))?.by, 'none');
    });

    it('another site’s page › cannot stop anything in a reader’s browser', async () => {
      const { link, id } = await linked();
      await post(openBrowser(town), link, { stop: 'all' }).set('Sec-Fetch-Site', 'cross-site').expect(403);
      assert.equal(await town.services.messageWishes.of(id), null);
    });

    it('a wrong key, a wrong number, another letter’s key › look the same', async () => {
      const { link, number, id } = await linked();
      const other = await written(town, '');
      const key = link.split('/').at(-1) ?? '';
      for (const path of [
        `/messages/${number}/x`,
        `/messages/${number}/${'A'.repeat(43)}`,
        `/messages/2026-999999-9/${key}`,
        `/messages/nonsense/${key}`,
        `/messages/${other.number}/${key}`,
        `/messages/${number}/%00`,
      ]) {
        await openBrowser(town).get(path).expect(404);
        await post(openBrowser(town), path, { stop: 'all' }).expect(404);
      }
      assert.equal(await town.services.messageWishes.of(id), null);
      assert.equal(await town.services.messageWishes.of(other.id), null);
    });

    it('a choice that is none › is refused', async () => {
      const { link, id } = await linked();
      await post(openBrowser(town), link, { stop: 'x' }).expect(400);
      assert.equal(await town.services.messageWishes.of(id), null);
    });

    it('the key › stands in no log', async () => {
      const { link } = await linked();
      await page(link);
      await post(openBrowser(town), link, { stop: 'progress' }).expect(303);
      const key = link.split('/').at(-1) ?? '';
      assert.ok(logged.length > 0);
      for (const line of logged) assert.ok(!line.includes(key) && !line.includes(MAIL), line);
    });
  });
});
