import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { makeJobs } from '../../jobs/index.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { makeLog } from '../../src/platform/log.ts';
import { makeScheduler, type ScheduledJob } from '../../src/platform/scheduler.ts';
import { connectMongo } from '../../src/platform/mongo/connect.ts';
import { openDatabase, type TestDatabase } from '../support/open-database.ts';

const log = makeLog('silent');

describe('scheduler', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await openDatabase();
  });
  afterEach(() => database.end());

  const until = async (isSo: () => boolean): Promise<void> => {
    for (let tries = 0; tries < 100 && !isSo(); tries += 1) await wait(100);
  };

  it('runs a sweep again and again, and no longer once stopped', async () => {
    const runs: Date[] = [];
    const job: ScheduledJob = {
      name: 'count',
      every: '1 second',
      run: async (now) => runs.push(now),
    };
    const scheduler = makeScheduler({
      connection: database.connection,
      jobs: [job],
      clock: systemClock,
      log,
    });
    await scheduler.start();
    await until(() => runs.length >= 2);
    await scheduler.stop();
    const atStop = runs.length;
    assert.ok(atStop >= 2);
    await wait(1500);
    assert.equal(runs.length, atStop);
  });

  it('outlives a sweep that fails', async () => {
    let runs = 0;
    const job: ScheduledJob = {
      name: 'stumble',
      every: '1 second',
      run: async () => {
        runs += 1;
        throw new Error('this time');
      },
    };
    const scheduler = makeScheduler({
      connection: database.connection,
      jobs: [job],
      clock: systemClock,
      log,
    });
    await scheduler.start();
    await until(() => runs >= 2);
    await scheduler.stop();
    assert.ok(runs >= 2);
  });

  it('lets one of two processes run a sweep at a time, and leaves no lock behind', async () => {
    let running = 0;
    let most = 0;
    let runs = 0;
    const job: ScheduledJob = {
      name: 'alone',
      every: '1 second',
      run: async () => {
        running += 1;
        most = Math.max(most, running);
        await wait(300);
        running -= 1;
        runs += 1;
        return 1;
      },
    };
    const other = await connectMongo(database.uri);
    const schedulers = [database.connection, other].map((connection) =>
      makeScheduler({ connection, jobs: [job], clock: systemClock, log }),
    );
    await Promise.all(schedulers.map((scheduler) => scheduler.start()));
    await until(() => runs >= 3);
    await Promise.all(schedulers.map((scheduler) => scheduler.stop()));
    assert.ok(runs >= 3);
    assert.equal(most, 1);
    const locked = await database.connection
      .collection('scheduled_jobs')
      .countDocuments({ lockedAt: { $type: 'date' } });
    assert.equal(locked, 0);
    await other.close();
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
