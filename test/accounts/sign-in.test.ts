import assert from 'node:assert/strict';
import supertest from 'supertest';
import { seen, signedInAs } from '../support/sign-in.ts';
import { openTestTown, TEST_PASSWORD, type TestTown } from '../support/test-town.ts';

const WRONG = '用户名或密码不对';

describe('signing in', () => {
  let town: TestTown;
  beforeEach(async () => {
    town = await openTestTown('2026-09-24T02:00:00Z', { TRUST_PROXY: '1' });
  });
  afterEach(() => town.end());

  const tryFrom = (address: string, username: string, password: string) =>
    supertest(town.app)
      .post('/sign-in')
      .set('X-Forwarded-For', address)
      .type('form')
      .send({ username, password });
  const cookieOf = (answer: { headers: Record<string, unknown> }): string =>
    String(answer.headers['set-cookie']).split(';')[0] ?? '';

  it('the right name and password › any case and blanks in the name › lead to the desk', async () => {
    const answer = await tryFrom('10.0.0.1', ' Roads-Head ', TEST_PASSWORD);

    assert.equal(answer.status, 303);
    assert.equal(answer.headers['location'], '/desk');
    assert.match(String(answer.headers['set-cookie']), /HttpOnly; SameSite=Lax/);
  });

  it('an unknown name and a wrong password › are told apart by nothing', async () => {
    const unknown = await tryFrom('10.0.0.1', 'nobody', TEST_PASSWORD);
    const wrong = await tryFrom('10.0.0.1', 'dispatcher', 'not the password');

    assert.equal(unknown.status, 403);
    assert.equal(wrong.status, 403);
    assert.ok(seen(unknown.text).includes(WRONG));
    assert.equal(unknown.text.replace('nobody', 'dispatcher'), wrong.text);
    assert.ok(!wrong.text.includes('not the password'), 'a password comes back in the page');
    assert.equal(wrong.headers['set-cookie'], undefined);
  });

  it('empty fields › are named, both', async () => {
    const answer = await tryFrom('10.0.0.1', '', '');

    assert.equal(answer.status, 422);
    assert.match(seen(answer.text), /请填写用户名.*请填写密码/);
  });

  it('hostile fields › arrays, operators, far too much › are refused with a sentence', async () => {
    for (const body of [
      'username=a&username=b&password=x',
      'username[$ne]=x&password=y',
      '$where=1&username=a&password=b',
      `username=${'a'.repeat(500)}&password=b`,
      `username=a&password=${'b'.repeat(5000)}`,
    ]) {
      const answer = await supertest(town.app).post('/sign-in').type('form').send(body);
      assert.ok(answer.status >= 400 && answer.status < 500, `${body.slice(0, 30)}: ${answer.status}`);
      assert.doesNotMatch(answer.text, /at .*\.js:\d/);
    }
    const json = await supertest(town.app)
      .post('/sign-in')
      .send({ username: { $ne: '' }, password: { $ne: '' } });
    assert.equal(json.status, 400);
  });

  it('a session from before › is not the one after signing in, and is worth nothing any more', async () => {
    const before = cookieOf(await tryFrom('10.0.0.1', 'roads-head', TEST_PASSWORD));
    const answer = await supertest(town.app)
      .post('/sign-in')
      .set('Cookie', before)
      .type('form')
      .send({ username: 'dispatcher', password: TEST_PASSWORD });
    const after = cookieOf(answer);

    assert.notEqual(after, before);
    assert.equal((await supertest(town.app).get('/desk').set('Cookie', after)).status, 200);
    assert.equal((await supertest(town.app).get('/desk').set('Cookie', before)).status, 303);
  });

  it('signing out › ends the session at the server, not only the cookie', async () => {
    const cookie = cookieOf(await tryFrom('10.0.0.1', 'roads-head', TEST_PASSWORD));
    const out = await supertest(town.app).post('/sign-out').set('Cookie', cookie);

    assert.equal(out.status, 303);
    assert.equal((await supertest(town.app).get('/desk').set('Cookie', cookie)).status, 303);
    assert.equal((await supertest(town.app).get('/sign-out').set('Cookie', cookie)).status, 404);
  });

  it('ten failures from one address › close it to right passwords too, and to that address only', async () => {
    for (let i = 0; i < 10; i += 1) await tryFrom('10.0.0.1', `guess-${i}`, 'wrong password');

    assert.equal((await tryFrom('10.0.0.1', 'dispatcher', TEST_PASSWORD)).status, 429);
    assert.equal((await tryFrom('10.0.0.2', 'dispatcher', TEST_PASSWORD)).status, 303);
  });

  it('ten failures for one name from one address › do not shut its owner out elsewhere', async () => {
    for (let i = 0; i < 12; i += 1) await tryFrom('10.0.0.1', 'dispatcher', 'wrong password');

    assert.equal((await tryFrom('10.0.2.1', 'dispatcher', TEST_PASSWORD)).status, 303);
  });

  it('fifty failures for one name from everywhere › close that name, and that name only', async () => {
    for (let i = 0; i < 50; i += 1) await tryFrom(`10.0.1.${i}`, 'Dispatcher', 'wrong password');

    assert.equal((await tryFrom('10.0.2.1', 'dispatcher', TEST_PASSWORD)).status, 429);
    assert.equal((await tryFrom('10.0.2.1', 'supervisor', TEST_PASSWORD)).status, 303);
  });

  it('signing in rightly many times › is no try', async () => {
    for (let i = 0; i < 12; i += 1)
      assert.equal((await tryFrom('10.0.0.1', 'dispatcher', TEST_PASSWORD)).status, 303);
  });

  it('the page that was wanted › is reached; another site never is', async () => {
    const asked = await supertest(town.app).get('/desk?tab=all').set('Accept', 'text/html');
    assert.equal(asked.status, 303);
    assert.equal(asked.headers['location'], '/sign-in?back=%2Fdesk%3Ftab%3Dall');
    const form = await supertest(town.app).get('/sign-in?back=%2Fdesk%3Ftab%3Dall');
    assert.match(form.text, /name="back" value="\/desk\?tab=all"/);

    for (const [back, leadsTo] of [
      ['/desk?tab=all', '/desk?tab=all'],
      ['//evil.example/desk', '/'],
      ['https://evil.example/', '/'],
      ['/\\evil.example', '/'],
    ]) {
      const answer = await supertest(town.app)
        .post('/sign-in')
        .type('form')
        .send({ username: 'dispatcher', password: TEST_PASSWORD, back });
      assert.equal(answer.headers['location'], leadsTo);
    }
  });

  it('whoever is not signed in › is refused a change without being led anywhere', async () => {
    const answer = await supertest(town.app).post('/desk/m1/assign').type('form').send({ version: 1 });
    assert.equal(answer.status, 401);
  });

  it('an administrator › begins at the administration, which nobody else may open', async () => {
    const answer = await tryFrom('10.0.0.1', 'admin', TEST_PASSWORD);
    assert.equal(answer.headers['location'], '/administration');
    const auditor = await signedInAs(town, 'auditor');
    assert.equal((await auditor.get('/administration')).status, 403);
  });
});

describe('changing one’s password', () => {
  let town: TestTown;
  beforeEach(async () => {
    town = await openTestTown('2026-09-24T02:00:00Z');
  });
  afterEach(() => town.end());

  const NEXT = 'seven grey herons';
  const form = { current: TEST_PASSWORD, next: NEXT, again: NEXT };

  it('rightly › counts at once, keeps this browser and ends the others', async () => {
    const here = await signedInAs(town, 'roads-head');
    const there = await signedInAs(town, 'roads-head');

    const answer = await here.post('/account/password').type('form').send(form);

    assert.equal(answer.status, 303);
    assert.equal((await here.get('/desk')).status, 200);
    assert.equal((await there.get('/desk')).status, 303);
    const again = supertest(town.app).post('/sign-in').type('form');
    assert.equal((await again.send({ username: 'roads-head', password: NEXT })).status, 303);
  });

  for (const [wrong, patch, sentence] of [
    ['the present password', { current: 'not this one' }, '现在的密码不对'],
    ['a short one', { next: 'short', again: 'short' }, '新密码太短，至少要 10 个字'],
    ['two that differ', { again: 'seven grey geese' }, '两次输入的新密码不一样'],
  ] as const) {
    it(`${wrong} › is named, and nothing changes`, async () => {
      const browser = await signedInAs(town, 'roads-head');

      const answer = await browser
        .post('/account/password')
        .type('form')
        .send({ ...form, ...patch });

      assert.equal(answer.status, 422);
      assert.ok(seen(answer.text).includes(sentence), seen(answer.text));
      await signedInAs(town, 'roads-head');
    });
  }

  it('without signing in › is refused', async () => {
    assert.equal((await supertest(town.app).post('/account/password').type('form').send(form)).status, 401);
    assert.equal((await supertest(town.app).get('/account/password')).status, 303);
  });
});
