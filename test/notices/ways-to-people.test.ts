import assert from 'node:assert/strict';
import { CITIZEN_ACTIONS } from '../../src/letters/citizen-actions.ts';
import type { Notice } from '../../src/notices/notice.ts';
import { brokenSmsGateway, SMS_DRIVERS, type Fault } from '../support/bad-gateways.ts';
import { act, aLetterIn, anAssigned, WRITER } from '../support/letters.ts';
import { aMailServer, type MailServer } from '../support/mail-server.ts';
import { seen, signedInAs } from '../support/sign-in.ts';
import { openTestTown, TEST_PEOPLE, type TestTown } from '../support/test-town.ts';

const says =
  (status: string): Fault =>
  (socket) =>
    void socket.end(`HTTP/1.1 ${status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);

/** A town whose SMS gateway says one thing to every message until it is mended, and a mail server that can refuse. */
async function aTownWith(smsFault: Fault, instant: string) {
  const [generic] = SMS_DRIVERS;
  assert.ok(generic);
  const sms = await brokenSmsGateway(generic, smsFault);
  const mail: MailServer = await aMailServer();
  const town = await openTestTown(instant, {
    SMS_URL: sms.url,
    SMTP_URL: mail.url,
    MAIL_FROM: 'box@town.example',
  });
  return {
    town,
    sms,
    mail,
    /** By the clock, as the jobs do it. */
    async goOnTo(next: string): Promise<void> {
      town.at.moveTo(new Date(next));
      await town.sweeps.advanceClocks(town.at.now());
      await town.sweeps.deliverSms(town.at.now());
      await town.sweeps.deliverMail(town.at.now());
    },
    async end(): Promise<void> {
      await town.end();
      await sms.close();
      await mail.close();
    },
  };
}

type Gateways = Awaited<ReturnType<typeof aTownWith>>;

const stateOf = ({ template, channel, state, remark }: Notice): string =>
  `${template} ${channel} ${state} ${remark}`.trim();

const statesOf = async (town: TestTown, id: string, template: string): Promise<string[]> =>
  (await town.services.notices.ofMatter(id))
    .filter((notice) => notice.template === template)
    .map(stateOf)
    .toSorted();

describe('what reaches nobody by one way', () => {
  let all: Gateways;
  afterEach(() => all.end());

  it('a warning to a head whose telephone and mailbox refuse it › lies on the desk until it is read', async () => {
    all = await aTownWith(says('422 Unprocessable'), '2026-09-23T02:00:00Z');
    const { town, mail } = all;
    mail.answersTo.set('roads-head@town.example', '550 5.1.1 no such user');
    const { id, number } = await anAssigned(town, 'roads');
    await all.goOnTo('2026-09-24T09:31:00Z');
    assert.deepEqual(await statesOf(town, id, 'signOverdue'), [
      'signOverdue board sent mail',
      'signOverdue mail failed 550 5.1.1',
      'signOverdue sms failed HTTP 422',
    ]);
    const head = await signedInAs(town, 'roads-head');
    const desk = await head.get('/desk').expect(200);
    assert.match(seen(desk.text), new RegExp(`没有送到您手机和邮箱的通知.*${number}：签收超时提醒`));
    const other = await signedInAs(town, 'water-head');
    assert.ok(!seen((await other.get('/desk').expect(200)).text).includes('没有送到'));
    const key = `${id}/v1/signOverdue/p-roads-head/board`;
    await other.post('/desk/board/read').type('form').send({ key }).expect(303);
    assert.ok(seen((await head.get('/desk')).text).includes('签收超时提醒'), 'nobody reads it for another');
    await head.post('/desk/board/read').type('form').send({ key }).expect(303).expect('location', '/desk');
    assert.ok(!seen((await head.get('/desk')).text).includes('签收超时提醒'));
    assert.deepEqual((await statesOf(town, id, 'signOverdue'))[0], 'signOverdue board delivered mail');
  });

  it('a writer’s SMS that the gateway refuses › goes by mail, where there is an address', async () => {
    all = await aTownWith(says('422 Unprocessable'), '2026-09-23T02:00:00Z');
    const { town, mail } = all;
    const { id } = await aLetterIn(town, { reachBy: 'sms' });
    const silent = await aLetterIn(town, {
      title: '另一件事情要办',
      reachBy: 'sms',
      writer: { ...WRITER, phone: '13700009999', mail: '' },
    });
    await all.goOnTo('2026-09-23T02:01:00Z');
    assert.deepEqual(
      mail.received.map(({ to }) => to),
      [['li@mail.example']],
    );
    assert.deepEqual(await statesOf(town, id, 'received'), [
      'received mail sent',
      'received sms failed HTTP 422',
    ]);
    assert.deepEqual(await statesOf(town, silent.id, 'received'), [
      'received mail suppressed no address',
      'received sms failed HTTP 422',
    ]);
  });

  it('a second try that would come at night › waits for eight in the morning', async () => {
    all = await aTownWith(says('503 Busy'), '2026-09-23T12:50:00Z'); // 20:50
    const { town, sms } = all;
    await aLetterIn(town, { reachBy: 'sms' });
    await all.goOnTo('2026-09-23T12:55:00Z');
    await all.goOnTo('2026-09-23T12:57:00Z');
    assert.equal(sms.asked(), 2);
    sms.mend();
    for (const night of ['2026-09-23T13:02:00Z', '2026-09-23T18:00:00Z', '2026-09-23T23:58:00Z'])
      await all.goOnTo(night);
    assert.deepEqual(sms.taken, []);
    await all.goOnTo('2026-09-24T00:00:00Z');
    assert.equal(sms.taken.length, 1);
  });

  it('a step that an extension has overtaken while the gateway was down › is not said any more', async () => {
    all = await aTownWith(says('503 Busy'), '2026-11-02T02:00:00Z');
    const { town, sms } = all;
    const { id } = await anAssigned(town, 'roads');
    await act(town, 'roads-handler', id, 'signFor');
    await act(town, 'roads-handler', id, 'takeInHand');
    await all.goOnTo('2026-11-06T01:01:00Z'); // one working day before it is due
    const reminded = await statesOf(town, id, 'reminder');
    assert.deepEqual(reminded, ['reminder mail sent', 'reminder sms queued SMS gateway answered 503']);
    await act(town, 'roads-head', id, 'askExtension', { days: 5, text: '需要现场勘查' });
    await act(town, 'supervisor', id, 'grantExtension');
    sms.mend();
    await all.goOnTo('2026-11-06T01:10:00Z');
    assert.deepEqual(await statesOf(town, id, 'reminder'), [
      'reminder mail sent',
      'reminder sms suppressed moot',
    ]);
  });
});

describe('what happens when nobody works', () => {
  let town: TestTown;
  afterEach(() => town.end());

  const goOnTo = async (next: string): Promise<void> => {
    town.at.moveTo(new Date(next));
    await town.sweeps.advanceClocks(town.at.now());
    await town.sweeps.deliverNotices(town.at.now());
  };
  const toStaff = () =>
    town.sent.mail
      .filter(({ to }) => to.endsWith('@town.example'))
      .map(({ to, template }) => `${template} ${to}`);

  it('is told to staff on Monday at eight, in the order in which it happened', async () => {
    town = await openTestTown('2026-11-07T03:00:00Z'); // Saturday
    const { id } = await anAssigned(town, 'roads');
    const note = { text: '补充：夜里没有路灯', overall: 3, solved: 'no' } as const;
    await town.services.changeMatter(id, CITIZEN_ACTIONS.addNote(note, []));
    for (const off of ['2026-11-07T09:00:00Z', '2026-11-08T04:00:00Z', '2026-11-08T23:59:00Z'])
      await goOnTo(off);
    assert.deepEqual(toStaff(), []);
    assert.deepEqual(
      town.sent.mail.map(({ to, template }) => [to, template]),
      [
        [WRITER.mail, 'received'],
        [WRITER.mail, 'assigned'],
      ],
      'the writer hears at once',
    );
    await goOnTo('2026-11-09T00:00:00Z');
    assert.deepEqual(toStaff(), [
      'assigned roads-head@town.example',
      'assigned roads-handler@town.example',
      'noted roads-handler@town.example',
    ]);
  });

  it('was due on Friday, but the program was down until Saturday night › waits for Monday', async () => {
    town = await openTestTown('2026-11-05T02:00:00Z'); // Thursday
    await anAssigned(town, 'roads');
    await goOnTo('2026-11-05T02:01:00Z');
    town.sent.mail.length = 0;
    town.sent.sms.length = 0;
    town.at.moveTo(new Date('2026-11-06T09:31:00Z'));
    await town.sweeps.advanceClocks(town.at.now());
    await goOnTo('2026-11-07T15:00:00Z');
    assert.deepEqual([toStaff(), town.sent.sms], [[], []]);
    await goOnTo('2026-11-09T00:00:00Z');
    assert.deepEqual(toStaff(), ['signOverdue roads-head@town.example']);
    assert.deepEqual(
      town.sent.sms.map(({ to }) => to),
      ['13800000011'],
    );
  });

  it('handed on again before Monday › only the unit that has it hears of it', async () => {
    town = await openTestTown('2026-11-07T03:00:00Z');
    const { id } = await anAssigned(town, 'roads');
    await act(town, 'dispatcher', id, 'takeBack', { text: '应由水务局办理' });
    await act(town, 'dispatcher', id, 'assign', { unit: 'water' });
    await goOnTo('2026-11-09T00:00:00Z');
    assert.deepEqual(toStaff(), ['assigned water-head@town.example', 'assigned water-handler@town.example']);
  });

  it('yesterday’s digest, which no mail server took › is not sent beside today’s', async () => {
    town = await openTestTown('2026-11-05T02:00:00Z');
    await anAssigned(town, 'roads');
    await town.sweeps.tellHeads(new Date('2026-11-05T09:20:00Z'));
    await town.sweeps.tellHeads(new Date('2026-11-06T01:00:00Z'));
    await goOnTo('2026-11-06T01:00:00Z');
    assert.deepEqual(
      toStaff().filter((line) => line.startsWith('digest')),
      ['digest roads-head@town.example'],
    );
  });
});

describe('of a report', () => {
  let town: TestTown;
  beforeEach(async () => {
    town = await openTestTown('2026-11-03T02:00:00Z');
  });
  afterEach(() => town.end());

  const person = (username: string) => {
    const found = TEST_PEOPLE.find((each) => each.username === username);
    assert.ok(found);
    return found;
  };
  const away = (username: string, standIn: string) =>
    town.services.directory.savePerson({
      ...person(username),
      absence: { from: '2026-11-02', to: '2026-11-13', standIn },
    });
  const goOnTo = async (next: string): Promise<void> => {
    town.at.moveTo(new Date(next));
    await town.sweeps.advanceClocks(town.at.now());
    await town.sweeps.tellHeads(town.at.now());
    await town.sweeps.deliverNotices(town.at.now());
  };
  const heard = (username: string) =>
    [...town.sent.mail, ...town.sent.sms].filter(({ to }) =>
      [person(username).mail, person(username).phone].includes(to),
    );

  const aReport = async (accused: readonly string[], title = '举报收受礼金') => {
    const { id, number } = await aLetterIn(town, { kind: 'report', title });
    await act(town, 'dispatcher', id, 'nameAccused', { accused });
    return { id, number };
  };

  it('nobody of a unit it accuses hears, not even who stands in there', async () => {
    await away('roads-head', 'p-water-head');
    const { id, number } = await aReport(['water']);
    await act(town, 'dispatcher', id, 'assign', { unit: 'roads' });
    const { number: open } = await anAssigned(town, 'roads', { title: '路面有坑请修补' });
    for (const instant of ['2026-11-03T02:10:00Z', '2026-11-04T09:31:00Z', '2026-11-12T09:31:00Z'])
      await goOnTo(instant);
    const standIn = heard('water-head');
    assert.ok(
      standIn.some(({ text }) => text.includes(open)),
      'who stands in hears of the rest',
    );
    assert.ok(standIn.some(({ template }) => template === 'digest'));
    for (const { text, template } of standIn) assert.ok(!text.includes(number), `${template}: ${text}`);
    assert.ok(
      heard('roads-head').some(({ text }) => text.includes(number)),
      'the one who is away hears instead',
    );
  });

  it('that accuses the office, the office hears nothing more; the leader does', async () => {
    const { id, number } = await aReport(['mailbox-office']);
    await goOnTo('2026-11-04T09:31:00Z');
    await goOnTo('2026-11-30T09:31:00Z');
    assert.ok((await town.services.matters.byId(id))?.history.some(({ step }) => step === 'redCard'));
    for (const username of ['dispatcher', 'supervisor', 'deputy'])
      for (const { text } of heard(username)) assert.ok(!text.includes(number), `${username}: ${text}`);
    assert.ok(heard('leader').some(({ text }) => text.includes(number)));
  });

  it('a unit accused between planning and sending does not hear', async () => {
    town.at.moveTo(new Date('2026-11-07T03:00:00Z')); // Saturday
    const { id, number } = await aLetterIn(town, { kind: 'report', title: '举报收受礼金' });
    await act(town, 'dispatcher', id, 'assign', { unit: 'roads' });
    await act(town, 'dispatcher', id, 'takeBack', { text: '须回避' });
    await act(town, 'dispatcher', id, 'nameAccused', { accused: ['roads'] });
    await goOnTo('2026-11-09T02:00:00Z');
    for (const username of ['roads-head', 'roads-handler'])
      for (const { text } of heard(username)) assert.ok(!text.includes(number), text);
  });

  it('no message to anybody but its writer has a word', async () => {
    const { id } = await aReport([]);
    await act(town, 'dispatcher', id, 'assign', { unit: 'roads' });
    for (const instant of ['2026-11-03T02:10:00Z', '2026-11-04T09:31:00Z', '2026-11-12T09:31:00Z'])
      await goOnTo(instant);
    const toOthers = [...town.sent.mail, ...town.sent.sms].filter(({ to }) => to !== WRITER.mail);
    assert.ok(toOthers.length > 5);
    for (const { text, subject, params } of toOthers)
      assert.doesNotMatch(`${subject} ${text} ${JSON.stringify(params)}`, /礼金|李小满|大坑/);
  });
});
