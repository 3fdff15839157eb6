import assert from 'node:assert/strict';
import { CITIZEN_ACTIONS } from '../../src/letters/citizen-actions.ts';
import type { Matter } from '../../src/domain/matters/matter.ts';
import type { OutgoingMessage } from '../../src/notices/channels/channel.ts';
import { connectMongo } from '../../src/platform/mongo/connect.ts';
import { countIn, faultsOn, openBrowser, pageText, post } from '../letters/filing-support.ts';
import { on } from '../support/builders.ts';
import { act, anAnswered } from '../support/letters.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';

const MAIL = 'neighbour@mail.example';
const SECOND = '李小满您好，文昌路中段路面大坑已于10月再次由养护队修补完毕，并加固路基，感谢您的提醒。';

describe('a weekly digest of what somebody follows', () => {
  let town: TestTown;
  let roads: Matter;
  let lamps: Matter;
  beforeEach(async () => {
    town = await openTestTown(on('2026-09-07 10:00')); // Monday
    const published = async (title: string) =>
      act(
        town,
        'dispatcher',
        (await anAnswered(town, { title, body: `${title}，夜里很危险，请派人修补，谢谢。` })).id,
        'publish',
      );
    roads = await published('文昌路中段路面破损');
    lamps = await published('滨河路路灯不亮');
  });
  afterEach(() => town.end());

  const moveTo = (wall: string) => town.at.moveTo(on(wall));
  const mails = async (to = MAIL): Promise<OutgoingMessage[]> => {
    await town.sweeps.deliverNotices(town.at.now());
    return town.sent.mail.filter((message) => message.to === to);
  };
  const digests = async (to = MAIL) =>
    (await mails(to)).filter(({ template }) => template === 'followDigest');
  const linkIn = (message: OutgoingMessage | undefined): string => {
    const path = /http:\/\/huiyin\.example(\/follow\/\S+)/.exec(message?.text ?? '')?.[1];
    assert.ok(path, 'the mail bears the link');
    return path;
  };
  /** Asks on the page of an answer, and confirms; the link. */
  const followed = async (matter: Matter, pace: string, mail = MAIL, lang: 'zh-CN' | 'en' = 'zh-CN') => {
    await post(openBrowser(town, lang), `/answers/${matter.number}/follow`, { mail, pace }).expect(303);
    const link = linkIn((await mails(mail)).at(-1));
    await post(openBrowser(town), link, {}).expect(303);
    town.at.moveTo(new Date(town.at.now().getTime() + 60_000));
    return link;
  };
  const reopen = ({ id }: Matter) =>
    town.services.changeMatter(id, CITIZEN_ACTIONS.reopen({ text: '又坏了', overall: 1, solved: 'no' }));
  const answerAnew = async ({ id, number }: Matter) => {
    const confirmation = number.replaceAll(/\D/g, '').slice(-4);
    await act(town, 'dispatcher', id, 'assign', { unit: 'roads' });
    await act(town, 'roads-handler', id, 'signFor');
    await act(town, 'roads-handler', id, 'draft', { text: SECOND, resolution: 'solved' });
    await act(town, 'roads-handler', id, 'submitForReview', { confirmation });
    await act(town, 'roads-head', id, 'approve', { confirmation });
    town.at.moveTo(new Date(town.at.now().getTime() + 60_000));
    await act(town, 'dispatcher', id, 'publish');
  };
  const pageOf = async (link: string, lang: 'zh-CN' | 'en' = 'zh-CN') =>
    pageText((await openBrowser(town, lang).get(link).expect(200)).text);

  it('news of a week › one mail, when the office opens on Monday; without news none', async () => {
    await followed(roads, 'weekly');
    await followed(lamps, 'weekly');
    await reopen(roads);
    moveTo('2026-09-08 10:00');
    await answerAnew(roads);
    await reopen(lamps);
    moveTo('2026-09-13 23:59');
    assert.deepEqual(await digests(), [], 'nothing before the week is over');
    moveTo('2026-09-14 08:59');
    assert.deepEqual(await digests(), []);
    moveTo('2026-09-14 09:00');
    const [digest, ...more] = await digests();
    assert.ok(digest);
    assert.deepEqual(more, []);
    const text = digest.text;
    assert.match(
      text,
      new RegExp(`（${roads.number}）有了新的答复：\\nhttp://huiyin.example/answers/${roads.number}`),
    );
    assert.match(text, new RegExp(`（${lamps.number}）正在再次办理`));
    assert.equal(text.match(/文昌路/g)?.length, 1, 'the last news of each');
    assert.doesNotMatch(text, /养护队|李小满|13800001234/);
    assert.match(digest.key, /^followers\/2026-W38\/[\w-]{43}\/mail$/);
    assert.ok(text.includes(digest.unsubscribeUrl ?? 'no way out'));

    moveTo('2026-09-21 09:30');
    assert.equal((await digests()).length, 1, 'a week without news');
    await answerAnew(lamps);
    moveTo('2026-09-28 09:30');
    const second = (await digests()).at(-1);
    assert.match(second?.key ?? '', /2026-W40/);
    assert.match(second?.text ?? '', new RegExp(lamps.number));
    assert.doesNotMatch(second?.text ?? '', new RegExp(roads.number));
  });

  it('told again after a crash, and published again with more hidden › no news', async () => {
    await followed(roads, 'weekly');
    await reopen(roads);
    await answerAnew(roads);
    const now = await town.services.matters.byId(roads.id);
    assert.ok(now);
    await town.services.announce([{ matter: now, events: now.history }]);
    moveTo('2026-09-14 09:00');
    assert.equal((await digests()).length, 1);
    await act(town, 'dispatcher', roads.id, 'withhold', { text: '再隐去一处' });
    await act(town, 'dispatcher', roads.id, 'publish');
    moveTo('2026-09-21 09:00');
    assert.equal((await digests()).length, 1);
  });

  it('at once and weekly › each at its pace; other people each their own', async () => {
    await followed(roads, 'atOnce');
    await followed(lamps, 'weekly');
    await followed(lamps, 'weekly', 'other@mail.example', 'en');
    await reopen(roads);
    await reopen(lamps);
    assert.deepEqual(
      (await mails()).map(({ template }) => template),
      ['follow', 'follow', 'reopened'],
    );
    moveTo('2026-09-14 09:00');
    const [mine] = await digests();
    const [theirs] = await digests('other@mail.example');
    assert.doesNotMatch(mine?.text ?? '', new RegExp(roads.number));
    assert.match(theirs?.text ?? '', /is being handled again/);
    assert.notEqual(mine?.key, theirs?.key);
  });

  it('one address, however it is typed › one mail', async () => {
    await followed(roads, 'weekly');
    await followed(lamps, 'weekly', 'Neighbour@MAIL.example');
    await reopen(roads);
    await reopen(lamps);
    moveTo('2026-09-14 09:00');
    await town.sweeps.deliverNotices(town.at.now());
    assert.equal(town.sent.mail.filter(({ template }) => template === 'followDigest').length, 1);
  });

  it('taken down before Monday › not named; nothing left, no mail', async () => {
    await followed(roads, 'weekly');
    await followed(lamps, 'weekly');
    await reopen(roads);
    await reopen(lamps);
    await act(town, 'dispatcher', roads.id, 'withhold', { text: '有误' });
    moveTo('2026-09-14 09:00');
    const [digest] = await digests();
    assert.doesNotMatch(digest?.text ?? '', /文昌路/);
    await act(town, 'dispatcher', lamps.id, 'withhold', { text: '有误' });
    moveTo('2026-09-21 09:00');
    assert.equal((await digests()).length, 1);
  });

  it('the pace is changed behind the link › by a button alone', async () => {
    const link = await followed(roads, 'atOnce');
    assert.match(await pageOf(link), /一有进展就告诉您.*改为每周一汇总/);
    assert.match(await pageOf(link, 'en'), /as soon as there is news/);
    await post(openBrowser(town), `${link}/pace`, { pace: 'weekly' }).expect(303).expect('location', link);
    assert.match(await pageOf(link), /每周一汇总.*改为一有进展就告诉我/);
    await post(openBrowser(town), `${link}/pace`, { pace: 'daily' }).expect(400);
    await reopen(roads);
    assert.deepEqual(
      (await mails()).map(({ template }) => template),
      ['follow'],
    );
    moveTo('2026-09-14 09:00');
    assert.equal((await digests()).length, 1);
    await post(openBrowser(town), '/follow/nobody/pace', { pace: 'weekly' }).expect(303);
  });

  it('asked again by whomever, at another pace › changes nothing', async () => {
    const link = await followed(roads, 'atOnce');
    await post(openBrowser(town), `/answers/${roads.number}/follow`, { mail: MAIL, pace: 'weekly' }).expect(
      303,
    );
    assert.match(await pageOf(link), /一有进展就告诉您/);
  });

  for (const [lang, words] of [
    ['zh-CN', /从列出的两项中选择/],
    ['en', /choose one of the two/],
  ] as const)
    it(`${lang}, a pace that is none › is named, and what was typed is kept`, async () => {
      const sent = { mail: MAIL, pace: 'daily' };
      const { text } = await post(openBrowser(town, lang), `/answers/${roads.number}/follow`, sent).expect(
        422,
      );
      assert.match(faultsOn(text)['pace'] ?? '', words);
      assert.ok(text.includes(MAIL));
      assert.equal(await countIn(town, 'followers'), 0);
    });

  describe('its end', () => {
    const withDigest = async (): Promise<string> => {
      await followed(roads, 'weekly');
      await followed(lamps, 'weekly');
      await reopen(roads);
      moveTo('2026-09-14 09:00');
      const [digest] = await digests();
      const link = digest?.unsubscribeUrl?.replace('http://huiyin.example', '');
      assert.ok(link);
      return link;
    };

    it('opening the link › names what is followed, not the address, and changes nothing', async () => {
      const link = await withDigest();
      const text = await pageOf(link);
      assert.match(text, /文昌路.*滨河路/);
      assert.doesNotMatch(text, /neighbour/);
      assert.equal(await countIn(town, 'followers'), 2);
    });

    it('the button › ends all of it, even a mail already planned', async () => {
      const link = await withDigest();
      await reopen(lamps);
      await post(openBrowser(town), link, {}).expect(303).expect('location', link);
      assert.match(await pageOf(link), /没有每周汇总/);
      assert.match(await pageOf(link, 'en'), /no weekly mail/);
      moveTo('2026-09-21 09:00');
      assert.equal((await digests()).length, 1);
      assert.equal(await countIn(town, 'followers'), 0);
    });

    it('a mail program’s own post › ends it on the spot; of a single matter too', async () => {
      const oneClick = (path: string) =>
        openBrowser(town).post(path).type('form').send('List-Unsubscribe=One-Click');
      await oneClick(await withDigest()).expect(200);
      assert.equal(await countIn(town, 'followers'), 0);
      const link = await followed(lamps, 'atOnce');
      const address = (await mails()).at(-1)?.unsubscribeUrl?.replace('http://huiyin.example', '');
      assert.equal(address, `${link}/end`);
      await openBrowser(town).get(`${link}/end`).expect(303).expect('location', link);
      assert.equal(await countIn(town, 'followers'), 1, 'opening it changes nothing');
      await oneClick(`${link}/end`).expect(200);
      assert.equal(await countIn(town, 'followers'), 0);
    });

    it('a wrong key › ends nothing; the store holds no key', async () => {
      const link = await withDigest();
      for (const path of ['/follow/weekly/x', `/follow/weekly/${'A'.repeat(43)}`, '/follow/weekly/%00'])
        await post(openBrowser(town), path, {}).expect(303);
      assert.equal(await countIn(town, 'followers'), 2);
      const connection = await connectMongo(town.uri);
      const rows = JSON.stringify([
        await connection.collection('followers').find({}).toArray(),
        await connection.collection('notices').find({}).toArray(),
      ]);
      await connection.close();
      assert.ok(!rows.includes(link.split('/').at(-1) ?? ''));
    });
  });
});
