import assert from 'node:assert/strict';
import { openTestTown, TEST_PEOPLE, type TestTown } from '../support/test-town.ts';
import { act, aLetterIn, anAssigned } from '../support/letters.ts';

describe('the heads’ digest', () => {
  let town: TestTown;
  beforeEach(async () => {
    town = await openTestTown('2026-11-23T02:00:00Z'); // Mon 10:00
  });
  afterEach(() => town.end());

  const at = async (instant: string) => {
    town.at.moveTo(new Date(instant));
    await town.sweeps.tellHeads(town.at.now());
    await town.sweeps.deliverNotices(town.at.now());
    return town.sent.mail.filter(({ template }) => template === 'digest');
  };

  it('is one mail a working day for each head with something open, the most delayed first', async () => {
    const first = await anAssigned(town, 'roads', { title: '路面有坑请修补' });
    town.at.moveTo(new Date('2026-11-25T02:00:00Z'));
    const second = await anAssigned(town, 'roads', { title: '人行道缺砖多处' });
    const mails = await at('2026-12-01T02:00:00Z');
    await at('2026-12-01T02:10:00Z');
    assert.deepEqual(
      mails.map(({ to, subject }) => [to, subject]),
      [['roads-head@town.example', '今日提要：2 件在办，1 件超期']],
    );
    const text = mails[0]?.text ?? '';
    assert.ok(text.indexOf(first.number) < text.indexOf(second.number));
    assert.match(text, /超期 1 个工作日（2026-11-30 到期/);
    assert.match(text, /还有 1 个工作日（2026-12-02 到期/);
    assert.equal((await at('2026-12-02T02:00:00Z')).length, 2);
  });

  it('names a report by its number alone', async () => {
    const report = await anAssigned(town, 'roads', { kind: 'report', title: '举报收受礼金' });
    const [mail] = await at('2026-11-24T02:00:00Z');
    assert.ok(mail?.text.includes(report.number));
    assert.doesNotMatch(mail?.text ?? '', /礼金/);
  });

  it('says what is due today, and that the clock of a letter stands still while its writer is asked', async () => {
    const due = await anAssigned(town, 'roads');
    const asked = await anAssigned(town, 'roads');
    await act(town, 'roads-handler', asked.id, 'signFor');
    await act(town, 'roads-handler', asked.id, 'pause', { text: '请问在哪一侧？' });
    const [today] = await at('2026-11-30T02:00:00Z');
    assert.match(today?.text ?? '', new RegExp(`${due.number} [^\\n]*：今天到期`));
    assert.match(today?.text ?? '', new RegExp(`${asked.number} [^\\n]*：等来信人补充，时限暂停`));
    const [, later] = await at('2026-12-01T02:00:00Z');
    assert.equal(later?.subject, '今日提要：2 件在办，1 件超期');
  });

  it('comes neither before the office opens, nor after it closed, nor on a day off', async () => {
    await anAssigned(town, 'roads');
    assert.equal((await at('2026-11-24T00:59:00Z')).length, 0);
    assert.equal((await at('2026-11-24T09:31:00Z')).length, 0);
    assert.equal((await at('2026-11-28T02:00:00Z')).length, 0);
    assert.equal((await at('2026-11-30T01:00:00Z')).length, 1);
  });

  it('says nothing when nothing is open', async () => {
    await aLetterIn(town);
    assert.equal((await at('2026-11-24T02:00:00Z')).length, 0);
  });

  it('goes to whoever stands in, as do the steps of the ladder', async () => {
    await anAssigned(town, 'roads');
    const head = TEST_PEOPLE.find(({ username }) => username === 'roads-head');
    assert.ok(head);
    const absence = { from: '2026-11-23', to: '2026-11-27', standIn: 'p-roads-handler' };
    await town.services.directory.savePerson({ ...head, absence });
    const [mail] = await at('2026-11-24T02:00:00Z');
    assert.equal(mail?.to, 'roads-handler@town.example');
    town.sent.sms.length = 0;
    town.at.moveTo(new Date('2026-11-24T09:31:00Z'));
    await town.sweeps.advanceClocks(town.at.now());
    await town.sweeps.deliverNotices(town.at.now());
    assert.deepEqual(
      town.sent.sms.map(({ to, template }) => [to, template]),
      [['13800000012', 'signOverdue']],
    );
  });
});

describe('a calendar that is not loaded', () => {
  let town: TestTown;
  beforeEach(async () => {
    town = await openTestTown('2026-10-30T02:00:00Z');
  });
  afterEach(() => town.end());

  const warnings = async (instant: string) => {
    town.at.moveTo(new Date(instant));
    await town.sweeps.checkCalendar(town.at.now());
    await town.sweeps.deliverNotices(town.at.now());
    return town.sent.mail.filter(({ template }) => template === 'calendarMissing').map(({ to }) => to);
  };

  it('is told to the administrators from 1 November on, once a week', async () => {
    assert.deepEqual(await warnings('2026-10-30T02:00:00Z'), []);
    assert.deepEqual(await warnings('2026-11-01T02:00:00Z'), [], 'a Sunday: it waits for Monday');
    assert.deepEqual(await warnings('2026-11-02T02:00:00Z'), ['admin@town.example', 'admin@town.example']);
    assert.equal((await warnings('2026-11-04T02:00:00Z')).length, 2);
    assert.equal((await warnings('2026-11-09T02:00:00Z')).length, 3);
  });

  it('is reckoned anew once it is there: other day, event, new warning times; and told no longer', async () => {
    town.at.moveTo(new Date('2026-12-28T02:00:00Z'));
    const { id } = await anAssigned(town, 'roads');
    const before = await town.services.matters.byId(id);
    assert.deepEqual([before?.clock.reply.dueOn, before?.clock.reply.isProvisional], ['2027-01-04', true]);
    const admin = { id: 'p-admin', name: 'admin', role: 'administrator', unit: null } as const;
    const sum = await town.services.keepCalendar.takeYears(
      [{ year: 2027, holidays: { '2027-01-01': { zh: '元旦', en: 'New Year' } }, makeUpDays: {} }],
      admin,
    );
    assert.deepEqual([sum.later, sum.earlier, sum.over], [1, 0, 0]);
    const after = await town.services.matters.byId(id);
    assert.deepEqual([after?.clock.reply.dueOn, after?.clock.reply.isProvisional], ['2027-01-05', false]);
    assert.equal(after?.history.at(-1)?.what, 'reckon');
    assert.deepEqual(await warnings('2026-12-29T02:00:00Z'), []);
  });

  it('what a crash left between calendar and clocks is made up by the next check', async () => {
    town.at.moveTo(new Date('2026-12-28T02:00:00Z'));
    const { id } = await anAssigned(town, 'roads');
    await town.services.calendar.saveYear(
      { year: 2027, holidays: { '2027-01-01': { zh: '元旦', en: 'New Year' } }, makeUpDays: {} },
      { by: 'p-admin', at: town.at.now() },
    );
    await new Promise((resolve) => setTimeout(resolve, 2100));
    assert.equal(await town.sweeps.checkCalendar(town.at.now()), 1);
    assert.equal((await town.services.matters.byId(id))?.clock.reply.dueOn, '2027-01-05');
  });
});

describe('a policy that a town adopts', () => {
  let town: TestTown;
  beforeEach(async () => {
    town = await openTestTown('2026-11-23T02:00:00Z');
  });
  afterEach(() => town.end());

  const admin = { id: 'p-admin', name: 'admin', role: 'administrator', unit: null } as const;
  const draft = async (days: number) => {
    const { version: _version, ...policy } = (await town.services.getTownTimes()).policyOn('2026-11-23');
    return { ...policy, reply: { amount: days, unit: 'workingDays' } as const };
  };

  it('holds for new letters only, unless asked', async () => {
    const old = await anAssigned(town, 'roads');
    assert.equal(
      await town.services.changePolicy.adopt(await draft(10), { after: null, movesRunning: false }, admin),
      null,
    );
    const fresh = await aLetterIn(town);
    assert.equal(fresh.clock.policy, 'letter-box@2');
    assert.equal(fresh.clock.reply.dueOn, '2026-12-07');
    const before = await town.services.matters.byId(old.id);
    assert.deepEqual([before?.clock.policy, before?.clock.reply.dueOn], ['letter-box@1', '2026-11-30']);
  });

  it('is previewed, then moves what runs, with an event', async () => {
    const old = await anAssigned(town, 'roads');
    const preview = await town.services.changePolicy.preview(await draft(10));
    assert.deepEqual(
      [preview.later, preview.examples],
      [1, [{ number: old.number, before: '2026-11-30', after: '2026-12-07' }]],
    );
    assert.equal((await town.services.matters.byId(old.id))?.clock.reply.dueOn, '2026-11-30');
    const sum = await town.services.changePolicy.adopt(
      await draft(10),
      { after: null, movesRunning: true },
      admin,
    );
    assert.equal(sum?.later, 1);
    const after = await town.services.matters.byId(old.id);
    assert.deepEqual([after?.clock.policy, after?.clock.reply.dueOn], ['letter-box@2', '2026-12-07']);
    assert.equal(after?.history.at(-1)?.why, 'policy');
  });
});
