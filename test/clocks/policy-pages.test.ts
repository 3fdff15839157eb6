import assert from 'node:assert/strict';
import supertest from 'supertest';
import { policyFields, type Typed } from '../../src/clocks/policy-fields.ts';
import { hiddenFields } from '../../src/clocks/policy.view.ts';
import { GUANGDONG_2022, LETTER_BOX } from '../../src/domain/clocks/policy-profiles.ts';
import { aLetterIn, anAssigned } from '../support/letters.ts';
import { seen, signedInAs, type Browser } from '../support/sign-in.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';

const HOME = '/administration/policy';
const TEN_DAYS: Typed = {
  ...policyFields(LETTER_BOX),
  'name.zh': '十天',
  'name.en': 'Ten days',
  'limit.reply.amount': '10',
  base: 'letter-box@1',
  after: '',
};

describe('the pages of time limits', () => {
  let town: TestTown;
  let admin: Browser;
  beforeEach(async () => {
    town = await openTestTown('2026-11-23T02:00:00Z'); // Mon 10:00
    admin = await signedInAs(town, 'admin');
  });
  afterEach(() => town.end());

  const post = (path: string, typed: Typed, browser = admin) =>
    browser
      .post(`${HOME}${path}`)
      .type('form')
      .send(
        hiddenFields(typed)
          .map(({ name, value }) => `${name}=${encodeURIComponent(value)}`)
          .join('&'),
      );
  const saved = () => town.services.policies.versions();

  it('are the administrator’s alone', async () => {
    const head = await signedInAs(town, 'roads-head');
    for (const path of ['', '/change', '/change?from=guangdong-2022']) {
      assert.equal((await admin.get(`${HOME}${path}`)).status, 200, path);
      assert.equal((await head.get(`${HOME}${path}`)).status, 403, path);
      assert.equal(
        (await supertest(town.app).get(`${HOME}${path}`).set('Accept', 'text/html')).status,
        303,
        path,
      );
    }
    for (const path of ['/preview', '/adopt', '/change']) {
      assert.equal((await post(path, TEN_DAYS, head)).status, 403, path);
      assert.equal((await supertest(town.app).post(`${HOME}${path}`)).status, 401, path);
    }
    assert.equal((await admin.get(`${HOME}/change?from=nobody`)).status, 404);
    assert.deepEqual(await saved(), []);
  });

  it('show what holds, in words of both languages', async () => {
    const zh = seen((await admin.get(HOME)).text);
    assert.match(zh, /答复 5 个工作日/);
    assert.match(zh, /到期前提醒 到期前 1 个工作日上班时 单位负责人 短信、邮件/);
    assert.match(zh, /还没有修改过/);
    const english = await signedInAs(town, 'admin', 'en');
    const en = seen((await english.get(HOME)).text);
    assert.match(en, /Answered 5 working days/);
    assert.match(
      en,
      /Red card 2 working days after it was due, when the office closes Head of the unit, Leader SMS, Mail/,
    );
  });

  it('a shipped profile fills the form', async () => {
    const { text } = await admin.get(`${HOME}/change?from=guangdong-2022`);
    assert.match(text, /name="limit\.reply\.amount" value="10"/);
    assert.match(text, /name="kind\.complaint\.amount" value="15"/);
    assert.match(text, /name="kind\.complaint\.reminder" value="5"/);
    assert.match(text, /name="base" value="guangdong-2022@1"/);
  });

  it('a preview › says what changes, what would move and what stays, and saves nothing', async () => {
    const { number, id } = await anAssigned(town, 'roads');
    const answer = await post('/preview', {
      ...TEN_DAYS,
      'step.yellowCard.when': 'workingDaysBefore',
      'step.yellowCard.count': '3',
    });
    assert.equal(answer.status, 200);
    const text = seen(answer.text);
    assert.match(text, /答复 5 个工作日 10 个工作日/);
    assert.match(
      text,
      /黄牌 到期当天下班时；单位负责人；短信、邮件 到期前 3 个工作日下班时；单位负责人；短信、邮件/,
    );
    assert.match(text, /“黄牌”会早于“到期前提醒”/);
    assert.match(text, /提前到期 0 推后到期 1/);
    assert.match(text, new RegExp(`${number} 2026-11-30 周一 2026-12-07 周一`));
    assert.deepEqual(await saved(), []);
    assert.equal((await town.services.matters.byId(id))?.clock.reply.dueOn, '2026-11-30');
  });

  it('for new letters only › running clocks stay, new ones have it', async () => {
    const old = await anAssigned(town, 'roads');
    const answer = await post('/adopt', { ...TEN_DAYS, running: 'stay' });
    assert.equal(answer.headers['location'], `${HOME}?saved=yes`);
    assert.match(seen((await admin.get(`${HOME}?saved=yes`)).text), /新版本已保存。.*在办事项没有变动/);
    assert.equal((await town.services.matters.byId(old.id))?.clock.reply.dueOn, '2026-11-30');
    assert.equal((await aLetterIn(town)).clock.reply.dueOn, '2026-12-07');
    assert.deepEqual(
      (await saved()).map(({ policy, by }) => [policy.id, policy.version, policy.inForceFrom, by]),
      [['letter-box', 2, '2026-11-23', 'p-admin']],
    );
    const { text } = await admin.get(HOME);
    assert.match(seen(text), /letter-box@2 十天 自 2026-11-23 周一 现行 2026-11-23 10:00 admin同志/);
  });

  it('also for running clocks › each moves with an event, and the page says the sum', async () => {
    const old = await anAssigned(town, 'roads');
    const answer = await post('/adopt', { ...TEN_DAYS, running: 'move' });
    assert.equal(answer.status, 303);
    const matter = await town.services.matters.byId(old.id);
    assert.deepEqual([matter?.clock.policy, matter?.clock.reply.dueOn], ['letter-box@2', '2026-12-07']);
    assert.deepEqual([matter?.history.at(-1)?.what, matter?.history.at(-1)?.why], ['reckon', 'policy']);
    const { text } = await admin.get(String(answer.headers['location']));
    assert.match(seen(text), /已重新计算 1 件在办事项的时限： 提前到期 0 推后到期 1/);
  });

  it('a clock whose new day would have passed › stays, and is counted', async () => {
    await anAssigned(town, 'roads');
    town.at.moveTo(new Date('2026-11-26T02:00:00Z'));
    const two = { ...TEN_DAYS, 'limit.reply.amount': '2' };
    assert.match(seen((await post('/preview', two)).text), /新到期日已过，保持不变 1/);
  });

  it('the same form sent twice › is saved once; the second is told who saved meanwhile, and keeps what was typed', async () => {
    const [one, other] = await Promise.all([post('/adopt', TEN_DAYS), post('/adopt', TEN_DAYS)]);
    assert.deepEqual(new Set([one.status, other.status]), new Set([303, 409]));
    const again = await post('/adopt', TEN_DAYS);
    assert.equal(again.status, 409);
    assert.match(seen(again.text), /admin同志在 2026-11-23 10:00 保存了 letter-box@2/);
    assert.match(again.text, /name="limit\.reply\.amount" value="10"/);
    assert.match(again.text, /name="after" value="letter-box@2"/);
    assert.equal((await saved()).length, 1);
    assert.equal((await post('/adopt', { ...TEN_DAYS, after: 'letter-box@2' })).status, 303);
    assert.equal((await saved()).length, 2);
  });

  for (const path of ['/preview', '/adopt'])
    it(`${path} with wrong fields › names each, keeps all that was typed, saves nothing`, async () => {
      const wrong = {
        ...TEN_DAYS,
        'limit.reply.amount': 'ten',
        'kind.help.reminder': '0',
        'step.redCard.to': [],
        'step.reminder.by': ['mail'],
        lateFrom: '22:30',
      };
      const answer = await post(path, wrong);
      assert.equal(answer.status, 422);
      const text = seen(answer.text);
      for (const sentence of [/答复：数量/, /求助：到期前几个工作日提醒/, /红牌：发给：请至少选一个人/])
        assert.match(text, sentence);
      assert.match(answer.text, /<title>错误：/);
      assert.match(answer.text, /value="ten"[^>]* aria-invalid="true"/);
      assert.match(answer.text, /name="lateFrom" type="time" value="22:30"/);
      assert.match(answer.text, /name="name\.zh" type="text" value="十天"/);
      assert.match(answer.text, /id="step-reminder-by-1" name="step\.reminder\.by" value="mail" checked/);
      assert.doesNotMatch(answer.text, /id="step-reminder-by" name="step\.reminder\.by" value="sms" checked/);
      for (const field of answer.text.matchAll(/<li><a href="#([\w-]+)">/g))
        assert.ok(answer.text.includes(`id="${field[1]}"`), `${field[1]} leads nowhere`);
      assert.deepEqual(await saved(), []);
    });

  it('back from the preview › all is there', async () => {
    const answer = await post('/change', { ...TEN_DAYS, lateFrom: '22:00' });
    assert.match(answer.text, /name="lateFrom" type="time" value="22:00"/);
    assert.equal(answer.status, 200);
  });

  it('from a later day on › is to come, then in force; one that is saved for an earlier day takes its place', async () => {
    const later = { ...TEN_DAYS, from: 'day', fromDay: '2026-12-01' };
    assert.equal((await post('/adopt', later)).status, 303);
    assert.match(seen((await admin.get(HOME)).text), /letter-box@2 十天 自 2026-12-01 周二 待生效/);
    assert.equal((await aLetterIn(town)).clock.policy, 'letter-box@1');
    const sooner: Typed = {
      ...policyFields(GUANGDONG_2022),
      base: 'guangdong-2022@1',
      after: 'letter-box@2',
    };
    assert.match(seen((await post('/preview', sooner)).text), /“十天”（2026-12-01 周二 起）将不会生效/);
    town.at.moveTo(new Date('2026-12-01T02:00:00Z'));
    assert.equal((await aLetterIn(town)).clock.policy, 'letter-box@2');
    assert.match(seen((await admin.get(HOME)).text), /letter-box@2 十天 自 2026-12-01 周二 现行/);
  });

  it('one that will never come › is said to be replaced', async () => {
    await post('/adopt', { ...TEN_DAYS, from: 'day', fromDay: '2026-12-01' });
    town.at.moveTo(new Date('2026-11-23T02:01:00Z'));
    await post('/adopt', {
      ...policyFields(GUANGDONG_2022),
      base: 'guangdong-2022@1',
      after: 'letter-box@2',
    });
    const text = seen((await admin.get(HOME)).text);
    assert.match(text, /guangdong-2022@2 .* 现行/);
    assert.match(text, /letter-box@2 十天 自 2026-12-01 周二 已被取代，不会生效/);
  });
});
