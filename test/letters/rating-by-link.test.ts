import assert from 'node:assert/strict';
import { makeLog } from '../../src/platform/log.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';
import {
  answerLetter,
  faultsOn,
  follow,
  openBrowser,
  pageText,
  post,
  writeLetter,
} from './filing-support.ts';

const RECEIVED = '2026-09-24T02:00:00Z';
const GOOD = { overall: '5', solved: 'yes', words: '谢谢，修得很快' };

describe('rating an answer by the link of its invitation', () => {
  let town: TestTown;
  let logged: string[];
  beforeEach(async () => {
    logged = [];
    const log = makeLog('debug', { write: (line) => void logged.push(line) });
    town = await openTestTown(RECEIVED, {}, log);
  });
  afterEach(() => town.end());

  const hoursLater = (hours: number) => town.at.moveTo(new Date(town.at.now().getTime() + hours * 3_600_000));
  const deliver = () => town.sweeps.deliverNotices(town.at.now());
  const invitations = () => town.sent.mail.filter(({ template }) => template === 'rate');

  /** An answered letter, a day later. */
  const invited = async (lang: 'zh-CN' | 'en' = 'zh-CN') => {
    const letter = await writeLetter(town, {}, lang);
    await answerLetter(town, letter);
    await deliver();
    assert.equal(invitations().length, 0, 'not together with the answer');
    hoursLater(24);
    await deliver();
    const [mail] = invitations();
    const link = /http:\/\/huiyin\.example(\/rate\/\S+)/.exec(mail?.text ?? '')?.[1];
    assert.ok(link && mail);
    return { ...letter, link, mail };
  };
  const ratingOf = async (id: string) => (await town.services.matters.byId(id))?.rating ?? null;
  const page = async (link: string, lang: 'zh-CN' | 'en' = 'zh-CN') =>
    (await openBrowser(town, lang).get(link).expect(200)).text;

  it('a day after the answer › one mail; its link bears no score, shows no word of the letter, and changes nothing', async () => {
    const { link, id, number, mail } = await invited();
    hoursLater(1);
    await deliver();
    assert.equal(invitations().length, 1);
    assert.doesNotMatch(mail.text, /overall|solved/);
    assert.deepEqual(Object.keys(mail.params).includes('rating'), false, 'a gateway gets no key');
    for (const lang of ['zh-CN', 'en'] as const) {
      const html = await page(link, lang);
      assert.ok(html.includes(number));
      assert.doesNotMatch(html, /李小满|文昌路|养护队|checked/);
    }
    assert.equal(await ratingOf(id), null);
  });

  it('filled in › stored without number and code; the first one stands', async () => {
    const { link, id } = await invited();
    await post(openBrowser(town), link, GOOD).expect(303).expect('location', link);
    assert.match(pageText(await page(link)), /已经评价过/);
    await post(openBrowser(town), link, { ...GOOD, overall: '1' }).expect(303);
    const rating = await ratingOf(id);
    assert.deepEqual([rating?.overall, rating?.solved, rating?.words], [5, 'yes', '谢谢，修得很快']);
  });

  it('rated with number and code before › the link says so', async () => {
    const { link, id, browser, ...letter } = await invited();
    await follow(browser, letter);
    await post(browser, '/letters/mine/rate', { overall: '2', solved: 'no' }).expect(303);
    assert.match(pageText(await page(link)), /已经评价过/);
    await post(openBrowser(town), link, GOOD).expect(303);
    assert.equal((await ratingOf(id))?.overall, 2);
  });

  for (const [lang, overall, solved] of [
    ['zh-CN', /请选择您的满意程度/, /请选择问题有没有解决/],
    ['en', /choose/i, /choose/i],
  ] as const)
    it(`${lang}, sent by a scanner without a choice › nothing is stored; what was typed is there`, async () => {
      const { link, id } = await invited(lang);
      const { text } = await post(openBrowser(town, lang), link, { words: '一些话' }).expect(422);
      const faults = faultsOn(text);
      assert.match(faults['overall'] ?? '', overall);
      assert.match(faults['solved'] ?? '', solved);
      assert.match(text, />\s*一些话<\/textarea>/);
      assert.equal(await ratingOf(id), null);
    });

  it('two weeks after the invitation › the link is over; number and code still do', async () => {
    const { link, id, browser, ...letter } = await invited();
    hoursLater(14 * 24 - 1);
    assert.match(await page(link), /name="overall"/);
    hoursLater(2);
    assert.match(pageText(await page(link)), /已经过期/);
    await post(openBrowser(town), link, GOOD).expect(303);
    assert.equal(await ratingOf(id), null);
    await follow(browser, letter);
    await post(browser, '/letters/mine/rate', { overall: '4', solved: 'yes' }).expect(303);
    assert.equal((await ratingOf(id))?.overall, 4);
  });

  it('taken up again › the link of the old answer is good for nothing', async () => {
    const { link, id, browser, ...letter } = await invited();
    await follow(browser, letter);
    await post(browser, '/letters/mine/reopen', { reason: '又坏了' }).expect(303);
    assert.match(pageText(await page(link)), /正在再次办理/);
    await post(openBrowser(town), link, GOOD).expect(303);
    hoursLater(1);
    await answerLetter(
      town,
      { id, number: letter.number },
      '李小满您好，文昌路中段路面已再次修补并加固路基，感谢提醒。',
    );
    await openBrowser(town).get(link).expect(404);
    await post(openBrowser(town), link, GOOD).expect(404);
    assert.equal(await ratingOf(id), null);
  });

  it('a wrong key, a wrong number, the key of other messages › look the same; the key stands in no log', async () => {
    const { link, number, id } = await invited();
    const key = link.split('/').at(-1) ?? '';
    const { secrets } = town.services;
    for (const path of [
      `/rate/${number}/x`,
      `/rate/2026-999999-9/${key}`,
      `/rate/${number}/${secrets.messagesKey(id)}`,
      `/messages/${number}/${key}`,
    ]) {
      await openBrowser(town).get(path).expect(404);
      await post(openBrowser(town), path, GOOD).expect(404);
    }
    await post(openBrowser(town), link, GOOD).expect(303);
    for (const line of logged) assert.ok(!line.includes(key), line);
  });
});
