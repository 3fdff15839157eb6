import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { CUT_SHORT, type JobRuns } from '../../src/platform/job-runs-store.ts';
import { mongoJobRunsStore } from '../../src/platform/mongo/job-runs-store.mongo.ts';
import { startChild, type ChildProgram } from '../support/child-program.ts';
import { openDatabase, type TestDatabase } from '../support/open-database.ts';

const PROGRAM = 'dist/test/jobs/scheduler-process.js';
const LEASE_MS = 3000;
/** The lease, and what a busy machine adds. */
const SOON_MS = LEASE_MS + 7000;
const TEN_MINUTES = 600_000;

describe('scheduler › in processes of their own', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let children: ChildProgram[] = [];
  beforeEach(async () => {
    database = await openDatabase();
  });
  afterEach(async () => {
    for (const child of children) await child.kill();
    children = [];
    await database.end();
  });

  const start = (runMs: number, wrongByMs = 0): ChildProgram => {
    const args = [database.uri, String(LEASE_MS), String(runMs)];
    const child = startChild(PROGRAM, args, { wrongByMs });
    children.push(child);
    return child;
  };
  const job = async (): Promise<JobRuns | undefined> =>
    (await mongoJobRunsStore(database.connection).all())[0];

  /** One process is at work, another waits; the first is killed. How long until the other is at work? */
  const takeOver = async (wrongByMs: number): Promise<number> => {
    const killed = start(60_000, wrongByMs);
    await killed.said(/^begin/);
    const other = start(60_000);
    await other.said(/^ready/);
    // Longer than lock and lease: it is held on to as long as the process lives.
    await wait(2 * LEASE_MS);
    assert.ok(!other.lines.some((line) => line.startsWith('begin')));
    await killed.kill();
    const killedAt = Date.now();
    await other.said(/^begin/);
    return Date.now() - killedAt;
  };

  it('killed in mid-run › another takes over when the lease is out, and the run counts as failed', async () => {
    const took = await takeOver(0);
    assert.ok(took < SOON_MS, `${took} ms`);
    const state = await job();
    assert.equal(state?.failure?.error, CUT_SHORT);
    assert.equal(state?.failure?.by.split('@')[0], String(children[0]?.child.pid));
    assert.equal(state?.running?.by.split('@')[0], String(children[1]?.child.pid));
  });

  for (const [what, wrongByMs] of [
    ['fast', TEN_MINUTES],
    ['slow', -TEN_MINUTES],
  ] as const) {
    it(`killed, and its clock was 10 minutes ${what} › another takes over just as soon`, async () => {
      const took = await takeOver(wrongByMs);
      assert.ok(took < SOON_MS, `${took} ms`);
    });
  }

  it('clocks fast, slow and right › run a job by turns, never two at once, all by the store’s time', async () => {
    const three = [start(300, TEN_MINUTES), start(300, -TEN_MINUTES), start(300)];
    for (const child of three) await child.said(/^ready/);
    const from = Date.now();
    await wait(6000);
    const moments = three
      .flatMap(({ lines }) => lines.filter((line) => line.startsWith('begin')))
      .map((line) => Date.parse(line.slice('begin '.length)))
      .toSorted((a, b) => a - b);
    assert.ok(moments.length >= 4, `${moments.length} runs`);
    for (const [place, moment] of moments.entries()) {
      assert.ok(moment > from - 30_000 && moment < Date.now() + 1000, new Date(moment).toISOString());
      if (place > 0) assert.ok(moment - (moments[place - 1] ?? 0) >= 300);
    }
    const row = await database.connection.collection('scheduled_jobs').findOne({});
    assert.ok(Math.abs(row?.['nextRunAt'].getTime() - Date.now()) < 5000);
  });

  it('a machine that slept while a job was waiting for its turn › goes on with it', async () => {
    const child = start(10);
    await child.said(/^end/);
    const rows = database.connection.collection('scheduled_jobs');
    const isSet = async () => {
      const nextRunAt = new Date(Date.now() + 1500);
      return (await rows.updateOne({ lockedAt: null }, { $set: { nextRunAt } })).matchedCount === 1;
    };
    while (!(await isSet())) await wait(20);
    // Agenda locks a job up to a second before its time.
    while (!(await rows.findOne({ lockedAt: { $type: 'date' } }))) await wait(10);
    child.child.kill('SIGSTOP');
    await wait(2000);
    child.child.kill('SIGCONT');
    const heard = child.lines.length;
    await wait(4000);
    assert.ok(child.lines.length > heard, 'it runs no more');
  });

  it('stopped › ends by itself, well within a minute, and leaves no lock', async () => {
    const child = start(100);
    await child.said(/^end/);
    const stoppedAt = Date.now();
    assert.equal(await child.stop(), 0);
    assert.ok(Date.now() - stoppedAt < 5000);
    const locked = { lockedAt: { $type: 'date' } } as const;
    assert.equal(await database.connection.collection('scheduled_jobs').countDocuments(locked), 0);
    assert.equal((await job())?.running, null);
  });
});
