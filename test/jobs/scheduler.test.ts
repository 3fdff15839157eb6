import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { makeJobs } from '../../jobs/index.ts';
import { systemClock } from '../../src/platform/clock.ts';
import type { JobRunsStore } from '../../src/platform/job-runs-store.ts';
import { makeLog } from '../../src/platform/log.ts';
import { makeScheduler, type ScheduledJob, type Scheduler } from '../../src/platform/scheduler.ts';
import { connectMongo } from '../../src/platform/mongo/connect.ts';
import { mongoJobRunsStore } from '../../src/platform/mongo/job-runs-store.mongo.ts';
import { openDatabase, type TestDatabase } from '../support/open-database.ts';

const log = makeLog('silent');

describe('scheduler', () => {
  let database: TestDatabase;
  let runs: JobRunsStore;
  let started: Scheduler[] = [];
  beforeEach(async () => {
    database = await openDatabase();
    runs = mongoJobRunsStore(database.connection);
  });
  afterEach(async () => {
    await Promise.all(started.map((scheduler) => scheduler.stop()));
    started = [];
    await database.end();
  });

  const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
    for (let tries = 0; tries < 150 && !(await isSo()); tries += 1) await wait(100);
  };
  const schedule = (jobs: readonly ScheduledJob[], more: { leaseMs?: number } = {}): Scheduler => {
    const { connection } = database;
    const scheduler = makeScheduler({ connection, jobs, clock: systemClock, log, ...more });
    started.push(scheduler);
    return scheduler;
  };
  const rows = () => database.connection.collection('scheduled_jobs');

  it('runs a sweep again and again, and no longer once stopped', async () => {
    const moments: Date[] = [];
    const scheduler = schedule([{ name: 'count', every: '1 second', run: async (now) => moments.push(now) }]);
    await scheduler.start();
    await until(() => moments.length >= 2);
    await scheduler.stop();
    const atStop = moments.length;
    assert.ok(atStop >= 2);
    await wait(1500);
    assert.equal(moments.length, atStop);
  });

  it('outlives a sweep that fails, and tells how often and of what, but not with which words', async () => {
    let tries = 0;
    const scheduler = schedule([
      {
        name: 'stumble',
        every: '1 second',
        run: async () => {
          tries += 1;
          if (tries > 2) return tries;
          throw Object.assign(new TypeError('of 13800001234'), { code: 'ECONNREFUSED' });
        },
      },
    ]);
    await scheduler.start();
    await until(async () => (await runs.all())[0]?.failuresInARow === 2);
    assert.equal((await scheduler.state())[0]?.failure?.error, 'TypeError ECONNREFUSED');
    await until(async () => (await runs.all())[0]?.last !== null);
    await scheduler.stop();
    const [state] = await scheduler.state();
    assert.ok(tries >= 3);
    assert.equal(state?.failuresInARow, 0);
    const kept = JSON.stringify([await runs.all(), await rows().find().toArray()]);
    assert.ok(!kept.includes('13800001234'));
  });

  it('lets one of two processes run a sweep at a time, and leaves no lock behind', async () => {
    let running = 0;
    let most = 0;
    let done = 0;
    const job: ScheduledJob = {
      name: 'alone',
      every: '1 second',
      run: async () => {
        running += 1;
        most = Math.max(most, running);
        await wait(300);
        running -= 1;
        done += 1;
        return 1;
      },
    };
    const other = await connectMongo(database.uri);
    const schedulers = [database.connection, other].map((connection) =>
      makeScheduler({
        connection,
        jobs: [job],
        clock: systemClock,
        log,
      }),
    );
    await Promise.all(schedulers.map((scheduler) => scheduler.start()));
    await until(() => done >= 3);
    await Promise.all(schedulers.map((scheduler) => scheduler.stop()));
    assert.ok(done >= 3);
    assert.equal(most, 1);
    assert.equal(await rows().countDocuments({ lockedAt: { $type: 'date' } }), 0);
    assert.equal((await runs.all())[0]?.running, null);
    await other.close();
  });

  it('a sweep that takes longer than its lock and its lease › has nobody beside it', async () => {
    let running = 0;
    let most = 0;
    let done = 0;
    const job: ScheduledJob = {
      name: 'long',
      every: '1 second',
      run: async () => {
        running += 1;
        most = Math.max(most, running);
        await wait(4000);
        running -= 1;
        done += 1;
        return 1;
      },
    };
    await Promise.all([1, 2].map(() => schedule([job], { leaseMs: 1500 }).start()));
    await until(() => done >= 2);
    assert.ok(done >= 2);
    assert.equal(most, 1);
  });

  it('a process that starts while a sweep runs › does not run it a second time', async () => {
    let begun = 0;
    const job: ScheduledJob = {
      name: 'under-way',
      every: '1 second',
      run: async () => {
        begun += 1;
        await wait(3000);
        return 1;
      },
    };
    await schedule([job]).start();
    await until(() => begun === 1);
    await wait(500);
    await schedule([job]).start();
    await wait(1800);
    assert.equal(begun, 1);
  });

  it('several processes that start at once, on a table with doubles › one row each, and none of jobs that are gone', async () => {
    const names = ['one', 'two', 'three'];
    const nextRunAt = new Date();
    const hoursAgo = new Date(Date.now() - 2 * 3_600_000);
    await rows().insertMany([
      { name: 'one', type: 'single', nextRunAt, lockedAt: null },
      { name: 'one', type: 'single', nextRunAt, lockedAt: null },
      { name: 'gone', type: 'single', nextRunAt: hoursAgo, lockedAt: null },
      { name: 'of-an-older-version-beside-us', type: 'single', nextRunAt, lockedAt: null },
    ]);
    const jobs = names.map((name) => ({ name, every: '1 minute', run: async () => 0 }));
    await Promise.all([1, 2, 3, 4].map(() => schedule(jobs).start()));

    const left = await rows().find().toArray();
    assert.deepEqual(
      left.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b)),
      ['of-an-older-version-beside-us', 'one', 'three', 'two'],
    );
  });

  it('asked to run a job › it runs at once, and not beside itself', async () => {
    let running = 0;
    let most = 0;
    let begun = 0;
    const job: ScheduledJob = {
      name: 'rare',
      every: '1 hour',
      run: async () => {
        begun += 1;
        running += 1;
        most = Math.max(most, running);
        await wait(1500);
        running -= 1;
        return 7;
      },
    };
    const scheduler = schedule([job]);
    await Promise.all([scheduler.start(), schedule([job]).start()]);
    await until(() => begun === 1 && running === 0);
    assert.equal(await scheduler.runSoon('rare'), true);
    await until(() => begun === 2);
    assert.equal(await scheduler.runSoon('rare'), true);
    await wait(1200);
    assert.equal(await scheduler.runSoon('unheard-of'), false);
    await until(() => running === 0);
    // Asked for once more while it ran, it may run once more, never beside itself.
    assert.ok(begun === 2 || begun === 3, String(begun));
    assert.equal(most, 1);

    // Agenda writes its row a moment after the run.
    const isFarOff = async () =>
      ((await scheduler.state())[0]?.next?.getTime() ?? 0) > Date.now() + 3_500_000;
    await until(isFarOff);
    assert.ok(await isFarOff());
    const [state] = await scheduler.state();
    assert.deepEqual(state?.every, { count: 1, unit: 'hour' });
    assert.equal(state?.last?.count, 7);
    assert.ok((state?.last?.ms ?? 0) >= 1400);
  });

  it('stopped in mid-run › waits for the end of it, and notes it', async () => {
    let isDone = false;
    const job: ScheduledJob = {
      name: 'last',
      every: '1 second',
      run: async () => {
        await wait(1000);
        isDone = true;
        return 3;
      },
    };
    const scheduler = schedule([job]);
    await scheduler.start();
    await until(async () => (await runs.all())[0]?.running !== null);
    await scheduler.stop();
    assert.ok(isDone);
    assert.equal((await runs.all())[0]?.last?.count, 3);
  });

  it('the table of jobs names every sweep once, each at least once an hour', () => {
    const none = async () => 0;
    const jobs = makeJobs({
      advanceClocks: none,
      announceLeftovers: none,
      deliverNotices: none,
      deliverMail: none,
      deliverSms: none,
      takeInMail: none,
      tellHeads: none,
      checkCalendar: none,
      recountGrams: none,
      linkLetters: none,
      learnUnits: none,
    });
    assert.deepEqual(
      jobs.map(({ name }) => name),
      [
        'advance-clocks',
        'announce-leftovers',
        'deliver-mail',
        'deliver-sms',
        'take-in-mail',
        'tell-heads',
        'check-calendar',
        'recount-grams',
        'link-letters',
        'learn-units',
      ],
    );
    assert.ok(jobs.every(({ every }) => /^\d+ (second|minute|hour)s?$/.test(every)));
  });
});
