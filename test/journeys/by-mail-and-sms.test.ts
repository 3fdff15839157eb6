import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import supertest from 'supertest';
import { compose } from '../../src/compose.ts';
import { shiftWorkingDays } from '../../src/domain/clocks/working-calendar.ts';
import { dayOf, instantOf } from '../../src/domain/clocks/zoned-day.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { openEmbeddedStore } from '../../src/platform/embedded/embedded-store.ts';
import { makeLog } from '../../src/platform/log.ts';
import { KannelBoxes, kannelIsInstalled, until } from '../notices/channels/sms/kannel-boxes.ts';
import { CHINA } from '../support/builders.ts';
import { startChild, type ChildProgram } from '../support/child-program.ts';
import { startDovecot, type Mailbox } from '../support/dovecot.ts';
import { aMailServer, bodyOf, headerOf, type MailServer } from '../support/mail-server.ts';
import { aMail } from '../support/mails.ts';
import { freePort } from '../support/served-program.ts';
import { seen, type Browser } from '../support/sign-in.ts';
import { TEST_PASSWORD, TEST_PEOPLE, TEST_TOWN, TEST_UNITS } from '../support/test-town.ts';

const PHONE = '13800001234';
const HEADS_PHONE = '13800000011';
const TITLE = '文昌路路面破损';
const WORDS = '文昌路中段路面有一个大坑，夜里很危险，请派人修补。';
const BY_SMS = '补充一句：路灯也不亮';
const BY_MAIL = '谢谢你们，东侧还有一处小坑没有补。';
const ANSWER = '李小满您好，您反映的文昌路中段路面破损，养护队已经完成修补并复测平整度，夜间照明也已恢复。';

/** The next morning on which the office works, and the evening of the working day after it: then the unit has not signed. */
const MORNING = shiftWorkingDays(dayOf(new Date(), CHINA.zone), 1, CHINA);
const FIRST = instantOf(MORNING, '10:00', CHINA.zone);
const SECOND = instantOf(shiftWorkingDays(MORNING, 1, CHINA), '17:31', CHINA.zone);

describe('a letter by mail, its reminder by SMS and its answer by mail, by the real program', function () {
  this.timeout(60_000);
  this.bail(true);
  let folder = '';
  let port = 0;
  let address = '';
  let box: Mailbox;
  let mails: MailServer;
  let program: ChildProgram | null = null;
  const boxes = new KannelBoxes();
  const logged: string[] = [];
  let number = '';
  let code = '';
  let matter = '';

  before(async function () {
    const started = kannelIsInstalled() ? await startDovecot() : null;
    if (!started) this.skip();
    box = started;
    mails = await aMailServer();
    folder = mkdtempSync(join(tmpdir(), 'huiyin-by-mail-'));
    port = await freePort();
    address = `http://127.0.0.1:${port}`;
    await setUpTown(folder);
  });
  after(async () => {
    await program?.kill();
    await boxes.stop();
    await box?.end();
    await mails?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const settings = () => ({
    DATA_DIR: folder,
    PORT: String(port),
    BASE_URL: address,
    MONGODB_URI: '',
    LOG_LEVEL: 'debug',
    MAIL_FROM: '区长信箱 <box@town.example>',
    SMTP_URL: mails.url,
    IMAP_URL: box.url,
  });

  /** From then on, as its clock has it. */
  async function serve(at: Date, env: NodeJS.ProcessEnv = {}): Promise<ChildProgram> {
    program = startChild('dist/src/server.js', [], {
      env: { ...settings(), ...env },
      wrongByMs: at.getTime() - Date.now(),
    });
    await program.said(/citizens/);
    return program;
  }
  async function end(running: ChildProgram): Promise<void> {
    assert.equal(await running.stop(), 0);
    logged.push(...running.lines);
    program = null;
  }

  async function signedIn(username: string): Promise<Browser> {
    const browser = supertest.agent(address).set('Accept-Language', 'zh-CN').set('Accept', 'text/html');
    await browser.post('/sign-in').type('form').send({ username, password: TEST_PASSWORD }).expect(303);
    return browser;
  }
  /** What the administrator's button does; else a job waits for its minute. */
  async function runNow(...jobs: readonly string[]): Promise<void> {
    const admin = await signedIn('admin');
    for (const job of jobs) await admin.post(`/administration/jobs/${job}/run`).expect(303);
  }
  async function act(username: string, action: string, fields: Record<string, string> = {}): Promise<void> {
    const browser = await signedIn(username);
    const page = await browser.get(`/desk/${matter}`).expect(200);
    const version = /name="version" value="(\d+)"/.exec(page.text)?.[1];
    const sent = Object.fromEntries(
      Object.entries(fields).map(([key, value]) => [`${action}.${key}`, value]),
    );
    await browser
      .post(`/desk/${matter}/${action}`)
      .type('form')
      .send({ version, ...sent })
      .expect(303);
  }
  const pageFor = async (username: string): Promise<string> =>
    seen((await (await signedIn(username)).get(`/desk/${matter}`).expect(200)).text);
  const mailTo = (to: string, subject: RegExp) =>
    mails.received.find((mail) => mail.to.includes(to) && subject.test(bodyOf(mail.raw)));

  it('comes in by mail; number and code go back to its writer', async () => {
    await box.put(aMail({ subject: TITLE, text: WORDS }));
    await serve(FIRST);
    await runNow('take-in-mail');
    await until(() => mailTo('li@mail.example', /查询码[:：]/) !== undefined);
    const told = bodyOf(mailTo('li@mail.example', /查询码[:：]/)?.raw ?? '');
    number = /\d{4}-\d{6}-\d/.exec(told)?.[0] ?? '';
    code = /[2-9A-Z]{5}-[2-9A-Z]{5}/.exec(told)?.[0] ?? '';
    assert.ok(number && code, told);
    assert.deepEqual([await box.countIn('INBOX'), await box.countIn('Processed')], [0, 1]);
  });

  it('is handed on; the head of the unit hears by mail', async () => {
    const found = await (await signedIn('dispatcher')).get('/desk').query({ find: number }).expect(303);
    matter = /^\/desk\/([^?]+)/.exec(found.headers['location'] ?? '')?.[1] ?? '';
    assert.ok(matter, found.headers['location']);
    await act('dispatcher', 'assign', { unit: 'roads' });
    await runNow('deliver-mail');
    await until(() => mailTo('roads-head@town.example', new RegExp(number)) !== undefined);
    assert.ok(program);
    await end(program);
  });

  it('unsigned a working day later, it is on the head’s telephone, and the network says that it arrived', async () => {
    const gateways = spawnSync(process.execPath, ['dist/src/command.js', 'gateways'], {
      env: { ...process.env, ...settings(), LOG_LEVEL: 'silent' },
      encoding: 'utf8',
    });
    await boxes.start({ incomingUrl: JSON.parse(gateways.stdout).incoming });
    await serve(SECOND, {
      SMS_URL: `kannel+http://huiyin:s%40cret@127.0.0.1:${boxes.sendsmsPort}?from=10690000`,
    });
    await boxes.openNetwork(PHONE, `${number} ${code} ${BY_SMS}`);
    await runNow('advance-clocks');
    await until(async () => /签收超时提醒/.test(await pageFor('roads-head')));
    await runNow('deliver-sms');
    const heard = () =>
      boxes.onTheAir
        .filter(({ to }) => to === HEADS_PHONE)
        .map(({ bytes }) => Buffer.from(bytes).swap16().toString('utf16le'));
    await until(() => heard().length > 0);
    assert.deepEqual(heard(), [`信件${number}已超过签收时限，请立即签收。`]);
    await until(async () => /短信[^。]{0,40}已送达/.test(await pageFor('roads-head')));
  });

  it('what its writer added by SMS is a note, and the telephone is told so', async () => {
    await until(async () => (await pageFor('roads-handler')).includes(BY_SMS));
    await until(() => boxes.onTheAir.some(({ to }) => to === PHONE));
  });

  it('answered, the answer goes to its writer by mail', async () => {
    const confirmation = number.replaceAll(/\D/g, '').slice(-4);
    await act('roads-handler', 'signFor');
    await act('roads-handler', 'draft', { text: ANSWER, resolution: 'solved' });
    await act('roads-handler', 'submitForReview', { confirmation });
    await act('roads-head', 'approve', { confirmation });
    await runNow('deliver-mail');
    await until(() => mailTo('li@mail.example', /完成修补/) !== undefined);
  });

  it('what its writer answers by mail is a note', async () => {
    const { raw } = mailTo('li@mail.example', /完成修补/) ?? { raw: '' };
    await box.put(
      aMail({
        to: headerOf(raw, 'Reply-To') ?? '',
        subject: `Re: ${TITLE}`,
        text: `${BY_MAIL}\n\n> ${ANSWER}`,
        headers: [`In-Reply-To: ${headerOf(raw, 'Message-ID')}`],
      }),
    );
    await runNow('take-in-mail');
    await until(async () => (await pageFor('roads-handler')).includes(BY_MAIL));
    assert.deepEqual([await box.countIn('INBOX'), await box.countIn('Processed')], [0, 2]);
  });

  it('and nothing of it is in the log', async () => {
    assert.ok(program);
    await end(program);
    const told = logged.join('\n');
    assert.match(told, /job\.done/);
    const words = [
      TITLE,
      WORDS,
      BY_SMS,
      BY_MAIL,
      ANSWER,
      code,
      PHONE,
      HEADS_PHONE,
      'li@mail.example',
      '李小满',
    ];
    for (const secret of words) assert.ok(!told.includes(secret), secret);
  });
});

async function setUpTown(folder: string): Promise<void> {
  const store = await openEmbeddedStore({ dataDir: folder, whenRunning: 'refuse' });
  const huiyin = await compose({
    config: readConfig({}),
    mongodbUri: store.uri,
    rootDir: process.cwd(),
    clock: systemClock,
    log: makeLog('silent'),
  });
  const { directory, credentials, passwords } = huiyin.services;
  await directory.saveTown(TEST_TOWN);
  for (const unit of TEST_UNITS) await directory.saveUnit(unit);
  const hash = await passwords.hash(TEST_PASSWORD);
  for (const person of TEST_PEOPLE) {
    await directory.savePerson(person);
    await credentials.setHash(person.id, hash);
  }
  await huiyin.close();
  await store.close();
}
