import assert from 'node:assert/strict';
import supertest from 'supertest';
import { seen, signedInAs, type Browser } from '../support/sign-in.ts';
import { openTestTown, TEST_PASSWORD, type TestTown } from '../support/test-town.ts';

const PAGES = [
  '',
  '/units',
  '/units/new',
  '/units/roads',
  '/people',
  '/people/new',
  '/people/p-auditor',
  '/routing',
  '/jobs',
];

const UNIT = {
  id: 'parks',
  'name.zh': '园林局',
  'name.en': 'Parks Bureau',
  kind: 'bureau',
  'duties.zh': '管公园。',
  phone: '0000-7654321',
};

const PERSON = {
  username: 'parks-head',
  'name.zh': '林同志',
  'name.en': 'Lin',
  role: 'head',
  unit: 'roads',
  phone: '13800000099',
  mail: 'lin@town.example',
};

const AWAY = { 'away.from': '2026-11-23', 'away.to': '2026-11-25', 'away.standIn': 'p-leader' };

describe('administration', () => {
  let town: TestTown;
  let admin: Browser;
  before(async () => {
    town = await openTestTown('2026-11-24T02:00:00Z');
    admin = await signedInAs(town, 'admin');
  });
  after(() => town.end());

  const post = (path: string, body: object | string) =>
    admin.post(`/administration${path}`).type('form').send(body);

  it('every page › for the administrator, in both languages › opens; for anybody else it does not', async () => {
    const english = await signedInAs(town, 'admin', 'en');
    const head = await signedInAs(town, 'roads-head');
    for (const path of PAGES) {
      assert.equal((await admin.get(`/administration${path}`)).status, 200, path);
      assert.equal((await english.get(`/administration${path}`)).status, 200, path);
      assert.equal((await head.get(`/administration${path}`)).status, 403, path);
      const nobody = await supertest(town.app).get(`/administration${path}`);
      assert.match(String(nobody.headers['location']), /^\/sign-in\?back=%2Fadministration/);
    }
    const stranger = await head.post('/administration/units/new').type('form').send(UNIT);
    assert.equal(stranger.status, 403);
    assert.equal(
      (await supertest(town.app).post('/administration/units/new').type('form').send(UNIT)).status,
      401,
    );
  });

  it('the first page › warns when next year’s holidays are not loaded, and counts the outbox', async () => {
    const { text } = await admin.get('/administration');
    assert.match(seen(text), /2027 年的放假安排还没有载入/);
    assert.match(seen(text), /2024、2025、2026/);
    assert.match(seen(text), /待发 0 已送出 0 已送达 0 失败 0/);
  });

  it('a unit › added and changed › stands in the list under its code', async () => {
    assert.equal((await post('/units/new', UNIT)).status, 303);
    assert.equal((await post('/units/parks', { ...UNIT, id: 'other', 'name.zh': '园林绿化局' })).status, 303);

    const { text } = await admin.get('/administration/units?done=yes');
    assert.match(text, /href="\/administration\/units\/parks">园林绿化局</);
    assert.equal((await town.services.directory.units()).filter(({ id }) => id === 'other').length, 0);
  });

  it('a person › added › can sign in, and no page ever shows a password', async () => {
    const password = 'four small brown birds';
    assert.equal((await post('/people/new', { ...PERSON, password })).status, 303);

    const answer = await supertest(town.app)
      .post('/sign-in')
      .type('form')
      .send({ username: 'parks-head', password });
    assert.equal(answer.status, 303);
    const person = await town.services.directory.personByUsername('parks-head');
    const page = await admin.get(`/administration/people/${person?.id}`);
    assert.ok(!page.text.includes(password) && !page.text.includes('scrypt'));
  });

  it('a new password › ends the person’s sessions and opens new ones', async () => {
    const before = await signedInAs(town, 'water-head');
    assert.equal(
      (await post('/people/p-water-head/password', { password: 'a new long password' })).status,
      303,
    );

    assert.equal((await before.get('/desk')).status, 303);
    const old = { username: 'water-head', password: TEST_PASSWORD };
    assert.equal((await supertest(town.app).post('/sign-in').type('form').send(old)).status, 403);
    const fresh = { username: 'water-head', password: 'a new long password' };
    assert.equal((await supertest(town.app).post('/sign-in').type('form').send(fresh)).status, 303);
  });

  it('a changed role › counts with the next page', async () => {
    const browser = await signedInAs(town, 'deputy');
    const { text } = await admin.get('/administration/people/p-deputy');
    assert.match(text, /value="deputyLeader" selected/);
    const deputy = { ...PERSON, username: 'deputy', unit: 'mailbox-office', role: 'administrator' };
    assert.equal((await post('/people/p-deputy', deputy)).status, 303);
    assert.equal((await browser.get('/administration')).status, 200);
  });

  const WRONG: readonly [path: string, body: object, ...sentences: RegExp[]][] = [
    ['/units/new', {}, /请填写代码/, /请填写中文名称/, /请填写英文名称/, /请填写类别/],
    ['/units/new', { ...UNIT, id: 'roads' }, /这个代码已经有机构使用/],
    ['/units/new', { ...UNIT, id: '../x' }, /代码的格式不对/],
    ['/units/new', { ...UNIT, kind: 'castle' }, /选项中选择类别/],
    ['/units/new', { ...UNIT, phone: 'call me' }, /办公电话的格式不对/],
    ['/units/roads', { ...UNIT, 'name.zh': '' }, /请填写中文名称/],
    ['/people/new', PERSON, /请填写密码/],
    ['/people/new', { ...PERSON, password: 'short' }, /密码太短，至少要 10 个字/],
    ['/people/new', { ...PERSON, username: 'roads-head', password: TEST_PASSWORD }, /这个用户名已经有人使用/],
    ['/people/new', { ...PERSON, username: 'a b', password: TEST_PASSWORD }, /用户名的格式不对/],
    ['/people/new', { ...PERSON, role: 'citizen', password: TEST_PASSWORD }, /选项中选择角色/],
    ['/people/new', { ...PERSON, username: 'x1', unit: 'moon', password: TEST_PASSWORD }, /列表中选择机构/],
    ['/people/new', { ...PERSON, mail: 'nowhere', password: TEST_PASSWORD }, /邮箱的格式不对/],
    ['/people/p-auditor', { ...PERSON, ...AWAY, 'away.standIn': '' }, /请三项都填/],
    ['/people/p-auditor', { ...PERSON, 'away.to': '2026-11-25' }, /请三项都填/],
    ['/people/p-auditor', { ...PERSON, ...AWAY, 'away.to': '2026-11-22' }, /外出至不能早于外出自/],
    [
      '/people/p-auditor',
      { ...PERSON, ...AWAY, 'away.from': '2026-11-31' },
      /外出自请写成 2027-02-01 这样的日期/,
    ],
    ['/people/p-auditor', { ...PERSON, ...AWAY, 'away.standIn': 'p-auditor' }, /不能由本人代班/],
    ['/people/p-auditor', { ...PERSON, ...AWAY, 'away.standIn': 'nobody' }, /请从列表中选代班的人/],
    ['/people/p-admin', { ...PERSON, username: 'admin', role: 'auditor' }, /不能修改自己的角色/],
    ['/people/p-auditor/password', { password: 'short' }, /密码太短/],
    ['/people/p-auditor/password', { password: ['a long password', 'another one here'] }, /密码要填写文字/],
    ['/routing', { rules: 'not json' }, /不是有效的 JSON/],
    ['/routing', { rules: '{}' }, /方括号/],
    ['/routing', { rules: '[{"id":"x","any":["a"],"unit":"moon"}]' }, /第 1 条规则：没有这个机构代码/],
    [
      '/routing',
      { rules: '[{"id":"x","any":["a"],"unit":"roads"},{"id":"y","any":[],"unit":"roads"}]' },
      /第 2 条规则：提到任何一个（any）至少选 1 项/,
    ],
    [
      '/routing',
      { rules: '[{"id":"x","any":["a"],"unit":"roads"},{"id":"x","any":["b"],"unit":"roads"}]' },
      /第 2 条规则/,
    ],
    ['/routing', { rules: '[{"id":"x","any":["a"],"unit":"roads","$where":"1"}]' }, /第 1 条规则/],
    ['/routing', {}, /不是有效的 JSON/],
  ];
  for (const [path, body, ...sentences] of WRONG) {
    it(`${path} › ${JSON.stringify(body).slice(0, 70)} › is named and changes nothing`, async () => {
      const before = JSON.stringify([
        await town.services.directory.units(),
        await town.services.directory.people(),
        await town.services.directory.routingRules(),
      ]);

      const answer = await post(path, body);

      assert.equal(answer.status, 422);
      for (const sentence of sentences) assert.match(seen(answer.text), sentence);
      assert.match(answer.text, /<title>错误：/);
      const after = JSON.stringify([
        await town.services.directory.units(),
        await town.services.directory.people(),
        await town.services.directory.routingRules(),
      ]);
      assert.equal(after, before);
    });
  }

  it('a form that was refused › keeps what was typed, but no password', async () => {
    const answer = await post('/people/new', {
      ...PERSON,
      mail: 'nowhere',
      password: 'four small brown birds',
    });
    assert.match(answer.text, /value="林同志"/);
    assert.match(answer.text, /<option value="head" selected>/);
    assert.ok(!answer.text.includes('four small brown birds'));
  });

  it('an absence › is kept, shown on the days it lasts, and ended by empty fields', async () => {
    const auditor = {
      ...PERSON,
      username: 'auditor',
      'name.zh': '审计同志',
      role: 'auditor',
      unit: 'mailbox-office',
    };
    assert.equal((await post('/people/p-auditor', { ...auditor, ...AWAY })).status, 303);
    const person = () => town.services.directory.person('p-auditor');
    assert.deepEqual((await person())?.absence, {
      from: '2026-11-23',
      to: '2026-11-25',
      standIn: 'p-leader',
    });
    const form = (await admin.get('/administration/people/p-auditor')).text;
    assert.match(form, /name="away\.from" type="date" value="2026-11-23"/);
    assert.match(form, /value="p-leader" selected/);
    assert.doesNotMatch(form, /<option value="p-auditor"/, 'not oneself');
    const list = async () => seen((await admin.get('/administration/people?unit=mailbox-office')).text);
    assert.match(await list(), /审计同志 auditor 审计人员 信箱办 外出至 2026-11-25，由 leader同志 代/);
    town.at.moveTo(new Date('2026-11-26T02:00:00Z'));
    assert.match(await list(), /审计同志 auditor 审计人员 信箱办 在岗/);
    town.at.moveTo(new Date('2026-11-24T02:00:00Z'));
    assert.equal((await post('/people/p-auditor', auditor)).status, 303);
    assert.equal((await person())?.absence, null);
  });

  it('routing rules › saved in a new order › suggest in that order', async () => {
    const rules = [
      { id: 'lamps', any: ['路灯'], unless: ['隧道'], unit: 'water' },
      { id: 'potholes', any: ['路面', '坑'], unit: 'roads' },
    ];
    assert.equal((await post('/routing', { rules: JSON.stringify(rules) })).status, 303);
    assert.deepEqual(await town.services.directory.routingRules(), rules);
    const { text } = await admin.get('/administration/routing');
    assert.match(seen(text), /1 lamps 路灯 隧道 水务局 2 potholes 路面、坑 交通局/);
  });

  it('what is not there › is not there', async () => {
    for (const path of ['/units/moon', '/people/nobody', '/people/__proto__', '/elsewhere']) {
      assert.equal((await admin.get(`/administration${path}`)).status, 404, path);
    }
    assert.equal((await post('/units/moon', { ...UNIT, id: 'moon' })).status, 404);
    assert.equal((await post('/people/nobody', PERSON)).status, 404);
    assert.equal((await post('/people/nobody/password', { password: TEST_PASSWORD })).status, 404);
  });

  it('people › of one unit › are filtered by the address', async () => {
    const { text } = await admin.get('/administration/people?unit=water');
    assert.ok(text.includes('water-handler') && !text.includes('roads-handler'));
    assert.equal((await admin.get('/administration/people?page=0')).status, 400);
  });
});
