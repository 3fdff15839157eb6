import assert from 'node:assert/strict';
import type { Connection } from 'mongoose';
import supertest from 'supertest';
import { standingOf, type Standing } from '../../src/directory/jobs.view.ts';
import type { JobState } from '../../src/platform/job-runs-store.ts';
import { connectMongo } from '../../src/platform/mongo/connect.ts';
import { mongoJobRunsStore } from '../../src/platform/mongo/job-runs-store.mongo.ts';
import { on } from '../support/builders.ts';
import { seen, signedInAs, type Browser } from '../support/sign-in.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';

const NOW = on('2026-11-24 10:00');
const ago = (seconds: number): Date => new Date(NOW.getTime() - seconds * 1000);
const BY = '4711@2026-11-24T01:00:00.000Z';

const aJob = (patch: Partial<JobState> = {}): JobState => ({
  name: 'deliver-sms',
  every: { count: 10, unit: 'second' },
  running: null,
  last: null,
  next: null,
  failure: null,
  failuresInARow: 0,
  ...patch,
});
const lastAt = (seconds: number, ms = 0): Partial<JobState> => ({
  last: { by: BY, at: ago(seconds), ms, count: 0 },
});
const runningFor = (seconds: number): Partial<JobState> => ({
  running: { by: BY, since: ago(seconds), until: NOW },
});

const STANDINGS: readonly [what: string, job: JobState, standing: Standing][] = [
  ['never run', aJob(), 'waiting'],
  ['about to run for the first time', aJob({ next: ago(-5) }), 'waiting'],
  ['due for more than ten turns, and nobody runs it', aJob({ next: ago(101) }), 'late'],
  ['ended a while ago', aJob(lastAt(99)), 'well'],
  ['ended more than ten turns ago', aJob(lastAt(101)), 'late'],
  ['begun long ago, ended just now', aJob(lastAt(300, 299_000)), 'well'],
  ['running', aJob({ ...lastAt(20), ...runningFor(5) }), 'running'],
  ['running for the first time', aJob(runningFor(5)), 'running'],
  ['running for more than ten turns', aJob(runningFor(101)), 'late'],
  ['failed, and running again', aJob({ ...runningFor(5), failuresInARow: 1 }), 'failing'],
  ['of a longer turn', aJob({ every: { count: 30, unit: 'minute' }, ...lastAt(17_000) }), 'well'],
  ['of a longer turn, late', aJob({ every: { count: 30, unit: 'minute' }, ...lastAt(18_001) }), 'late'],
];

describe('how a job stands', () => {
  for (const [what, job, standing] of STANDINGS) {
    it(`${what} › ${standing}`, () => assert.equal(standingOf(job, NOW), standing));
  }
});

describe('administration › what runs by the clock', () => {
  let town: TestTown;
  let connection: Connection;
  let admin: Browser;
  before(async () => {
    town = await openTestTown(NOW);
    connection = await connectMongo(town.uri);
    admin = await signedInAs(town, 'admin');
    const runs = mongoJobRunsStore(connection);
    await runs.know(['advance-clocks', 'deliver-sms', 'learn-units']);
    const run = (seconds: number) => ({ by: BY, since: ago(seconds), until: ago(seconds - 60) });
    await runs.begin('advance-clocks', run(30));
    await runs.finish('advance-clocks', run(30), { ms: 1540, count: 12 });
    for (const seconds of [40, 30, 20]) {
      await runs.begin('deliver-sms', run(seconds));
      await runs.fail('deliver-sms', run(seconds), 'Error ECONNREFUSED');
    }
    await runs.begin('learn-units', run(10));
    await connection.collection('scheduled_jobs').insertMany([
      { name: 'advance-clocks', type: 'single', nextRunAt: ago(-30), lockedAt: null },
      { name: 'learn-units', type: 'single', nextRunAt: ago(-30), lockedAt: new Date() },
    ]);
  });
  after(async () => {
    await connection.close();
    await town.end();
  });

  it('each job in words, in both languages', async () => {
    const { text } = await admin.get('/administration/jobs');
    const page = seen(text);
    assert.match(
      page,
      /办理到点的时限步骤 正常 间隔 每 1 分钟 上次运行 2026-11-24 09:59，用时 1\.5 秒，处理 12 项/,
    );
    assert.match(page, /下次运行 2026-11-24 10:00 进程 4711，2026-11-24 09:00 启动 立即运行/);
    assert.match(page, /发送短信 连续失败 3 次 间隔 每 10 秒/);
    assert.match(page, /上次失败 2026-11-24 09:59，Error ECONNREFUSED/);
    assert.match(page, /学习来信归哪个单位 正在运行 间隔 每 30 分钟 开始于 2026-11-24 09:59/);

    const english = seen((await (await signedInAs(town, 'admin', 'en')).get('/administration/jobs')).text);
    assert.match(english, /Sending text messages Failed 3 times in a row How often every 10 seconds/);
    assert.match(english, /Last run 2026-11-24 09:59, took 1\.5 s, 12 handled/);
    assert.match(english, /every minute/);
  });

  it('the first page says how many need attention', async () => {
    assert.match(seen((await admin.get('/administration')).text), /定时任务 10 项任务 1 项需要处理/);
  });

  it('run now › brings it forward, and says so; a look at the page alone brings nothing forward', async () => {
    const next = async (name: string) =>
      (await connection.collection('scheduled_jobs').findOne({ name }))?.['nextRunAt'];
    await admin.get('/administration/jobs?asked=advance-clocks').expect(200);
    assert.deepEqual(await next('advance-clocks'), ago(-30));

    const answer = await admin.post('/administration/jobs/advance-clocks/run');
    assert.equal(answer.status, 303);
    assert.deepEqual(await next('advance-clocks'), NOW);
    const { text } = await admin.get(String(answer.headers['location']));
    assert.match(seen(text), /“办理到点的时限步骤”将在几秒内运行/);
  });

  it('what is running › has no button', async () => {
    const { text } = await admin.get('/administration/jobs');
    assert.ok(text.includes('/administration/jobs/advance-clocks/run'));
    assert.ok(!text.includes('/administration/jobs/learn-units/run'));
  });

  it('a job nobody knows › is not there; anybody but the administrator › may neither look nor ask', async () => {
    assert.equal((await admin.post('/administration/jobs/unheard-of/run')).status, 404);
    assert.equal((await admin.get('/administration/jobs?asked=<script>')).status, 200);
    const head = await signedInAs(town, 'roads-head');
    assert.equal((await head.get('/administration/jobs')).status, 403);
    assert.equal((await head.post('/administration/jobs/advance-clocks/run')).status, 403);
    const nobody = await supertest(town.app).post('/administration/jobs/advance-clocks/run');
    assert.equal(nobody.status, 401);
  });

  it('every job of the table has its words', async () => {
    const jobs = await town.scheduler.state();
    assert.ok(jobs.length >= 6);
    for (const language of ['zh-CN', 'en'] as const) {
      for (const { name } of jobs) assert.ok(town.words.in(language)(`administration:jobs.name.${name}`));
    }
  });
});
