import assert from 'node:assert/strict';
import type { Matter } from '../../src/domain/matters/matter.ts';
import type { Card } from '../../src/domain/supervision/card.ts';
import { cardAddress } from '../../src/domain/supervision/card-number.ts';
import { connectMongo } from '../../src/platform/mongo/connect.ts';
import { openBrowser } from '../letters/filing-support.ts';
import { act, aLetterIn, anAssigned, WRITER } from '../support/letters.ts';
import { seen, signedInAs, type Browser } from '../support/sign-in.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';

const START = '2026-09-24T02:00:00Z';
/** Due on 9 October, a Friday; red on the 12th. */
const YELLOW = new Date('2026-10-09T09:31:00Z');
const RED = new Date('2026-10-13T09:31:00Z');

describe('supervision, by its pages', () => {
  let town: TestTown;
  let at: Map<string, Browser>;
  const as = async (username: string): Promise<Browser> => {
    const browser = at.get(username) ?? (await signedInAs(town, username));
    at.set(username, browser);
    return browser;
  };
  beforeEach(async () => {
    town = await openTestTown(START);
    at = new Map();
  });
  afterEach(() => town.end());

  const sweepAt = async (now: Date): Promise<void> => {
    town.at.moveTo(now);
    await town.sweeps.advanceClocks(now);
  };
  const cardsOf = ({ id }: Matter): Promise<Card[]> => town.services.cards.ofMatter(id);
  const cardOf = async (matter: Matter, kind: Card['kind']): Promise<Card> =>
    (await cardsOf(matter)).find((card) => card.kind === kind) ?? assert.fail(`no ${kind}`);
  const hrefOf = (card: Card): string => `/supervision/cards/${cardAddress(card)}`;
  /** Fills in the form the page shows. */
  const fillIn = async (username: string, card: Card, action: string, fields: Record<string, string>) => {
    const { text } = await (await as(username)).get(hrefOf(card)).expect(200);
    const form = new RegExp(`<form[^>]*action="${hrefOf(card)}/${action}"[\\s\\S]*?</form>`).exec(text)?.[0];
    assert.ok(form, `${username} sees no form to ${action}`);
    const version = /name="version" value="(\d+)"/.exec(form)?.[1];
    const named = Object.fromEntries(
      Object.entries(fields).map(([key, value]) => [`${action}.${key}`, value]),
    );
    for (const name of Object.keys(named)) assert.ok(form.includes(`name="${name}"`), name);
    return (await as(username))
      .post(`${hrefOf(card)}/${action}`)
      .type('form')
      .send({ version, ...named });
  };
  const done = async (username: string, card: Card, action: string, fields: Record<string, string>) => {
    const answer = await fillIn(username, card, action, fields);
    assert.equal(answer.status, 303, seen(answer.text).slice(0, 600));
    const after = await (await as(username)).get(String(answer.headers['location'])).expect(200);
    assert.match(after.text, /class="notice ok" role="status"/);
    return seen(after.text);
  };

  it('the sweep › issues each document once, numbered, however often it is heard of', async () => {
    const [a, b] = [await anAssigned(town, 'roads'), await anAssigned(town, 'water')];
    await sweepAt(YELLOW);
    await sweepAt(RED);
    await sweepAt(RED);
    const matter = (await town.services.matters.byId(a.id)) ?? assert.fail();
    await town.services.announce([{ matter: matter, events: matter.history }]);
    const kinds = (await cardsOf(a)).map(({ kind }) => kind);
    assert.deepEqual(kinds.toSorted(), ['redCard', 'supervisionOrder', 'urgingNotice', 'yellowCard']);
    const numbers = [await cardOf(a, 'yellowCard'), await cardOf(b, 'yellowCard')].map(
      ({ number }) => number.sequence,
    );
    assert.deepEqual(
      numbers.toSorted((one, other) => one - other),
      [1, 2],
    );
    const yellow = await cardOf(a, 'yellowCard');
    assert.deepEqual([yellow.unit, yellow.issuedOn], ['roads', '2026-10-09']);
    assert.deepEqual(
      yellow.facts.told.map(({ role, unit, post }) => [role, unit, post.en]),
      [['head', 'roads', 'Officer']],
    );
  });

  it('a hearing that was lost › is made up for when it is told again, or with the matter’s next card', async () => {
    const matter = await anAssigned(town, 'roads');
    town.at.moveTo(YELLOW);
    await sweepAt(YELLOW);
    // As after a crash before the listeners were told: the step is in the history, its document is not there.
    await lose(town, 'cards');
    const told = (await town.services.matters.byId(matter.id)) ?? assert.fail();
    await town.services.announce([{ matter: told, events: told.history }]);
    const card = await cardOf(matter, 'yellowCard');
    assert.deepEqual([card.issuedAt, card.number.sequence], [YELLOW, 2]);
    await lose(town, 'cards');
    await sweepAt(RED);
    const again = await cardOf(matter, 'yellowCard');
    assert.deepEqual([again.issuedAt, again.number.sequence], [YELLOW, 3]);
  });

  it('what no unit has yet › is addressed to the office, which explains and appeals', async () => {
    const matter = await aLetterIn(town);
    await sweepAt(YELLOW);
    const card = await cardOf(matter, 'yellowCard');
    assert.deepEqual([card.unit, card.facts.assignedAt], ['mailbox-office', null]);
    await done('dispatcher', card, 'appeal', { text: '来信待补充。' });
    await done('supervisor', card, 'uphold', { text: '可以先分办。' });
    const told = (await town.services.notices.ofMatter(matter.id)).filter(
      (each) => each.template === 'cardDecided',
    );
    assert.deepEqual(
      told.map(({ recipient }) => recipient.personId),
      ['p-dispatcher'],
    );
  });

  describe('a card', () => {
    let matter: Matter;
    let card: Card;
    beforeEach(async () => {
      matter = await anAssigned(town, 'roads');
      await sweepAt(YELLOW);
      card = await cardOf(matter, 'yellowCard');
    });

    it('the document › letterhead, number, addressee, facts and sum, in both languages', async () => {
      const zh = seen((await (await as('roads-head')).get(hrefOf(card)).expect(200)).text);
      assert.match(zh, /试验区 区长信箱 黄牌〔2026〕1号 黄牌 交通局： /);
      assert.match(zh, new RegExp(`第 ${matter.number} 号信件，应于 2026-10-09 下班前答复`));
      assert.match(zh, /文昌路路面破损/);
      assert.match(zh, /单位负责人可以在 2026-10-13 17:30 前提出申诉/);
      assert.match(zh, /自 2026-09-24 周四 起 5 个工作日.*国庆节.*合计 5/);
      assert.match(zh, /期限当日届满/);
      assert.match(zh, /单位负责人：交通局 工作人员/);
      const english = await signedInAs(town, 'roads-head', 'en');
      const en = seen((await english.get(hrefOf(card)).expect(200)).text);
      assert.match(
        en,
        /Trial District Mayor’s Mailbox Yellow card \[2026\] No\. 1 Yellow card To Roads Bureau/,
      );
      assert.match(en, /5 working days from Thu 2026-09-24/);
    });

    it('explained, appealed, withdrawn › stands no more, and stays readable with the reason', async () => {
      await done('roads-handler', card, 'explain', { text: '沥青到货延误。' });
      const { text: before } = await (await as('roads-handler')).get(hrefOf(card));
      assert.doesNotMatch(before, /yellowCard-2026-1\/appeal/);
      await done('roads-head', card, 'appeal', { text: '信件10月8日才转到我局。' });
      const board = seen((await (await as('supervisor')).get('/supervision').expect(200)).text);
      assert.match(board, /等待处理 共 1 件 .*黄牌〔2026〕1号 交通局 .*申诉中.*应于 2026-10-15 周四 前决定/);
      const page = await done('supervisor', card, 'withdraw', { text: '情况属实。' });
      assert.match(page, /已于 2026-10-09 17:31 撤销，不再计入考核。 撤销理由: 情况属实。/);
      const unit = seen((await (await as('roads-head')).get(hrefOf(card))).text);
      assert.match(
        unit,
        /单位说明 .*沥青到货延误。.*提出申诉 .*信件10月8日才转到我局。.*决定：撤销 .*情况属实。/,
      );
      assert.doesNotMatch(unit, /现在可以做的/);
      const after = seen((await (await as('supervisor')).get('/supervision')).text);
      assert.match(after, /有效黄牌 0 .*已撤销 1 /);
      const desk = (await (await as('roads-head')).get(`/desk/${matter.id}`)).text;
      assert.doesNotMatch(desk, /class="tag yellow-card"/);
      assert.match(seen(desk), /黄牌〔2026〕1号 已撤销/);
      assert.match(seen(desk), /撤销黄牌/);
      const list = (await (await as('roads-head')).get('/desk?tab=sign')).text;
      assert.doesNotMatch(list, /yellow-card/);
      const [fact] = await town.services.facts.openNow();
      assert.equal(fact?.card, null, 'nor in the figures');
    });

    it('appealed and decided › whoever has the next word is told by mail, in working time', async () => {
      await done('roads-head', card, 'appeal', { text: '信件10月8日才转到我局。' });
      await done('supervisor', card, 'withdraw', { text: '情况属实。' });
      town.sent.mail.length = 0;
      await town.sweeps.deliverNotices(town.at.now());
      const told = town.sent.mail.filter(({ template }) => template.startsWith('card'));
      assert.deepEqual(
        told.map(({ to, template }) => [to, template]),
        [
          ['supervisor@town.example', 'cardAppealed'],
          ['roads-head@town.example', 'cardDecided'],
        ],
      );
    });

    it('upheld › counts, and may still be withdrawn', async () => {
      await done('roads-head', card, 'appeal', { text: '有理由。' });
      await done('supervisor', card, 'uphold', { text: '理由不足。' });
      assert.match(
        seen((await (await as('supervisor')).get('/supervision')).text),
        /有效黄牌 1 申诉后维持 1 /,
      );
      await done('supervisor', card, 'withdraw', { text: '复查后撤销。' });
    });

    it('an appeal too late › no form, and a sentence; sent all the same › refused, and nothing typed is lost', async () => {
      town.at.moveTo(new Date('2026-10-13T09:31:00Z'));
      const { text } = await (await as('roads-head')).get(hrefOf(card));
      assert.doesNotMatch(text, /yellowCard-2026-1\/appeal/);
      assert.match(seen(text), /提出申诉 申诉的期限已过/);
      const sent = await (
        await as('roads-head')
      )
        .post(`${hrefOf(card)}/appeal`)
        .type('form')
        .send({ version: '1', 'appeal.text': '我写了很久的理由' });
      assert.equal(sent.status, 409);
      assert.match(seen(sent.text), /没有完成：提出申诉 申诉的期限已过.*我写了很久的理由/);
    });

    it('nothing written › named beside its field; somebody was first › said, and the words kept', async () => {
      const empty = await fillIn('roads-handler', card, 'explain', { text: ' ' });
      assert.equal(empty.status, 422);
      assert.match(empty.text, /<a href="#explain-text">请填写说明。<\/a>/);
      await done('roads-head', card, 'explain', { text: '先到的。' });
      const stale = await (
        await as('roads-handler')
      )
        .post(`${hrefOf(card)}/explain`)
        .type('form')
        .send({ version: '1', 'explain.text': '后到的说明' });
      assert.equal(stale.status, 409);
      assert.match(seen(stale.text), /有人已经更新了这份文书/);
      assert.match(stale.text, />\s*后到的说明<\/textarea>/);
      const lost = await (
        await as('roads-handler')
      )
        .post(`${hrefOf(card)}/explain`)
        .type('form')
        .send({});
      assert.equal(lost.status, 400);
    });

    it('who may › read and who may decide', async () => {
      for (const username of ['supervisor', 'leader', 'deputy', 'dispatcher', 'auditor', 'roads-handler'])
        await (await as(username)).get(hrefOf(card)).expect(200);
      for (const username of ['water-head']) await (await as(username)).get(hrefOf(card)).expect(404);
      await (await as('admin')).get(hrefOf(card)).expect(403);
      await (await as('admin')).get('/supervision').expect(403);
      for (const [username, action, status] of [
        ['water-head', 'appeal', 404],
        ['roads-handler', 'appeal', 403],
        ['leader', 'withdraw', 403],
        ['roads-head', 'withdraw', 403],
        ['supervisor', 'uphold', 409],
        ['supervisor', 'answer', 409],
        ['supervisor', 'burn', 404],
      ] as const) {
        const sent = (await as(username))
          .post(`${hrefOf(card)}/${action}`)
          .type('form')
          .send({ version: '1', [`${action}.text`]: '……' });
        assert.equal((await sent).status, status, `${username} ${action}`);
      }
      assert.equal((await cardOf(matter, 'yellowCard')).version, 1);
      for (const to of ['yellowCard-2026-2', 'yellowCard-2026', 'x'])
        await (await as('supervisor')).get(`/supervision/cards/${to}`).expect(404);
    });

    it('the writer’s particulars typed into it › are not read by those without the right', async () => {
      await done('roads-handler', card, 'explain', { text: `已电告${WRITER.name}（${WRITER.phone}）。` });
      assert.match(
        seen((await (await as('roads-head')).get(hrefOf(card))).text),
        /已电告李小满（13800001234）。/,
      );
      const read = (await (await as('supervisor')).get(hrefOf(card))).text;
      assert.doesNotMatch(read, /李小满|13800001234/);
      assert.match(seen(read), /已电告███（███）。/);
    });

    it('asked for by a program › refusals as data', async () => {
      const answer = await (
        await as('roads-handler')
      )
        .post(`${hrefOf(card)}/appeal`)
        .set('Accept', 'application/json')
        .send({ version: 1, 'appeal.text': '理由' });
      assert.equal(answer.status, 403);
      assert.equal(answer.body.code, 'FORBIDDEN');
    });
  });

  describe('a card about a report', () => {
    it('only its readers see it, without a word of it; never the unit it accuses', async () => {
      const report = { kind: 'report', wish: 'private', title: '举报交通局收费' } as const;
      const matter = await anAssigned(town, 'roads', report);
      await sweepAt(YELLOW);
      const card = await cardOf(matter, 'yellowCard');
      const { text } = await (await as('supervisor')).get(hrefOf(card)).expect(200);
      assert.doesNotMatch(text, /举报交通局收费|文昌路/);
      assert.match(seen(text), /标题 举报件/);
      await (await as('roads-head')).get(hrefOf(card)).expect(200);
      for (const username of ['deputy', 'auditor', 'water-head']) {
        await (await as(username)).get(hrefOf(card)).expect(404);
        assert.doesNotMatch(
          (await (await as(username)).get('/supervision').expect(200)).text,
          /黄牌〔2026〕1号/,
        );
      }
      // The unit turns out to be the one accused: it is taken back, and closed to it.
      await act(town, 'dispatcher', matter.id, 'takeBack', { text: '另派' });
      await act(town, 'dispatcher', matter.id, 'nameAccused', { accused: ['roads'] });
      await (await as('roads-head')).get(hrefOf(card)).expect(404);
      const own = (await (await as('roads-head')).get('/supervision').expect(200)).text;
      assert.doesNotMatch(own, /黄牌〔2026〕1号/);
      assert.match(seen(own), /有效黄牌 0 /);
      const sent = (await as('roads-head')).post(`${hrefOf(card)}/explain`).type('form');
      assert.equal((await sent.send({ version: '1', 'explain.text': '我们没有' })).status, 404);
    });
  });

  describe('an order', () => {
    it('of the ladder › answered in writing, sent back with a new day, answered again, closed', async () => {
      const matter = await anAssigned(town, 'roads');
      await sweepAt(RED);
      const order = await cardOf(matter, 'supervisionOrder');
      assert.match(seen((await (await as('roads-head')).get(hrefOf(order))).text), /督办理由 红牌/);
      assert.doesNotMatch((await (await as('roads-handler')).get(hrefOf(order))).text, /\/answer"/);
      await done('roads-head', order, 'answer', { text: '已组织抢修。' });
      const wrong = await fillIn('supervisor', order, 'sendBack', {
        text: '不具体。',
        answerBy: '2026-10-13',
      });
      assert.equal(wrong.status, 422);
      assert.match(wrong.text, /<a href="#sendBack-answerBy">新的答复期限要晚于今天。<\/a>/);
      assert.match(wrong.text, />\s*不具体。<\/textarea>/);
      const back = await done('supervisor', order, 'sendBack', { text: '不具体。', answerBy: '2026-10-20' });
      assert.match(back, /应于 2026-10-20 周二 前书面答复/);
      await done('roads-head', order, 'answer', { text: '10月13日修补完毕，并附验收。' });
      await done('supervisor', order, 'close', { text: '可以。' });
      assert.equal((await cardOf(matter, 'supervisionOrder')).state, 'closed');
    });

    it('by hand › from the matter’s page, once however often the form is sent', async () => {
      const matter = await anAssigned(town, 'roads');
      const desk = (await (await as('supervisor')).get(`/desk/${matter.id}`)).text;
      const [, href = ''] = /href="(\/supervision\/orders\/new[^"]+)"/.exec(desk) ?? [];
      const { text } = await (await as('supervisor')).get(href).expect(200);
      const id = /name="id" value="([^"]+)"/.exec(text)?.[1];
      const form = { id, matter: matter.id, ground: 'shifting', words: '两次推给街道，请说明。' };
      const supervisor = await as('supervisor');
      const send = (more: object) =>
        supervisor
          .post('/supervision/orders')
          .type('form')
          .send({ ...form, ...more });
      for (const [more, field] of [
        [{ answerBy: '2026-09-24' }, 'answerBy'],
        [{ answerBy: '24/9' }, 'answerBy'],
        [{ answerBy: '2026-09-29', ground: 'mood' }, 'ground'],
        [{ answerBy: '2026-09-29', words: '' }, 'words'],
      ] as const) {
        const wrong = await send(more);
        assert.equal(wrong.status, 422, field);
        assert.match(wrong.text, new RegExp(`<a href="#${field}">`));
        if (field !== 'words') assert.match(wrong.text, /两次推给街道/);
      }
      for (let n = 0; n < 3; n += 1) {
        const sent = await send({ answerBy: '2026-09-29' }).expect(303);
        assert.equal(sent.headers['location'], '/supervision/cards/supervisionOrder-2026-1?done=issue');
        const told = (await town.services.notices.ofMatter(matter.id)).filter(
          ({ template }) => template === 'orderIssued',
        );
        assert.equal(told.length, 1);
        // As after a crash between the order and its notice; then once more, with nothing lost.
        if (n === 0) await lose(town, 'notices');
      }
      assert.equal((await cardsOf(matter)).length, 1);
      const page = seen(
        (await (await as('roads-head')).get('/supervision/cards/supervisionOrder-2026-1')).text,
      );
      assert.match(
        page,
        /督办理由 推诿 督办意见 两次推给街道，请说明。 请于 2026-09-29 17:30 前书面答复。.*尚未到期/,
      );
      assert.match(page, /信箱办 · supervisor同志/);
      assert.match(seen((await (await as('roads-head')).get(`/desk/${matter.id}`)).text), /督办〔2026〕1号/);
    });

    it('by hand, by who may not › refused, and no link', async () => {
      const matter = await anAssigned(town, 'roads');
      for (const username of ['dispatcher', 'leader', 'roads-head', 'auditor', 'admin']) {
        await (await as(username)).get(`/supervision/orders/new?matter=${matter.id}`).expect(403);
        const sent = (await as(username))
          .post('/supervision/orders')
          .type('form')
          .send({ matter: matter.id });
        assert.equal((await sent).status, 403);
      }
      assert.doesNotMatch(
        (await (await as('dispatcher')).get(`/desk/${matter.id}`)).text,
        /supervision\/orders/,
      );
      await (await as('supervisor')).get('/supervision/orders/new?matter=none').expect(404);
    });
  });

  describe('the board', () => {
    it('figures and units › every number is a link to a list of that length', async () => {
      for (const unit of ['roads', 'roads', 'water']) await anAssigned(town, unit);
      await sweepAt(RED);
      const { text } = await (await as('supervisor')).get('/supervision').expect(200);
      const links = [...text.matchAll(/class="count-link" href="([^"]+)"[^>]*>(\d+)</g)];
      assert.equal(links.length, 14);
      for (const [, href = '', count] of links) {
        const list = await (await as('supervisor')).get(href.replaceAll('&amp;', '&')).expect(200);
        assert.match(seen(list.text), new RegExp(`文书列表 共 ${count} 件`), href);
      }
      assert.match(seen(text), /有效红牌 3 有效黄牌 3 申诉后维持 0 已撤销 0 /);
      assert.match(seen(text), /交通局 红牌 2 黄牌 2 撤销 0 督办 2 水务局 红牌 1 /);
    });

    it('filters › by unit, kind, state and period; a wrong day is named, the rest kept', async () => {
      await anAssigned(town, 'roads');
      await anAssigned(town, 'water');
      await sweepAt(RED);
      const count = async (query: string) =>
        /文书列表 共 (\d+) 件/.exec(
          seen((await (await as('auditor')).get(`/supervision?${query}`)).text),
        )?.[1];
      assert.equal(await count(''), '8');
      assert.equal(await count('unit=water'), '4');
      assert.equal(await count('kind=redCard'), '2');
      assert.equal(await count('state=awaitingAnswer'), '2');
      assert.equal(await count('state=withdrawn'), '0');
      assert.equal(await count('to=2026-10-12'), '0');
      assert.equal(await count('kind=nothing&state=%3Cb%3E&page=-1'), '8');
      const wrong = await (await as('auditor')).get('/supervision?from=gestern').expect(422);
      assert.match(wrong.text, /<a href="#from">签发日期从应当是日期/);
      assert.match(wrong.text, /value="gestern"/);
    });

    it('a unit › its own board, whatever it asks for', async () => {
      await anAssigned(town, 'roads');
      await anAssigned(town, 'water');
      await sweepAt(RED);
      for (const query of ['', '?unit=roads']) {
        const page = seen((await (await as('water-head')).get(`/supervision${query}`).expect(200)).text);
        assert.match(page, /本单位的督办与黄牌红牌 水务局收到的/);
        assert.match(page, /文书列表 共 4 件/);
        assert.doesNotMatch(page, /交通局|各单位/);
      }
    });

    it('the link in the header › for those with a desk; nobody signed in › the door', async () => {
      assert.match((await (await as('roads-handler')).get('/desk')).text, /href="\/supervision"/);
      assert.doesNotMatch((await (await as('admin')).get('/administration')).text, /href="\/supervision"/);
      await openBrowser(town).get('/supervision').expect(303);
      const english = await signedInAs(town, 'supervisor', 'en');
      assert.match(
        seen((await english.get('/supervision').expect(200)).text),
        /Nothing|No document was issued/,
      );
    });
  });
});

async function lose({ uri }: TestTown, collection: 'cards' | 'notices'): Promise<void> {
  const connection = await connectMongo(uri);
  await connection.collection(collection).deleteMany({});
  await connection.close();
}
