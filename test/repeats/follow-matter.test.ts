import assert from 'node:assert/strict';
import { CITIZEN_ACTIONS } from '../../src/letters/citizen-actions.ts';
import type { Matter } from '../../src/domain/matters/matter.ts';
import type { OutgoingMessage } from '../../src/notices/channels/channel.ts';
import { makeLog } from '../../src/platform/log.ts';
import { connectMongo } from '../../src/platform/mongo/connect.ts';
import { countIn, faultsOn, openBrowser, pageText, post } from '../letters/filing-support.ts';
import { signedInAs } from '../support/sign-in.ts';
import { act, anAnswered, TO_THE_POINT } from '../support/letters.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';

const MAIL = 'neighbour@mail.example';
const SECOND = '李小满您好，文昌路中段路面大坑已于10月再次由养护队修补完毕，并加固路基，感谢您的提醒。';

describe('following a matter', () => {
  let town: TestTown;
  let logged: string[];
  let matter: Matter;

  beforeEach(async () => {
    logged = [];
    const log = makeLog('debug', { write: (line) => void logged.push(line) });
    town = await openTestTown('2026-09-24T02:00:00Z', {}, log);
    matter = await act(town, 'dispatcher', (await anAnswered(town)).id, 'publish');
  });
  afterEach(() => town.end());

  const pass = (minutes: number) => town.at.moveTo(new Date(town.at.now().getTime() + minutes * 60_000));
  const ask = (mail = MAIL) =>
    post(openBrowser(town), `/answers/${matter.number}/follow`, { mail }).expect(303);
  const mails = async (to = MAIL): Promise<OutgoingMessage[]> => {
    await town.sweeps.deliverNotices(town.at.now());
    return town.sent.mail.filter((message) => message.to === to);
  };
  const linkIn = (message: OutgoingMessage | undefined): string => {
    const path = /http:\/\/huiyin\.example(\/follow\/\S+)/.exec(message?.text ?? '')?.[1];
    assert.ok(path, 'the mail bears the link');
    return path;
  };
  /** Follows, and confirms; the link. */
  const followed = async (mail = MAIL): Promise<string> => {
    await ask(mail);
    const link = linkIn((await mails(mail)).at(-1));
    await post(openBrowser(town), link, {}).expect(303).expect('location', link);
    pass(1);
    return link;
  };
  const page = async (link: string) => pageText((await openBrowser(town).get(link).expect(200)).text);
  const reopen = () =>
    town.services.changeMatter(
      matter.id,
      CITIZEN_ACTIONS.reopen({ text: '又坏了', overall: 1, solved: 'no' }),
    );
  const answerAnew = async () => {
    const confirmation = matter.number.replaceAll(/\D/g, '').slice(-4);
    await act(town, 'dispatcher', matter.id, 'assign', { unit: 'roads' });
    await act(town, 'roads-handler', matter.id, 'signFor');
    await act(town, 'roads-handler', matter.id, 'draft', { text: SECOND, resolution: 'solved' });
    await act(town, 'roads-handler', matter.id, 'submitForReview', { confirmation });
    await act(town, 'roads-head', matter.id, 'approve', { confirmation });
    pass(1);
    return act(town, 'dispatcher', matter.id, 'publish');
  };
  const templates = async (to = MAIL) => (await mails(to)).map(({ template }) => template);

  it('asked for on the page of an answer › a mail, its link, a button: only then it is followed', async () => {
    const browser = openBrowser(town);
    const answer = await browser.get(`/answers/${matter.number}`).expect(200);
    assert.match(answer.text, new RegExp(`href="/answers/${matter.number}/follow"`));
    await browser.get(`/answers/${matter.number}/follow`).expect(200);
    const asked = await post(browser, `/answers/${matter.number}/follow`, { mail: ` ${MAIL} ` }).expect(303);
    assert.match(pageText((await browser.get(asked.headers['location'] ?? '')).text), /请到邮箱里确认/);

    const [message, ...others] = await mails();
    assert.deepEqual(others, []);
    assert.equal(message?.template, 'follow');
    assert.match(message?.subject ?? '', new RegExp(matter.number));

    const link = linkIn(message);
    for (let n = 0; n < 3; n += 1) assert.match(await page(link), /确认接收/);
    assert.deepEqual(await town.services.followers.ofMatter(matter.id), [], 'opening a link changes nothing');

    await post(browser, link, {}).expect(303).expect('location', link);
    await post(browser, link, {}).expect(303).expect('location', link);
    assert.match(await page(link), /您正在关注这件事/);
    const [follower] = await town.services.followers.ofMatter(matter.id);
    assert.deepEqual([follower?.mail, follower?.language], [MAIL, 'zh-CN']);
  });

  it('taken up again, answered anew and published › one mail each; in between and again, none', async () => {
    const link = await followed();
    await reopen();
    pass(1);
    assert.deepEqual(await templates(), ['follow', 'reopened']);
    await answerAnew();
    assert.deepEqual(await templates(), ['follow', 'reopened', 'published']);
    const news = (await mails()).at(-1);
    assert.equal(linkIn(news), link, 'each mail bears the way out');
    assert.match(news?.text ?? '', new RegExp(`http://huiyin.example/answers/${matter.number}`));

    await act(town, 'dispatcher', matter.id, 'withhold', { text: '再隐去一处' });
    pass(1);
    await act(town, 'dispatcher', matter.id, 'publish');
    assert.equal((await mails()).length, 3, 'the same answer is no news');
  });

  it('told again after a crash › no mail twice', async () => {
    await followed();
    await reopen();
    const now = await town.services.matters.byId(matter.id);
    assert.ok(now);
    await town.services.announce([{ matter: now, events: now.history }]);
    await town.services.announce([{ matter: now, events: now.history }]);
    assert.deepEqual(await templates(), ['follow', 'reopened']);
  });

  it('what was there before somebody followed › is no news', async () => {
    await followed();
    const now = await town.services.matters.byId(matter.id);
    assert.ok(now);
    await town.services.announce([{ matter: now, events: now.history }]);
    assert.deepEqual(await templates(), ['follow']);
  });

  it('never confirmed › hears of nothing', async () => {
    await ask();
    pass(1);
    await reopen();
    assert.deepEqual(await templates(), ['follow']);
  });

  it('ended › no mail more, not even one already planned; the link says so', async () => {
    const link = await followed();
    await reopen();
    await post(openBrowser(town), `${link}/end`, {}).expect(303).expect('location', link);
    await post(openBrowser(town), `${link}/end`, {}).expect(303).expect('location', link);
    assert.match(await page(link), /不会再发邮件给您/);
    assert.deepEqual(await templates(), ['follow']);
    assert.equal(await countIn(town, 'followers'), 0);
    await post(openBrowser(town), link, {}).expect(303);
    assert.match(await page(link), /不会再发邮件给您/, 'an old link brings nobody back');
  });

  it('taken down before the mail leaves › nothing is said of it', async () => {
    await followed();
    await reopen();
    await act(town, 'dispatcher', matter.id, 'withhold', { text: '有误' });
    assert.deepEqual(await templates(), ['follow']);
  });

  it('asked for an address that follows already, in any case of its letters › the same page, no second follower', async () => {
    const link = await followed();
    const answers = await Promise.all([ask(MAIL.toUpperCase()), ask('nobody@mail.example')]);
    assert.deepEqual(answers[0].headers['location'], answers[1].headers['location']);
    assert.equal(await countIn(town, 'followers'), 2);
    assert.match(await page(link), /您正在关注这件事/);
    await reopen();
    assert.deepEqual(await templates(), ['follow', 'reopened']);
  });

  it('asked again and again › one mail a day', async () => {
    for (let n = 0; n < 3; n += 1) await ask();
    assert.equal((await mails()).length, 1);
    pass(24 * 60);
    await ask();
    assert.equal((await mails()).length, 2);
  });

  it('in English › the mails too', async () => {
    await post(openBrowser(town, 'en'), `/answers/${matter.number}/follow`, { mail: MAIL }).expect(303);
    const [message] = await mails();
    assert.match(message?.text ?? '', /press the button on the page/);
  });

  for (const mail of ['', 'x', 'a@b', 'a@mail.example\r\nBcc: b@mail.example', '"><script>@mail.example'])
    it(`${JSON.stringify(mail)} › is named, and nobody is written to`, async () => {
      const { text } = await post(openBrowser(town), `/answers/${matter.number}/follow`, { mail }).expect(
        422,
      );
      assert.match(faultsOn(text)['mail'] ?? '', /电子邮箱/);
      assert.doesNotMatch(text, /"><script>/);
      assert.equal(await countIn(town, 'followers'), 0);
    });

  it('what is not public › cannot be followed, and looks like what does not exist', async () => {
    const secret = await anAnswered(town, { title: '另一件没有公开的事' });
    for (const number of [secret.number, '2026-999999-9', '%3Cb%3E']) {
      const path = `/answers/${number}/follow`;
      await openBrowser(town).get(path).expect(404);
      await post(openBrowser(town), path, { mail: MAIL }).expect(404);
    }
    assert.equal(await countIn(town, 'followers'), 0);
  });

  for (const key of [
    'x',
    '%00',
    'a'.repeat(500),
    '%7B%22$gt%22:%22%22%7D',
    encodeURIComponent('<b>钥匙</b>'),
  ])
    it(`the key ${key.slice(0, 30)} › nothing is followed with it`, async () => {
      const { text } = await openBrowser(town).get(`/follow/${key}`).expect(200);
      assert.match(pageText(text), /没有对应的关注/);
      assert.doesNotMatch(text, /<b>钥匙/);
      await post(openBrowser(town), `/follow/${key}`, {}).expect(303);
      await post(openBrowser(town), `/follow/${key}/end`, {}).expect(303);
    });

  it('address and key › stand in no log, no ledger row and no page', async () => {
    const link = await followed();
    await reopen();
    await mails();
    const key = link.slice('/follow/'.length);
    const connection = await connectMongo(town.uri);
    const ledger = JSON.stringify(await connection.collection('notices').find({}).toArray());
    const followers = JSON.stringify(await connection.collection('followers').find({}).toArray());
    await connection.close();
    assert.ok(logged.length > 0 && ledger.includes('follower'));
    for (const text of [...logged, ledger]) assert.ok(!text.includes(MAIL) && !text.includes(key), text);
    assert.ok(!followers.includes(key), 'the store alone gives no link');
    const html = (await openBrowser(town).get(link)).text;
    assert.ok(!html.includes(MAIL));
  });

  it('the desk › does not see who follows', async () => {
    await followed();
    const notices = await town.services.notices.ofMatter(matter.id);
    assert.ok(notices.some(({ recipient }) => recipient.role === 'follower'));
    const office = await signedInAs(town, 'dispatcher');
    const text = pageText((await office.get(`/desk/${matter.id}`).expect(200)).text);
    assert.match(text, /来信人/);
    assert.doesNotMatch(text, /follow|关注/);
  });

  it('the writer of the letter › gets their own mails only', async () => {
    await followed();
    await reopen();
    const writer = matter.letter.writer.mail;
    assert.deepEqual(
      (await templates(writer)).filter((template) => template === 'follow' || template === 'reopened'),
      [],
    );
    assert.ok((await mails(writer)).some(({ text }) => text.includes(TO_THE_POINT)));
  });
});
