import assert from 'node:assert/strict';
import { LETTER_BOX } from '../../src/domain/clocks/policy-profiles.ts';
import { signedInAs } from '../support/sign-in.ts';
import { openTestTown, TEST_TOWN, type TestTown } from '../support/test-town.ts';
import { openBrowser, startLetter } from './filing-support.ts';

const PETITIONS = { id: 'petitions', name: { zh: '信访信箱', en: 'Petitions' } };

describe('a town with two mailboxes', () => {
  let town: TestTown;
  before(async () => {
    town = await openTestTown('2026-11-23T02:00:00Z');
    await town.services.policies.add(
      {
        ...LETTER_BOX,
        version: 2,
        exceptions: [{ kinds: [], mailboxes: ['petitions'], reply: { amount: 15, unit: 'calendarDays' } }],
      },
      { by: 'p-admin', at: town.at.now() },
    );
    town.at.moveTo(new Date('2026-11-23T02:00:03Z'));
  });
  after(() => town.end());

  it('an administrator › adds one, renames it, and is told what is wrong', async () => {
    const admin = await signedInAs(town, 'admin');
    const post = (fields: object) => admin.post('/administration/mailboxes').type('form').send(fields);
    const wrong = await post({ id: '1 x', 'name.zh': '信访信箱', 'name.en': '' }).expect(422);
    assert.match(wrong.text, /value="1 x"/);
    assert.match(wrong.text, /代号须以小写字母开头/);
    assert.match(wrong.text, /value="信访信箱"/);
    await post({ id: 'petitions', 'name.zh': '信访', 'name.en': 'Petition box' }).expect(303);
    await post({ id: 'petitions', 'name.zh': '信访信箱', 'name.en': 'Petitions' }).expect(303);
    assert.deepEqual((await town.services.directory.town())?.mailboxes, [PETITIONS]);
    await (await signedInAs(town, 'dispatcher')).get('/administration/mailboxes').expect(403);
  });

  it('whoever writes › chooses one; an unknown one is refused; the letter has its promises', async () => {
    await town.services.directory.saveTown({ ...TEST_TOWN, mailboxes: [PETITIONS] });
    const browser = await startLetter(town);
    const page = await browser.get('/letters/new/matter').expect(200);
    assert.match(page.text, /写给[\s\S]*区长信箱[\s\S]*信访信箱/);
    const answers = { kind: 'complaint', title: '小区物业费收取不合理' };
    const refused = await browser
      .post('/letters/new/matter')
      .type('form')
      .send({ ...answers, mailbox: 'nobody' })
      .expect(422);
    assert.match(refused.text, /请从列出的信箱中选择一个/);
    assert.match(refused.text, /小区物业费收取不合理/);
    await browser
      .post('/letters/new/matter')
      .type('form')
      .send({ ...answers, mailbox: 'petitions' })
      .expect(303);
    await browser
      .post('/letters/new/details')
      .type('form')
      .send({ body: '物业费去年起涨了三成，没有公示，也没有征求业主意见。', place: '文昌路' })
      .expect(303);
    await browser
      .post('/letters/new/you')
      .type('form')
      .send({ name: '李小满', phone: '13800001234' })
      .expect(303);
    await browser.post('/letters/new/wish').type('form').send({ wish: 'private' }).expect(303);
    const check = await browser.get('/letters/new/check').expect(200);
    assert.match(check.text, /写给[\s\S]*信访信箱/);
    const key = /name="key" value="([^"]+)"/.exec(check.text)?.[1];
    await browser.post('/letters/new/send').type('form').send({ key }).expect(303);
    const [matter] = (
      await town.services.matters.list({
        states: [],
        unit: null,
        withSecret: true,
        order: 'newestFirst',
        page: 1,
        perPage: 1,
      })
    ).items;
    assert.ok(matter);
    assert.equal(matter.dueOn, '2026-12-08');
    const desk = await (await signedInAs(town, 'dispatcher')).get(`/desk/${matter.id}`).expect(200);
    assert.match(desk.text, /信箱[\s\S]*信访信箱/);
  });

  it('the policy’s form › promises each mailbox something of its own, and keeps what it does not show', async () => {
    await town.services.directory.saveTown({ ...TEST_TOWN, mailboxes: [PETITIONS] });
    const admin = await signedInAs(town, 'admin');
    const form = await admin.get('/administration/policy/change?from=current').expect(200);
    assert.match(form.text, /<legend>信访信箱<\/legend>/);
    assert.match(form.text, /name="box\.petitions\.amount" value="15"/);
    const shown = await admin.get('/administration/policy').expect(200);
    assert.match(shown.text, /信访信箱[\s\S]*15 天/);
    const fields = Object.fromEntries(
      [
        ...form.text.matchAll(
          /name="((?:box|kind|limit|name|opensAt|closesAt|base|after)[^"]*)"[^>]*value="([^"]*)"/g,
        ),
      ].map(([, name, value]) => [name, value]),
    );
    const wrong = await admin
      .post('/administration/policy/preview')
      .type('form')
      .send({ ...fields, 'box.petitions.amount': '0' })
      .expect(422);
    assert.match(wrong.text, /信访信箱/);
    assert.match(wrong.text, /name="box\.petitions\.amount" value="0"/);
  });

  it('a town with one › asks nobody', async () => {
    await town.services.directory.saveTown(TEST_TOWN);
    const page = await (await startLetter(town)).get('/letters/new/matter').expect(200);
    assert.doesNotMatch(page.text, /写给/);
    assert.match((await openBrowser(town, 'en').get('/letters/rules')).text, /within 5 working days/);
  });
});
