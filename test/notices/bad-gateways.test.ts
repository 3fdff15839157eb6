import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Notice } from '../../src/notices/notice.ts';
import { makeLog } from '../../src/platform/log.ts';
import {
  brokenMailServer,
  brokenSmsGateway,
  drip,
  SMS_DRIVERS,
  smtpScript,
  type BrokenGateway,
  type Fault,
  type SmsDriver,
} from '../support/bad-gateways.ts';
import { act, aLetterIn, WRITER } from '../support/letters.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
const PAGE = '<!doctype html><p>Please sign in to this network.';

const SMS_FAULTS: Readonly<Record<string, Fault | 'losesAnswers'>> = {
  'never answers': () => {},
  'answers drop by drop': (socket) => {
    socket.write(`${HEAD}content-length: 5000\r\n\r\n`);
    drip(socket, 'x', 300);
  },
  'says 503': (socket) =>
    socket.end(`HTTP/1.1 503 Busy\r\nconnection: close\r\n\r\n${WRITER.phone} ${WRITER.name}`),
  'answers in no protocol': (socket) => socket.end('\x00\x01\xff garbage \r\n\r\n'),
  'shows a page instead': (socket) => socket.end(`${HEAD}connection: close\r\n\r\n${PAGE}`),
  'hangs up': (socket) => socket.destroy(),
  'takes a message and breaks off in its answer': 'losesAnswers',
};

const GREETING = '220 mail.example ESMTP';

const MAIL_FAULTS: Readonly<Record<string, Fault>> = {
  'never greets': () => {},
  'greets and is silent': (socket) => void socket.write(`${GREETING}\r\n`),
  'greets drop by drop': (socket) => drip(socket, '220-still there\r\n', 300),
  'answers drop by drop': smtpScript(GREETING, {
    EHLO: (socket) => drip(socket, '250-still there\r\n', 300),
  }),
  'says 421': (socket) => socket.end('421 4.3.2 come back later\r\n'),
  'says 451 to each recipient': smtpScript(GREETING, { RCPT: `451 4.3.0 <${WRITER.mail}> not now` }),
  'says 554 to each message': smtpScript(GREETING, { '.': `554 5.6.0 <${WRITER.mail}> not like this` }),
  'wants a password': smtpScript(GREETING, { MAIL: '530 5.7.0 Authentication required' }),
  'closes in the middle of a mail': smtpScript(GREETING, { line: (socket) => socket.destroy() }),
  'hangs up': (socket) => socket.destroy(),
  'takes a mail and breaks off before its yes': smtpScript(GREETING, { '.': (socket) => socket.destroy() }),
  'is silent in the middle of a mail': smtpScript(GREETING, { DATA: () => {} }),
  'speaks another protocol': (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
};

/** Wednesday 10:00; the sign-for clock ends on Thursday 17:30. */
const WEDNESDAY = '2026-09-23T02:00:00Z';
const THURSDAY = '2026-09-24T09:31:00Z';

/** A town with messages due by both channels: to a writer by both, to another by SMS, to the head of a unit by both. */
async function aTownWithNews(environment: NodeJS.ProcessEnv) {
  const logged: string[] = [];
  const log = makeLog('debug', { write: (line: string) => logged.push(line) });
  const town = await openTestTown(
    WEDNESDAY,
    { MAIL_FROM: '区长信箱 <box@town.example>', ...environment },
    log,
  );
  const { matter, code } = await town.services.submitLetter(
    { ...LETTER, place: '文昌路1号', writer: WRITER, reachBy: 'both' },
    'a form of its own',
  );
  const other = await aLetterIn(town, {
    title: '另一封来信要办',
    writer: { ...WRITER, phone: '13700009999', mail: '' },
  });
  await act(town, 'dispatcher', matter.id, 'assign', { unit: 'roads', supporting: [] });
  town.at.moveTo(new Date(THURSDAY));
  await town.sweeps.advanceClocks(town.at.now());
  const ids = [matter.id, other.id];
  return {
    town,
    logged,
    secrets: [WRITER.phone, '13700009999', WRITER.mail, WRITER.name, '大坑', code, 'pass-word'],
    async ledger(channel: string): Promise<Notice[]> {
      const rows = await Promise.all(ids.map((id) => town.services.notices.ofMatter(id)));
      return rows.flat().filter((row) => row.channel === channel);
    },
  };
}

const LETTER = {
  kind: 'complaint',
  title: '文昌路路面破损',
  body: '文昌路中段路面有一个大坑，夜里很危险，请派人修补。',
  wish: 'private',
  language: 'zh-CN',
  channel: 'web',
  attachments: [],
} as const;

type News = Awaited<ReturnType<typeof aTownWithNews>>;

/** Both jobs at once, as the scheduler runs them; the time goes on until nothing waits. */
async function untilNothingWaits(news: News, channel: 'sms' | 'mail'): Promise<void> {
  for (let round = 0; round < 20; round += 1) {
    await sweep(news.town, channel);
    const waiting = (await news.ledger(channel)).filter(({ state }) => state === 'queued');
    if (waiting.length === 0) return;
    news.town.at.moveTo(new Date(Math.max(...waiting.map(({ dueAt }) => dueAt.getTime()))));
  }
  assert.fail(`something still waits: ${JSON.stringify(await news.ledger(channel))}`);
}

const sweep = (town: TestTown, channel: 'sms' | 'mail') =>
  channel === 'sms' ? town.sweeps.deliverSms(town.at.now()) : town.sweeps.deliverMail(town.at.now());

const isOut = ({ state }: Notice): boolean => state === 'sent';

/** The bad channel and the good one, from the fault to the mended gateway. */
async function liveThrough(bad: BrokenGateway, good: BrokenGateway, channel: 'sms' | 'mail', extra = {}) {
  good.mend();
  const urls = channel === 'sms' ? [bad.url, good.url] : [good.url, bad.url];
  const news = await aTownWithNews({ SMS_URL: urls[0], SMTP_URL: urls[1], ...extra });
  const { town } = news;
  try {
    const other = channel === 'sms' ? 'mail' : 'sms';
    let isStuck = true;
    const stuck = sweep(town, channel).finally(() => {
      isStuck = false;
    });
    await sweep(town, other);
    const wasStuck = isStuck;
    const otherOut = (await news.ledger(other)).every(isOut);
    // One try is enough: each of the slow ones takes all the patience there is.
    const tried = async () => (await news.ledger(channel)).filter(({ remark }) => remark !== '');
    while ((await tried()).length === 0) await pause(50);
    const whileBroken = await news.ledger(channel);
    const asked = bad.asked();
    bad.mend();
    await stuck;
    await untilNothingWaits(news, channel);
    const afterwards = await news.ledger(channel);
    return {
      wasStuck,
      otherOut,
      asked,
      whileBroken,
      afterwards,
      taken: [...bad.taken],
      told: JSON.stringify([news.logged, whileBroken.map(({ remark }) => remark), afterwards]),
      lines: news.logged,
      secrets: news.secrets,
    };
  } finally {
    await town.end();
    await bad.close();
    await good.close();
  }
}

type Life = Awaited<ReturnType<typeof liveThrough>>;

const SLOW = /never|silent|drop by drop/;

function assertNothingLost(life: Life, name: string): void {
  const keys = life.afterwards.map(({ key }) => key);
  assert.ok(keys.length >= 3, keys.join());
  assert.equal(life.otherOut, true, 'the other channel was held up');
  if (SLOW.test(name)) assert.equal(life.wasStuck, true, 'the gateway was to be stuck meanwhile');
  for (const { key, state, attempts, dueAt, remark } of life.whileBroken) {
    assert.equal(state, 'queued', `${key} is ${state} ${remark}`);
    if (attempts > 0) assert.ok(dueAt > new Date(THURSDAY), `${key} is tried again at once`);
  }
  for (const { key, state } of life.afterwards) assert.equal(state, 'sent', key);
  const came = life.taken.map(({ key }) => key);
  assert.deepEqual([...new Set(came)].toSorted(), keys.toSorted(), 'what came is what was to come');
  for (const to of new Set(life.taken.map((one) => one.to))) {
    const seqs = life.taken.filter((one) => one.to === to).map(({ key }) => seqOf(life, key));
    assert.deepEqual(
      seqs,
      seqs.toSorted((a, b) => a - b),
      `${to} hears of things out of order`,
    );
  }
}

const seqOf = (life: Life, key: string): number =>
  life.afterwards.find((notice) => notice.key === key)?.seq ?? -1;

function assertNothingTold({ told, secrets, lines }: Life): void {
  for (const secret of secrets) assert.ok(!told.includes(secret), `${secret} in ${told}`);
  assert.ok(lines.some((line) => line.includes('notice.not-taken')));
}

describe('gateways that are broken, and the whole of the program', function () {
  this.timeout(90_000);
  let folder = '';
  const lives = new Map<string, Promise<Life>>();
  const lifeOf = (name: string): Promise<Life> => {
    const life = lives.get(name);
    assert.ok(life);
    return life;
  };

  const smsLife = async (driver: SmsDriver, fault: Fault | 'losesAnswers', templates: string) =>
    liveThrough(await brokenSmsGateway(driver, fault), await brokenMailServer(() => {}), 'sms', {
      ...(driver.name === 'Aliyun' && { SMS_TEMPLATES: templates }),
    });
  const mailLife = async (fault: Fault) => {
    const [generic] = SMS_DRIVERS;
    assert.ok(generic);
    return liveThrough(await brokenMailServer(fault), await brokenSmsGateway(generic, () => {}), 'mail');
  };

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'huiyin-gateways-'));
    const templates = join(folder, 'templates.json');
    const named = ['received', 'assigned', 'signOverdue'].map((name) => [
      name,
      { code: name, params: ['number'] },
    ]);
    writeFileSync(templates, JSON.stringify(Object.fromEntries(named)));
    const start = (name: string, life: Promise<Life>): void => {
      // Looked at by its own test.
      life.catch(() => {});
      lives.set(name, life);
    };
    // The slow ones wait for each other's patience together.
    for (const driver of SMS_DRIVERS)
      for (const [name, fault] of Object.entries(SMS_FAULTS))
        start(`${driver.name} ${name}`, smsLife(driver, fault, templates));
    for (const [name, fault] of Object.entries(MAIL_FAULTS)) start(`mail ${name}`, mailLife(fault));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const { name: driver } of SMS_DRIVERS)
    for (const name of Object.keys(SMS_FAULTS)) {
      it(`an SMS gateway (${driver}) that ${name} › holds up no mail, loses nothing, and tells nothing`, async () => {
        const life = await lifeOf(`${driver} ${name}`);
        assertNothingLost(life, name);
        assertNothingTold(life);
        const came = life.taken.map(({ key }) => key);
        if (SMS_FAULTS[name] === 'losesAnswers') {
          const twice = new Set(came.filter((key, place) => came.indexOf(key) !== place));
          assert.ok(
            twice.size > 0 && twice.size <= life.asked,
            'the same key again, and of those it was asked',
          );
        } else assert.equal(came.length, new Set(came).size, 'each once');
      });
    }

  for (const name of Object.keys(MAIL_FAULTS))
    it(`a mail server that ${name} › holds up no SMS, loses nothing, and tells nothing`, async () => {
      const life = await lifeOf(`mail ${name}`);
      assertNothingLost(life, name);
      assertNothingTold(life);
      assert.equal(life.taken.length, life.afterwards.length, 'each once');
      assert.ok(life.asked <= 4, `asked ${life.asked} times in one sweep`);
    });
});
