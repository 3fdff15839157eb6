import assert from 'node:assert/strict';
import { actorOf } from '../../src/accounts/sign-in.ts';
import type { Matter } from '../../src/domain/matters/matter.ts';
import type { SubmitLetter } from '../../src/letters/submit-letter.ts';
import { act, aLetterIn, anAnswered } from '../support/letters.ts';
import { seen, signedInAs } from '../support/sign-in.ts';
import { openBrowser } from '../letters/filing-support.ts';
import { openTestTown, TEST_PEOPLE, type TestTown } from '../support/test-town.ts';

const WRITERS = [
  ['陈小雨', '13900000001'],
  ['赵大海', '13900000002'],
  ['钱白露', '13900000003'],
  ['孙立夏', '13900000004'],
] as const;

const writer = (index: number): SubmitLetter['writer'] => {
  const [name = '', phone = ''] = WRITERS[index] ?? [];
  return { name, phone, mail: '', address: '凤凰街9号1幢101室' };
};

/** The same matter in almost the same words: the judge is sure of it. */
const about = (index: number, patch: Partial<SubmitLetter> = {}): Partial<SubmitLetter> => ({
  title: '海鸥大桥护栏松动',
  body: `海鸥大桥东侧护栏松动，走过去很危险，请派人加固。我是第${index + 1}个来反映的。`,
  place: '海鸥大桥',
  writer: writer(index),
  ...patch,
});

describe('hot matters', () => {
  let town: TestTown;
  beforeEach(async () => {
    town = await openTestTown('2026-09-24T02:00:00Z');
  });
  afterEach(() => town.end());

  const burst = async (count: number, patch: Partial<SubmitLetter> = {}): Promise<Matter[]> => {
    const letters: Matter[] = [];
    for (let index = 0; index < count; index += 1) letters.push(await aLetterIn(town, about(index, patch)));
    return letters;
  };
  const link = async (): Promise<number> => {
    // The index of letters looks a few times a second.
    await town.services.earlierLetters.look();
    const linked = await town.sweeps.linkLetters(town.at.now());
    await new Promise((resolve) => setTimeout(resolve, 250));
    return linked;
  };
  const actor = (username: string) => {
    const person = TEST_PEOPLE.find((each) => each.username === username);
    assert.ok(person);
    return actorOf(person);
  };
  const now = async ({ id }: Matter): Promise<Matter> => {
    const matter = await town.services.matters.byId(id);
    assert.ok(matter);
    return matter;
  };
  const numbersOf = async (days: 7 | 30 | 90 = 7, forPublic = false): Promise<string[][]> =>
    (await town.services.findHotMatters(days, forPublic)).map(({ received }) =>
      received.map(({ number }) => number),
    );

  it('letters on one matter › are a group once they were linked, each letter looked at once', async () => {
    const letters = await burst(3);
    await aLetterIn(town, {
      title: '凤凰街夜间停水',
      body: '凤凰街连续三晚停水，没有通知。',
      writer: writer(3),
    });
    await new Promise((resolve) => setTimeout(resolve, 250));
    assert.deepEqual(await numbersOf(), []);
    assert.equal(await link(), 4);
    assert.equal(await town.sweeps.linkLetters(town.at.now()), 0);
    assert.deepEqual(await numbersOf(), [letters.map(({ number }) => number)]);
    const [matter] = await town.services.findHotMatters(7, false);
    assert.deepEqual([matter?.people, matter?.letters, matter?.heat, matter?.signatures], [3, 3, 9, 0]);
  });

  it('a report › is never kept, whatever it says', async () => {
    await burst(2);
    await aLetterIn(town, about(2, { kind: 'report', wish: 'private' }));
    assert.equal(await link(), 2);
    assert.equal((await numbersOf())[0]?.length, 2);
  });

  it('held out, joined, withdrawn › the group follows', async () => {
    const [a, b, c] = await burst(3);
    assert.ok(a && b && c);
    await link();
    await act(town, 'dispatcher', c.id, 'holdOut', { other: a.number });
    await link();
    assert.deepEqual(await numbersOf(), [[a.number, b.number]]);
    await act(town, 'dispatcher', c.id, 'join', { other: a.number });
    await link();
    assert.deepEqual(await numbersOf(), [[a.number, b.number, c.number]]);
    await act(town, 'dispatcher', b.id, 'refuse', { text: '请向法院提出。' });
    await link();
    assert.deepEqual(await numbersOf(), [[a.number, c.number]]);
  });

  it('older than a window › not in it; older than all › forgotten', async () => {
    await burst(2);
    await link();
    town.at.moveTo(new Date('2026-10-05T02:00:00Z'));
    assert.deepEqual([(await numbersOf(7)).length, (await numbersOf(30)).length], [0, 1]);
    town.at.moveTo(new Date('2027-01-05T02:00:00Z'));
    await link();
    assert.deepEqual(await numbersOf(90), []);
    assert.deepEqual(await town.services.rebuildLinkedLetters(), 0);
  });

  it('rebuilt › the same groups', async () => {
    await burst(3);
    await link();
    const before = await numbersOf();
    assert.equal(before.length, 1);
    assert.equal(await town.services.rebuildLinkedLetters(), 3);
    await new Promise((resolve) => setTimeout(resolve, 250));
    assert.deepEqual(await numbersOf(), before);
  });

  describe('the office’s page', () => {
    it('shows each group with letters, people and sum, and its readers no more than they may see', async () => {
      const letters = await burst(3, { title: '海鸥大桥护栏松动，电话13912345678' });
      await link();
      const html = (await (await signedInAs(town, 'dispatcher')).get('/desk/hot').expect(200)).text;
      assert.match(seen(html), /热度 9\.0 （2×3 人＋1×3 封＋0\.2×0 附议）× ½\^\(0÷7\)/);
      for (const { number } of letters) assert.ok(html.includes(number), number);
      assert.match(html, /13912345678/);
      for (const username of ['supervisor', 'leader', 'deputy', 'auditor']) {
        const page = (await (await signedInAs(town, username)).get('/desk/hot?days=30').expect(200)).text;
        assert.match(seen(page), /热度 9\.0/);
        assert.doesNotMatch(page, /13912345678|合并为一件|发公开告知/);
        assert.match(page, /href="\/desk\/hot"[^>]*aria-current="page"/);
      }
    });

    it('units and the administrator › neither the page nor the link; nobody signed in › the door', async () => {
      for (const username of ['roads-handler', 'roads-head', 'admin']) {
        const browser = await signedInAs(town, username);
        await browser.get('/desk/hot').expect(403);
        await browser
          .post('/desk/hot/join')
          .type('form')
          .send({ letter: ['a@1', 'b@1'] })
          .expect(403);
        const { text } = await browser.get('/figures').expect(200);
        assert.doesNotMatch(text, /href="\/desk\/hot"/);
      }
      await openBrowser(town).get('/desk/hot').expect(303);
    });

    it('one click › one set, with the letters that were ticked', async () => {
      const [a, b, c, d] = await burst(4);
      assert.ok(a && b && c && d);
      await act(town, 'dispatcher', c.id, 'join', { other: b.number });
      await link();
      const browser = await signedInAs(town, 'dispatcher');
      const { text } = await browser.get('/desk/hot');
      const values = [...text.matchAll(/name="letter" value="([^"]+)"/g)].map(([, value = '']) => value);
      assert.equal(values.length, 4);
      const ticked = values.filter((value) => !value.startsWith(d.id));
      await browser
        .post('/desk/hot/join')
        .type('form')
        .send({ days: '30', letter: ticked })
        .expect(303)
        .expect('location', '/desk/hot?days=30&done=joined');
      // The set that was there leads, though another letter is older.
      for (const each of [a, c]) assert.equal((await now(each)).joinedTo, b.id);
      assert.equal((await now(d)).joinedTo, null);
      const event = (await now(a)).history.at(-1);
      assert.deepEqual([event?.what, event?.by.role, event?.repeat], ['join', 'dispatcher', 'commonConcern']);
    });

    it('what can be joined to none of the others › has no tick, is not counted, and says why', async () => {
      await burst(3);
      const secret = await aLetterIn(town, about(3, { wish: 'private' }));
      await link();
      const { text } = await (await signedInAs(town, 'dispatcher')).get('/desk/hot').expect(200);
      assert.match(seen(text), /再归并 2 封/);
      assert.ok(!text.includes(`value="${secret.id}@`));
      assert.match(seen(text), new RegExp(`${secret.number} [^。]*一封要求保密、另一封可以公开`));
    });

    it('what cannot be joined › is left, and said why; the rest is joined', async () => {
      const [a, b, c] = await burst(3);
      assert.ok(a && b && c);
      const secret = await aLetterIn(town, about(3, { wish: 'private' }));
      await link();
      await act(town, 'dispatcher', c.id, 'takeForSorting');
      const seenNow = [a, b, c, secret].map(({ id, version }) => `${id}@${version}`);
      const { text } = await (
        await signedInAs(town, 'dispatcher')
      )
        .post('/desk/hot/join')
        .type('form')
        .send({ days: '7', letter: seenNow })
        .expect(200);
      assert.match(seen(text), new RegExp(`已把 1 件归并到 ${a.number}`));
      assert.match(seen(text), new RegExp(`${c.number}: `));
      assert.match(seen(text), new RegExp(`${secret.number}: 一封要求保密、另一封可以公开`));
      assert.equal((await now(b)).joinedTo, a.id);
      for (const each of [c, secret]) assert.equal((await now(each)).joinedTo, null);
    });

    it('a set and a letter that was answered › the set joins the answered one, in one click', async () => {
      const answered = await anAnswered(town, about(0));
      const [b, c] = [await aLetterIn(town, about(1)), await aLetterIn(town, about(2))];
      await act(town, 'dispatcher', c.id, 'join', { other: b.number });
      await link();
      const browser = await signedInAs(town, 'dispatcher');
      const { text } = await browser.get('/desk/hot');
      const letter = [...text.matchAll(/name="letter" value="([^"]+)"/g)].map(([, value = '']) => value);
      assert.equal(letter.length, 3);
      await browser.post('/desk/hot/join').type('form').send({ days: '7', letter }).expect(303);
      for (const each of [b, c]) assert.equal((await now(each)).joinedTo, answered.id);
    });

    it('a report among the letters of a form › is never joined', async () => {
      const [a, b] = await burst(2);
      assert.ok(a && b);
      const report = await aLetterIn(town, about(2, { kind: 'report', wish: 'private' }));
      const outcome = await town.services.joinGroup(
        [a, report, b].map(({ id, version }) => ({ id, version })),
        actor('dispatcher'),
      );
      assert.deepEqual(outcome.joined, [b.number]);
      assert.deepEqual(
        outcome.refused.map(({ number, because }) => [number, because.params['because']]),
        [[report.number, 'secret']],
      );
      // Whoever may not know of it is told nothing of it either.
      const asUnit = town.services.joinGroup([{ id: report.id, version: 1 }], actor('roads-head'));
      await assert.rejects(asUnit, { code: 'NOT_FOUND' });
    });

    it('nothing ticked, nonsense › refused in a sentence', async () => {
      const browser = await signedInAs(town, 'dispatcher');
      for (const letter of [['a@1'], ['a', 'b'], []]) {
        const sent = browser.post('/desk/hot/join').type('form').send({ letter });
        assert.equal((await sent).status, 400);
      }
    });
  });

  describe('a public notice', () => {
    const TEXT = '海鸥大桥护栏将于10月8日前加固，陈小雨等居民的来信收悉，请走西侧，咨询0000-1234567。';

    const publish = async (browser: Awaited<ReturnType<typeof signedInAs>>, id: string) => {
      const { text } = await browser.get(`/desk/hot/notice?about=${id}`).expect(200);
      const key = /name="id" value="([^"]+)"/.exec(text)?.[1] ?? '';
      const title = /name="title"[^>]*value="([^"]+)"/.exec(text)?.[1] ?? '';
      const form = { id: key, about: id, title, text: TEXT };
      const sent = (more: object) =>
        browser
          .post('/desk/hot/notice')
          .type('form')
          .send({ ...form, ...more });
      return { key, title, sent };
    };

    it('is looked at redacted, published once, read by everyone, and taken down with a reason', async () => {
      const [a] = await burst(2);
      assert.ok(a);
      const browser = await signedInAs(town, 'dispatcher');
      const { key, title, sent } = await publish(browser, a.id);
      assert.equal(title, '海鸥大桥护栏松动');
      const looked = await sent({ isPreview: 'true' }).expect(200);
      assert.match(seen(looked.text), /███等居民的来信收悉，请走西侧，咨询0000-1234567/);
      await openBrowser(town).get(`/notices/${key}`).expect(404);
      await sent({ isPreview: 'false' }).expect(303);
      await sent({ isPreview: 'false' }).expect(303);
      const { text: list } = await openBrowser(town).get('/notices').expect(200);
      assert.equal(list.split(`/notices/${key}`).length, 2);
      const { text: home } = await openBrowser(town).get('/').expect(200);
      assert.ok(home.includes(`/notices/${key}`));
      const { text: page } = await openBrowser(town).get(`/notices/${key}`).expect(200);
      assert.match(seen(page), /███等居民的来信收悉/);
      for (const html of [list, home, page]) assert.doesNotMatch(html, /陈小雨|13900000001|凤凰街9号/);

      await browser.post(`/desk/hot/notices/${key}/takeDown`).type('form').send({ reason: '' }).expect(400);
      const reason = '日期有误';
      await browser.post(`/desk/hot/notices/${key}/takeDown`).type('form').send({ reason }).expect(303);
      const { text: gone } = await openBrowser(town).get(`/notices/${key}`).expect(410);
      assert.doesNotMatch(gone, /海鸥大桥|日期有误/);
      assert.ok(!(await openBrowser(town).get('/notices')).text.includes(key));
      assert.ok(!(await openBrowser(town).get('/')).text.includes(key));
    });

    it('about a report, by who may not › refused; wrong fields › named', async () => {
      const [a] = await burst(1);
      const report = await aLetterIn(town, { kind: 'report', wish: 'private' });
      assert.ok(a);
      const browser = await signedInAs(town, 'dispatcher');
      await browser.get(`/desk/hot/notice?about=${report.id}`).expect(404);
      for (const username of ['supervisor', 'leader', 'roads-head'])
        await (await signedInAs(town, username)).get(`/desk/hot/notice?about=${a.id}`).expect(403);
      const { sent } = await publish(browser, a.id);
      const wrong = await sent({ title: '短', text: '' }).expect(422);
      assert.match(seen(wrong.text), /标题/);
      assert.equal((await town.services.publicNotices.latest(9)).length, 0);
    });

    it('is found for who is about to write of it, and for nobody else', async () => {
      const [a] = await burst(1);
      assert.ok(a);
      await town.services.publishNotice.publish(
        {
          id: town.services.publishNotice.newId(),
          about: a.id,
          language: 'zh-CN',
          title: '海鸥大桥护栏松动',
          text: '海鸥大桥东侧护栏松动，走过去很危险，将派人加固。',
        },
        actor('dispatcher'),
      );
      const ask = (title: string, body: string) => town.services.findNotices({ title, body, place: '' });
      const [found] = await ask('海鸥大桥护栏松动', '海鸥大桥东侧护栏松动，走过去很危险，请派人加固。');
      assert.equal(found?.title, '海鸥大桥护栏松动');
      assert.deepEqual(await ask('凤凰街夜间停水', '凤凰街连续三晚停水，没有通知。'), []);
    });
  });

  describe('the public board', () => {
    const named = () => town.services.getTownBoard().then(({ hot }) => hot[7]);

    it('names a group by its published answer, counts people, and nothing else', async () => {
      const answered = await anAnswered(town, about(0, { title: '海鸥大桥护栏松动，电话13912345678' }));
      for (const index of [1, 2]) await aLetterIn(town, about(index));
      await link();
      assert.deepEqual(await named(), []);
      await act(town, 'dispatcher', answered.id, 'publish', { text: '' });
      await link();
      assert.deepEqual(await named(), [
        {
          title: '海鸥大桥护栏松动，电话███',
          language: 'zh-CN',
          href: `/answers/${answered.number}`,
          people: 3,
          heat: 9,
        },
      ]);
      const { text } = await openBrowser(town).get('/board?days=7').expect(200);
      assert.match(seen(text), /海鸥大桥护栏松动，电话███ 3 人来信/);
    });

    it('fewer than three people, private letters › nothing', async () => {
      const answered = await anAnswered(town, about(0));
      await act(town, 'dispatcher', answered.id, 'publish', { text: '' });
      await aLetterIn(town, about(1));
      await aLetterIn(town, about(1, { title: '海鸥大桥护栏松动了' }));
      await aLetterIn(town, about(2, { wish: 'private' }));
      await link();
      assert.equal((await town.services.findHotMatters(7, false))[0]?.people, 3);
      assert.deepEqual(await named(), []);
      await aLetterIn(town, about(3));
      await link();
      assert.deepEqual(
        (await named()).map(({ people }) => people),
        [3],
      );
    });
  });
});
