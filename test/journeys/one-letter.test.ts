import assert from 'node:assert/strict';
import { fillIn, openBrowser, pageText, sendLetter, startLetter } from '../letters/filing-support.ts';
import { signedInAs, type Browser } from '../support/sign-in.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';

/** A clock fixed at a Thursday morning before the Mid-Autumn and National Day weeks. */
const THURSDAY = '2026-09-24T02:00:00Z';
const ANSWER =
  '李小满您好，您反映的文昌路中段路面破损，养护队已于9月28日完成修补并复测平整度。如再有破损，请拨打养护热线。';

describe('one letter, from the form to the figures, over HTTP and by the clock', () => {
  let town: TestTown;
  let citizen: Browser;
  let office: Browser;
  let handler: Browser;
  let head: Browser;
  let number = '';
  let code = '';
  before(async () => {
    town = await openTestTown(THURSDAY);
    office = await signedInAs(town, 'dispatcher');
    handler = await signedInAs(town, 'roads-handler');
    head = await signedInAs(town, 'roads-head');
  });
  after(() => town.end());

  const moveTo = async (instant: string) => {
    town.at.moveTo(new Date(instant));
    await town.sweeps.advanceClocks(town.at.now());
    await town.sweeps.announceLeftovers(town.at.now());
    await town.sweeps.deliverNotices(town.at.now());
  };
  const desk = async (browser: Browser, action: string, fields: Record<string, string> = {}) => {
    const matter = await town.services.matters.byNumber(number);
    assert.ok(matter);
    const sent = Object.fromEntries(
      Object.entries(fields).map(([key, value]) => [`${action}.${key}`, value]),
    );
    await browser
      .post(`/desk/${matter.id}/${action}`)
      .type('form')
      .send({ version: String(matter.version), ...sent })
      .expect(303);
  };

  it('Li Xiaoman writes, and gets a number, a code and a day', async () => {
    citizen = await startLetter(town);
    await fillIn(citizen);
    ({ number, code } = await sendLetter(citizen));
    assert.match(number, /^2026-000001-\d$/);
    assert.match(code, /^[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}$/);
    const receipt = pageText((await citizen.get('/letters/receipt').expect(200)).text);
    assert.match(receipt, /2026-10-09/); // 28, 29, 30 Sep, 8 and 9 Oct
  });

  it('the office sees it first in the list, with the roads bureau suggested, and hands it on', async () => {
    const list = pageText((await office.get('/desk').expect(200)).text);
    assert.ok(list.includes(number));
    const matter = await town.services.matters.byNumber(number);
    const page = pageText((await office.get(`/desk/${matter?.id}`).expect(200)).text);
    assert.match(page, /交通局/);
    await desk(office, 'takeForSorting');
    await desk(office, 'assign', { unit: 'roads' });
  });

  it('the unit signs, and its leader is reminded on the phone before the week is over', async () => {
    await desk(handler, 'signFor');
    await desk(handler, 'takeInHand');
    await moveTo('2026-10-08T01:00:00Z');
    const reminders = town.sent.sms.filter(({ template }) => template === 'reminder');
    assert.deepEqual(
      reminders.map(({ to }) => to),
      ['13800000011'],
    );
    assert.ok(reminders[0]?.text.includes(number));
  });

  it('unanswered, it turns yellow, then red', async () => {
    await moveTo('2026-10-09T09:30:00Z');
    assert.equal((await town.services.getTownBoard()).cards.yellow, 1);
    await moveTo('2026-10-12T09:30:00Z');
    const board = await town.services.getTownBoard();
    assert.deepEqual(board.cards, { yellow: 0, red: 1 });
    assert.ok(town.sent.sms.some(({ template, to }) => template === 'redCard' && to === '13800000003'));
    const supervisor = await signedInAs(town, 'supervisor');
    const worklist = pageText((await supervisor.get('/desk').expect(200)).text);
    assert.ok(worklist.includes(number) && worklist.includes('红牌'));
  });

  it('drafted by one and approved by another, the answer reaches the writer by mail', async () => {
    await desk(handler, 'draft', { text: ANSWER, resolution: 'solved' });
    await desk(handler, 'submitForReview');
    await desk(head, 'approve');
    await moveTo('2026-10-12T09:40:00Z');
    const mail = town.sent.mail.find(({ template }) => template === 'answered');
    assert.equal(mail?.to, 'li@mail.example');
    assert.ok(mail?.text.includes('完成修补'));
    assert.ok(!mail?.text.includes(code));
  });

  it('published, everyone reads question and answer, and nothing private', async () => {
    await openBrowser(town).get(`/answers/${number}`).expect(404);
    await desk(office, 'publish');
    const page = pageText((await openBrowser(town).get(`/answers/${number}`).expect(200)).text);
    assert.match(page, /文昌路中段路面有一个大坑/);
    assert.match(page, /完成修补/);
    assert.doesNotMatch(page, /13800001234|李小满|li@mail|惠民巷88号/);
    const found = pageText((await openBrowser(town).get('/answers?words=大坑').expect(200)).text);
    assert.ok(found.includes(number) || found.includes('文昌路中段路面破损'));
  });

  it('she follows it with number and code, and rates it once', async () => {
    const browser = openBrowser(town);
    await browser.post('/letters/track').type('form').send({ number, code: '22222-22222' }).expect(403);
    await browser.post('/letters/track').type('form').send({ number, code }).expect(303);
    const mine = pageText((await browser.get('/letters/mine').expect(200)).text);
    assert.match(mine, /完成修补/);
    await browser
      .post('/letters/mine/rate')
      .type('form')
      .send({ overall: '2', solved: 'partly', words: '慢了些' })
      .expect(303);
    await browser.post('/letters/mine/rate').type('form').send({ overall: '5', solved: 'yes' }).expect(409);
  });

  it('and it is counted: late, answered, public, rated but not satisfied', async () => {
    const { body } = await openBrowser(town).get('/figures.json?from=2026-09-01&to=2026-09-30').expect(200);
    const { received, valid, answered, published, onTime, satisfied } = body.own;
    assert.deepEqual(
      { received, valid, answered, published },
      { received: 1, valid: 1, answered: 1, published: 1 },
    );
    assert.deepEqual([onTime.numerator, onTime.denominator], [0, 1]);
    assert.deepEqual([satisfied.numerator, satisfied.denominator], [0, 1]);
  });

  it('closes by itself when the writer says no more', async () => {
    await moveTo('2026-11-10T02:00:00Z');
    assert.equal((await town.services.matters.byNumber(number))?.state, 'closed');
  });
});
