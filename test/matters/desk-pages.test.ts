import assert from 'node:assert/strict';
import type { Matter } from '../../src/domain/matters/matter.ts';
import {
  act,
  aLetterIn,
  anAnswered,
  anAssigned,
  anInReview,
  TO_THE_POINT,
  WRITER,
} from '../support/letters.ts';
import { seen, signedInAs, type Browser } from '../support/sign-in.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';

const digitsOf = ({ number }: Matter): string => number.replaceAll(/\D/g, '').slice(-4);

describe('the desk, by its pages', () => {
  let town: TestTown;
  const at: Record<string, Browser> = {};
  const as = (username: string): Browser => {
    const browser = at[username];
    assert.ok(browser, `${username} is not signed in`);
    return browser;
  };
  before(async () => {
    town = await openTestTown('2026-09-24T02:00:00Z');
    for (const username of [
      'dispatcher',
      'supervisor',
      'leader',
      'deputy',
      'auditor',
      'admin',
      'roads-head',
      'roads-handler',
      'water-head',
      'water-handler',
    ])
      at[username] = await signedInAs(town, username);
  });
  after(() => town.end());

  const current = async (id: string): Promise<Matter> => {
    const matter = await town.services.matters.byId(id);
    assert.ok(matter);
    return matter;
  };
  const page = async (username: string, { id }: Pick<Matter, 'id'>) => as(username).get(`/desk/${id}`);
  const send = (username: string, { id }: Pick<Matter, 'id'>, action: string, body: object) =>
    as(username).post(`/desk/${id}/${action}`).type('form').send(body);
  /** Fills in the form the page shows: its own version, and nothing that the page does not have. */
  const fillIn = async (
    username: string,
    matter: Matter,
    action: string,
    fields: Record<string, string> = {},
  ) => {
    const { text } = await page(username, matter);
    const forms = text.match(
      new RegExp(`<form[^>]*action="/desk/${matter.id}/${action}"[\\s\\S]*?</form>`, 'g'),
    );
    const form = forms?.find((each) =>
      Object.keys(fields).every((name) => each.includes(`name="${action}.${name}"`)),
    );
    assert.ok(form, `${username} sees no form to ${action} with ${Object.keys(fields).join(', ')}`);
    const version = /name="version" value="(\d+)"/.exec(form)?.[1];
    const body = Object.fromEntries(
      Object.entries(fields).map(([key, value]) => [`${action}.${key}`, value]),
    );
    return send(username, matter, action, { version, ...body });
  };

  describe('the whole way', () => {
    it('office, unit, head, office › by the forms of their pages › ends in a published answer', async () => {
      const matter = await aLetterIn(town);
      const go = async (username: string, action: string, fields?: Record<string, string>) => {
        const answer = await fillIn(username, matter, action, fields);
        assert.equal(answer.status, 303, `${action}: ${seen(answer.text).slice(0, 400)}`);
        assert.match(
          String(answer.headers['location']),
          new RegExp(`^/desk/${matter.id}\\?done=${action}&list=`),
        );
        const after = await as(username).get(String(answer.headers['location']));
        // A unit that has given a matter back may not open it any more.
        assert.equal(after.status, 200);
        assert.match(after.text, /class="notice ok" role="status"/);
      };

      await go('dispatcher', 'askCitizen', { text: '请问是文昌路哪一段？' });
      assert.equal((await current(matter.id)).state, 'asked');
      await go('dispatcher', 'answerQuestion', { text: '电话里说是学苑街路口。' });
      await go('dispatcher', 'assign', { unit: 'water', text: '请核实。' });
      await go('water-handler', 'askReturn', { unit: 'roads', text: '路面不属于水务。' });
      assert.match(seen((await page('dispatcher', matter)).text), /路面不属于水务。.*建议转给：交通局/);
      await go('dispatcher', 'acceptReturn');
      await go('dispatcher', 'assign', { unit: 'roads' });
      await go('roads-handler', 'signFor');
      await go('roads-handler', 'takeInHand');
      await go('roads-handler', 'askExtension', { days: '3', text: '要等沥青。' });
      await go('supervisor', 'grantExtension');
      await go('roads-handler', 'draft', { text: TO_THE_POINT, resolution: 'solved' });
      await go('roads-handler', 'submitForReview');
      await go('roads-head', 'sendBack', { text: '请写明以后怎么防止。' });
      assert.match(seen((await page('roads-handler', matter)).text), /退回修改 请写明以后怎么防止。/);
      await go('roads-handler', 'draft', { text: `${TO_THE_POINT}今后每月巡查一次。`, resolution: 'solved' });
      await go('roads-handler', 'submitForReview');
      await go('roads-head', 'approve');
      await go('dispatcher', 'publish');

      const done = await current(matter.id);
      assert.equal(done.state, 'answered');
      assert.equal(done.rounds.length, 2);
      assert.ok(done.publication?.isPublished);
      assert.equal(done.clock.extendedBy, 3);
      const open = await town.services.publicLetters.byNumber(matter.number);
      assert.doesNotMatch(JSON.stringify(open), /李小满|13800001234|文昌路88号3幢/);
    });

    it('a suggestion › one press › assigns, with the rule and its words in sight', async () => {
      const matter = await aLetterIn(town);
      const { text } = await page('dispatcher', matter);
      assert.match(seen(text), /交通局 依据规则“potholes”，信中提到：路面、坑/);

      const answer = await send('dispatcher', matter, 'assign', { version: 1, 'assign.unit': 'roads' });

      assert.equal(answer.status, 303);
      assert.equal((await current(matter.id)).lead, 'roads');
    });

    it('several supporting units › ticked › are kept, the lead not among them', async () => {
      const matter = await aLetterIn(town);
      const answer = await as('dispatcher')
        .post(`/desk/${matter.id}/assign`)
        .type('form')
        .send('version=1&assign.unit=roads&assign.supporting=water&assign.supporting=roads');
      assert.equal(answer.status, 303);
      assert.deepEqual((await current(matter.id)).supporting, ['water']);
    });

    it('joining › by a number with blanks and full-width digits › and separating again', async () => {
      const primary = await aLetterIn(town);
      const matter = await aLetterIn(town);
      const typed = primary.number.replaceAll('-', ' ').replaceAll('2', '２');

      assert.equal((await fillIn('dispatcher', matter, 'join', { other: typed })).status, 303);
      assert.match((await page('dispatcher', matter)).text, new RegExp(`href="/desk/${primary.id}"`));
      assert.equal((await fillIn('dispatcher', matter, 'separate')).status, 303);
      assert.equal((await current(matter.id)).joinedTo, null);
    });

    it('refusing › with a ground › tells the ground and the words on the page', async () => {
      const matter = await aLetterIn(town);
      await fillIn('dispatcher', matter, 'refuse', { ground: 'litigation', text: '请向人民法院起诉。' });
      assert.match(seen((await page('auditor', matter)).text), /诉讼、仲裁、复议解决 请向人民法院起诉。/);
    });
  });

  describe('who sees what', () => {
    const TABS: readonly [username: string, tabs: string][] = [
      ['dispatcher', '待分办 待补充 待决定 要求再办 待定公开 在办 全部'],
      ['roads-handler', '待签收 办理中 草稿 待审核 已答复 全部'],
      ['roads-head', '待审核 待签收 办理中 草稿 已答复 全部'],
      ['supervisor', '黄牌红牌 待决定 在办 已答复 全部'],
      ['leader', '黄牌红牌 在办 已答复 全部'],
      ['deputy', '黄牌红牌 在办 已答复 全部'],
      ['auditor', '在办 已答复 全部'],
    ];
    for (const [username, tabs] of TABS) {
      it(`${username} › opens the desk › and finds: ${tabs}`, async () => {
        const { text, status } = await as(username).get('/desk');
        assert.equal(status, 200);
        const nav = /<nav class="tabs"[\s\S]*?<\/nav>/.exec(text)?.[0] ?? '';
        assert.equal(seen(nav).replaceAll(/\d+/g, '').replaceAll(/\s+/g, ' ').trim(), tabs);
      });
    }

    it('each tab of each desk › opened in both languages › is a page', async () => {
      for (const [username] of TABS) {
        const { text } = await as(username).get('/desk');
        for (const [, href = ''] of text.matchAll(/href="(\/desk\?tab=[a-z]+)"/g)) {
          assert.equal((await as(username).get(href)).status, 200, `${username} ${href}`);
          const english = await as(username).get(href).set('Accept-Language', 'en');
          assert.equal(english.status, 200, `${username} ${href} in English`);
          assert.match(english.text, /<html lang="en">/);
        }
      }
    });

    it('an administrator › has no desk', async () => {
      assert.equal((await as('admin').get('/desk')).status, 403);
      const matter = await aLetterIn(town);
      assert.equal((await page('admin', matter)).status, 403);
    });

    it('a matter of another unit › by page, form or file › is not there', async () => {
      const matter = await anAssigned(town, 'roads');
      for (const username of ['water-head', 'water-handler']) {
        assert.equal((await page(username, matter)).status, 404);
        assert.equal((await send(username, matter, 'signFor', { version: 2 })).status, 404);
        assert.equal((await as(username).get(`/desk/${matter.id}/attachments/1`)).status, 404);
        assert.ok(!(await as(username).get('/desk?tab=all')).text.includes(matter.number));
        assert.ok(!(await as(username).get(`/desk?find=${matter.number}`)).text.includes(matter.id));
      }
      assert.equal((await current(matter.id)).state, 'assigned');
    });

    it('a supporting unit › reads, and has nothing to press', async () => {
      const matter = await anAssigned(town, 'roads', {}, ['water']);
      const { status, text } = await page('water-handler', matter);
      assert.equal(status, 200);
      assert.ok(!text.includes(`action="/desk/${matter.id}/`));
      assert.equal((await send('water-handler', matter, 'signFor', { version: 2 })).status, 403);
    });

    for (const [username, mayKnow] of [
      ['dispatcher', true],
      ['roads-handler', true],
      ['roads-head', true],
      ['supervisor', false],
      ['leader', false],
      ['deputy', false],
      ['auditor', false],
    ] as const) {
      it(`${username} › ${mayKnow ? 'sees' : 'sees nothing of'} how the writer is reached`, async () => {
        const matter = await anAnswered(town, { title: '请回电13800001234' });
        const { text, status } = await page(username, matter);
        assert.equal(status, 200);
        // The copy everyone would read is masked for all; what counts is the rest of the page.
        const all = text + (await as(username).get('/desk?tab=all')).text;
        for (const word of [WRITER.name, WRITER.phone, WRITER.mail, WRITER.address]) {
          assert.equal(all.includes(word), mayKnow, `${word} for ${username}`);
        }
      });
    }

    it('a matter’s page › names no secret and no address of a notice', async () => {
      await town.sweeps.deliverNotices(town.at.now());
      const matter = await anAssigned(town, 'roads');
      await town.sweeps.deliverNotices(town.at.now());
      const { text } = await page('supervisor', matter);
      assert.match(seen(text), /批转通知 发给单位负责人，邮件/);
      assert.doesNotMatch(text, /roads-head@town\.example|1380000001|codeHash|submissionHash/);
    });
  });

  describe('reports about officials', () => {
    const REPORT = { kind: 'report', wish: 'private', title: '反映某局长收受礼品' } as const;

    it('lists › say that there is one, never its words; its page does', async () => {
      const matter = await aLetterIn(town, REPORT);
      for (const username of ['dispatcher', 'supervisor', 'leader']) {
        const list = await as(username).get(username === 'dispatcher' ? '/desk' : '/desk?tab=open');
        assert.ok(list.text.includes(matter.number), username);
        assert.ok(!list.text.includes('收受礼品'), username);
        const { text } = await page(username, matter);
        assert.ok(text.includes('收受礼品'), username);
        assert.ok(!/<title>[^<]*收受礼品/.test(text), 'its words stand in the window’s title');
      }
    });

    it('whoever is not its reader › finds neither page nor line, not even the supporting unit', async () => {
      const matter = await anAssigned(town, 'roads', REPORT, ['water']);
      for (const username of ['deputy', 'auditor', 'water-head', 'water-handler']) {
        assert.equal((await page(username, matter)).status, 404, username);
        for (const tab of ['', '?tab=all', `?find=${matter.number}`]) {
          const list = await as(username).get(`/desk${tab}`);
          assert.ok(!list.text.includes(`/desk/${matter.id}`), `${username} ${tab}`);
        }
      }
      assert.equal((await page('roads-handler', matter)).status, 200);
      assert.ok((await as('roads-handler').get('/desk?tab=sign')).text.includes(matter.number));
    });

    it('a report › answered › offers no publication', async () => {
      const matter = await anAnswered(
        town,
        REPORT,
        '经查，所反映的礼品问题不属实，已向本人核对并留存笔录，感谢监督工作的来信人。',
      );
      const { text } = await page('dispatcher', matter);
      assert.ok(!text.includes(`/desk/${matter.id}/publish`));
      assert.equal((await send('dispatcher', matter, 'publish', { version: matter.version })).status, 409);
    });
  });

  describe('what is wrong with a form', () => {
    it('a wrong field › is named beside it and on top, in the reader’s language, and the words are kept', async () => {
      const matter = await aLetterIn(town);
      const body = { version: 1, 'refuse.text': '请向<法院>起诉。', 'refuse.ground': '' };

      const answer = await send('dispatcher', matter, 'refuse', body);
      assert.equal(answer.status, 422);
      assert.match(answer.text, /href="#refuse-ground">请从列出的选项中选择理由。</);
      assert.match(answer.text, /id="refuse-ground-error"/);
      assert.ok(answer.text.includes('请向&lt;法院&gt;起诉。</textarea>'));
      assert.match(answer.text, /<details class="do weighty" open>\s*<summary>不予受理/);
      assert.match(answer.text, /<title>错误：/);

      const english = await send('dispatcher', matter, 'refuse', body).set('Accept-Language', 'en');
      assert.equal(english.status, 422);
      assert.match(english.text, /href="#refuse-ground">Ground: please choose one of the options\.</);
      assert.equal((await current(matter.id)).version, 1);
    });

    const BAD: readonly [user: string, action: string, body: object, sentence: RegExp][] = [
      ['dispatcher', 'askCitizen', {}, /请填写要问来信人的问题/],
      ['dispatcher', 'join', { 'join.other': '2026-000001-9' }, /没有找到这个编号的事项/],
      ['dispatcher', 'join', { 'join.other': 'x'.repeat(99) }, /主件编号太长/],
      ['dispatcher', 'assign', { 'assign.unit': 'moon' }, /请从列表中选择单位/],
      ['dispatcher', 'assign', { 'assign.unit': ['roads', 'water'] }, /主办单位要填写文字/],
      ['dispatcher', 'refuse', { 'refuse.ground': 'x', 'refuse.text': 'y' }, /选择理由.*告诉来信人的话太短/],
    ];
    for (const [username, action, body, sentence] of BAD) {
      it(`${action} › ${JSON.stringify(body).slice(0, 50)} › says what would be right`, async () => {
        const matter = await aLetterIn(town);
        const answer = await send(username, matter, action, { version: 1, ...body });
        assert.equal(answer.status, 422);
        assert.match(seen(answer.text), sentence);
        assert.equal((await current(matter.id)).version, 1);
      });
    }

    it('more days than are left › is the fault of the days', async () => {
      const { id } = await anAssigned(town, 'roads');
      await act(town, 'roads-handler', id, 'signFor');
      await act(town, 'roads-handler', id, 'askExtension', { days: 8, text: '第一次。' });
      const matter = await act(town, 'dispatcher', id, 'grantExtension');

      const answer = await send('roads-handler', matter, 'askExtension', {
        version: matter.version,
        'askExtension.days': '5',
        'askExtension.text': '第二次。',
      });

      assert.equal(answer.status, 422);
      assert.match(answer.text, /href="#askExtension-days">延期时间过长/);
      assert.match(answer.text, />\s*第二次。<\/textarea>/);
    });

    it('joining what cannot be joined › is said beside the number', async () => {
      const report = await aLetterIn(town, { kind: 'report', wish: 'private' });
      const matter = await aLetterIn(town);
      const answer = await send('dispatcher', matter, 'join', { version: 1, 'join.other': report.number });
      assert.equal(answer.status, 409);
      assert.match(answer.text, /href="#join-other">举报信不参与归并/);
      assert.match(answer.text, new RegExp(`value="${report.number}"`));
    });

    it('a guard that fired › is shown, asks for the digits, and takes no others', async () => {
      const matter = await anInReview(town, {}, `${TO_THE_POINT}您反映的浙B12345车辆也已处理。`);
      const { text } = await page('roads-head', matter);
      assert.match(seen(text), /发送前请核对.*编号或号牌/);
      assert.match(text, /name="approve\.confirmation"/);

      for (const confirmation of ['', '0000']) {
        const answer = await send('roads-head', matter, 'approve', {
          version: matter.version,
          'approve.confirmation': confirmation,
        });
        assert.equal(answer.status, 422);
        assert.match(answer.text, /href="#approve-confirmation">请先核对提示的疑点/);
      }
      const answer = await send('roads-head', matter, 'approve', {
        version: matter.version,
        'approve.confirmation': digitsOf(matter),
      });
      assert.equal(answer.status, 303);
      assert.match(seen((await page('auditor', matter)).text), /已人工核对：.*编号或号牌/);
    });

    it('“passed on” › cannot be sent at all, and the page says so instead of a button', async () => {
      const { id } = await anAssigned(town, 'roads');
      await act(town, 'roads-handler', id, 'signFor');
      const matter = await act(town, 'roads-handler', id, 'draft', {
        text: '您好，您反映的文昌路路面破损问题已转交养护单位处理。',
        resolution: 'passedOn',
      });
      const { text } = await page('roads-handler', matter);
      assert.ok(!text.includes(`action="/desk/${id}/submitForReview"`));
      assert.match(seen(text), /提交审核 “已转某部门处理”不算答复/);
      const answer = await send('roads-handler', matter, 'submitForReview', { version: matter.version });
      assert.equal(answer.status, 422);
    });

    it('one’s own draft › is approved by somebody else, and the page says so', async () => {
      const { id } = await anAssigned(town, 'roads');
      await act(town, 'roads-head', id, 'signFor');
      await act(town, 'roads-head', id, 'draft', { text: TO_THE_POINT, resolution: 'solved' });
      const confirmation = digitsOf(await current(id));
      const matter = await act(town, 'roads-head', id, 'submitForReview', { confirmation });

      assert.match(seen((await page('roads-head', matter)).text), /自己起草的答复要由另一位同事审核/);
      const answer = await send('roads-head', matter, 'approve', { version: matter.version });
      assert.equal(answer.status, 403);
      assert.equal((await current(id)).state, 'inReview');
      assert.equal(
        (
          await send('dispatcher', matter, 'approve', {
            version: matter.version,
            'approve.confirmation': confirmation,
          })
        ).status,
        303,
      );
    });
  });

  describe('two at once', () => {
    it('who comes second › is told, sees the present state, and keeps what was typed', async () => {
      const matter = await aLetterIn(town);
      await act(town, 'dispatcher', matter.id, 'takeForSorting');

      const answer = await send('dispatcher', matter, 'askCitizen', {
        version: 1,
        'askCitizen.text': '请问具体在哪个路口？',
      });

      assert.equal(answer.status, 409);
      assert.match(seen(answer.text), /其他人已经更新了这件事项/);
      assert.match(seen(answer.text), /分办中/);
      assert.match(answer.text, />\s*请问具体在哪个路口？<\/textarea>/);
      assert.match(answer.text, /name="version" value="2"/);
      assert.equal((await current(matter.id)).version, 2);
    });

    it('when the form is gone with its state › the words are still on the page', async () => {
      const matter = await aLetterIn(town);
      await act(town, 'dispatcher', matter.id, 'assign', { unit: 'roads' });
      const answer = await send('dispatcher', matter, 'askCitizen', {
        version: 1,
        'askCitizen.text': '请问具体在哪个路口？',
      });
      assert.equal(answer.status, 409);
      assert.ok(!answer.text.includes('name="askCitizen.text"'));
      assert.match(seen(answer.text), /您刚才填写的内容.*请问具体在哪个路口？/);
    });

    it('what the state does not allow › is a refusal on the page', async () => {
      const matter = await aLetterIn(town);
      for (const [username, action] of [
        ['dispatcher', 'signFor'],
        ['dispatcher', 'approve'],
        ['auditor', 'takeForSorting'],
        ['leader', 'assign'],
      ] as const) {
        const answer = await send(username, matter, action, { version: 1, 'assign.unit': 'roads' });
        assert.ok([403, 409].includes(answer.status), `${username} ${action}: ${answer.status}`);
        assert.match(answer.text, /class="notice bad" role="status"/);
      }
      assert.equal((await current(matter.id)).version, 1);
    });
  });

  describe('hostile input', () => {
    it('unknown actions, prototype names, path tricks › are not there', async () => {
      const { id } = await aLetterIn(town);
      for (const action of [
        'constructor',
        'toString',
        '__proto__',
        'rate',
        'addNote',
        'withdraw',
        'ASSIGN',
        '..%2f..',
      ]) {
        const answer = await as('dispatcher').post(`/desk/${id}/${action}`).type('form').send({ version: 1 });
        assert.equal(answer.status, 404, action);
      }
      for (const path of ['__proto__', '%00', '%2e%2e%2f', 'x'.repeat(3000), '{"$ne":1}', '%E0%A4%A']) {
        const answer = await as('dispatcher').get(`/desk/${encodeURI(path).replaceAll('%25', '%')}`);
        assert.ok([400, 404].includes(answer.status), `${path.slice(0, 20)}: ${answer.status}`);
        assert.doesNotMatch(answer.text, /at .*\.js:\d/);
      }
    });

    it('strange bodies › are refused with a sentence, and change nothing', async () => {
      const { id } = await aLetterIn(town);
      for (const body of [
        'version=1&$where=1',
        'version[$gt]=0',
        'version=1&version=2',
        '',
        'version=1e99',
        'version=-1',
      ]) {
        const answer = await as('dispatcher').post(`/desk/${id}/takeForSorting`).type('form').send(body);
        assert.equal(answer.status, 400, body);
        assert.doesNotMatch(answer.text, /at .*\.js:\d/);
      }
      const json = await as('dispatcher')
        .post(`/desk/${id}/assign`)
        .set('Accept', 'application/json')
        .send({ version: 1, 'assign.unit': { $ne: '' } });
      assert.equal(json.status, 400);
      assert.deepEqual(Object.keys(json.body), ['code', 'message']);
      const named = await as('dispatcher')
        .post(`/desk/${id}/assign`)
        .set('Accept', 'application/json')
        .send({ version: 1 });
      assert.equal(named.body.fields[0].field, 'assign.unit');
      assert.equal((await current(id)).version, 1);
    });

    it('strange questions to the list › get a sentence', async () => {
      for (const [query, status] of [
        ['tab=cards', 404],
        ['tab=constructor', 404],
        ['tab=a&tab=b', 400],
        ['page=0', 400],
        ['page=x', 400],
        ['page=99999999', 400],
        ['page=9999', 200],
        ['unit[$ne]=x', 200],
        ['$where=1', 400],
        ['unit=moon', 200],
        ['find=%3Cscript%3E', 200],
      ] as const) {
        const answer = await as('dispatcher').get(`/desk?${query}`);
        assert.equal(answer.status, status, query);
        assert.ok(!answer.text.includes('<script>'));
      }
    });

    it('a letter full of markup › is shown as it was written', async () => {
      const title = '<img src=x onerror=alert(1)> "路" & \'灯\'';
      const matter = await aLetterIn(town, {
        title,
        body: '<script>alert(1)</script> 请看路灯。{{x}} <%= y %>',
      });
      const { text } = await page('dispatcher', matter);
      assert.ok(!text.includes('<img src=x') && !text.includes('<script>alert'));
      assert.ok(
        seen(text).includes(title) &&
          seen(text).includes('<script>alert(1)</script> 请看路灯。{{x}} <%= y %>'),
      );
      assert.ok(seen((await as('dispatcher').get('/desk?tab=all')).text).includes(title));
    });

    it('the way back to the list › leads to a desk, whatever was asked for', async () => {
      const { id } = await aLetterIn(town);
      for (const [list, href] of [
        ['/desk?tab=open&unit=roads&page=2', '/desk?tab=open&amp;unit=roads&amp;page=2'],
        ['https://evil.example/?tab=open', '/desk?tab=open'],
        ['javascript:alert(1)', '/desk'],
        ['?page=x', '/desk'],
      ] as const) {
        const { text } = await as('dispatcher').get(`/desk/${id}?list=${encodeURIComponent(list)}`);
        assert.ok(text.includes(`<a class="back" href="${href}">`), list);
      }
    });

    it('asking for an action by its address › changes nothing', async () => {
      const { id } = await aLetterIn(town);
      assert.equal((await as('dispatcher').get(`/desk/${id}/takeForSorting`)).status, 404);
      await as('dispatcher').get(`/desk/${id}?done=assign`);
      await as('dispatcher').get(`/desk/${id}?done=constructor`);
      assert.equal((await current(id)).version, 1);
    });

    it('another site’s form › is refused', async () => {
      const { id } = await aLetterIn(town);
      const answer = await as('dispatcher')
        .post(`/desk/${id}/takeForSorting`)
        .set('Sec-Fetch-Site', 'cross-site')
        .type('form')
        .send({ version: 1 });
      assert.equal(answer.status, 403);
      assert.equal((await current(id)).version, 1);
    });
  });

  describe('attachments', () => {
    const NAME = '李小满 "证据".HTML';
    let matter: Matter;
    before(async () => {
      const ref = { id: 'file-1', name: NAME, type: 'text/html', size: 31 };
      const bytes = Buffer.from('<script>alert(document.domain)</script>');
      await town.services.attachments.put({ ...ref, bytes }, town.at.now());
      const lost = { id: 'file-2', name: 'lost.pdf', type: 'application/pdf', size: 1 };
      matter = await anAssigned(town, 'roads', { attachments: [ref, lost] });
    });

    it('for the office and the handling unit › come as a file of our own name, never as a page', async () => {
      for (const username of ['dispatcher', 'roads-handler']) {
        const answer = await as(username).get(`/desk/${matter.id}/attachments/1`).responseType('blob');
        assert.equal(answer.status, 200);
        assert.equal(
          String(answer.headers['content-disposition']).replaceAll('"', ''),
          `attachment; filename=${matter.number}-1.html`,
        );
        assert.equal(answer.headers['content-type'], 'application/octet-stream');
        assert.equal(answer.headers['x-content-type-options'], 'nosniff');
        assert.ok(Buffer.isBuffer(answer.body) && answer.body.includes('alert(document.domain)'));
      }
    });

    it('for those without the right to contact data › are only counted, without their names', async () => {
      assert.equal((await as('auditor').get(`/desk/${matter.id}/attachments/1`)).status, 403);
      const { text } = await page('auditor', matter);
      assert.ok(!text.includes('证据') && seen(text).includes('附件 1'));
    });

    it('places that hold nothing › are not there', async () => {
      for (const place of ['0', '2', '3', '-1', '1e0', '01', '1.0', 'x', '__proto__', '999']) {
        const answer = await as('dispatcher').get(`/desk/${matter.id}/attachments/${place}`);
        assert.equal(answer.status, 404, place);
      }
    });
  });

  describe('publication', () => {
    it('before the decision › the preview shows marks by kind, and not what they cover', async () => {
      const matter = await anAnswered(town);
      const { text } = await page('supervisor', matter);
      const preview =
        /<section class="panel" aria-labelledby="publication">[\s\S]*?<\/section>/.exec(text)?.[0] ?? '';
      assert.match(seen(preview), /███ 电话.*███ 地址.*李某某.*███ 姓名/);
      assert.doesNotMatch(preview, /李小满|13800001234|文昌路88号3幢/);
    });

    it('a writer who did not agree › leaves the office no button', async () => {
      const matter = await anAnswered(town, { wish: 'private' });
      const { text } = await page('dispatcher', matter);
      assert.ok(!text.includes(`/desk/${matter.id}/publish`));
      assert.ok(text.includes(`/desk/${matter.id}/close`));
      assert.ok(!(await as('dispatcher').get('/desk?tab=publish')).text.includes(matter.number));
    });

    it('the tab of undecided answers › holds those only', async () => {
      const waiting = await anAnswered(town);
      const withheld = await anAnswered(town);
      await fillIn('dispatcher', withheld, 'withhold', { text: '涉及正在调查的事项。' });
      const { text } = await as('dispatcher').get('/desk?tab=publish');
      assert.ok(text.includes(waiting.number));
      assert.ok(!text.includes(withheld.number));
      assert.match(
        seen((await page('dispatcher', withheld)).text),
        /决定不公开 dispatcher同志.*涉及正在调查的事项。/,
      );
    });
  });
});
