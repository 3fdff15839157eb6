import assert from 'node:assert/strict';
import { CUT_SHORT, type JobRun, type JobRunsStore } from '../../src/platform/job-runs-store.ts';
import { mongoJobRunsStore } from '../../src/platform/mongo/job-runs-store.mongo.ts';
import { on } from '../support/builders.ts';
import { openDatabase, type TestDatabase } from '../support/open-database.ts';

const run = (by: string, from: string, to: string): JobRun => ({
  by,
  since: on(`2026-09-24 ${from}`),
  until: on(`2026-09-24 ${to}`),
});
const FIRST = run('1@x', '10:00', '10:01');

describe('where the runs of jobs are kept', () => {
  let database: TestDatabase;
  let store: JobRunsStore;
  beforeEach(async () => {
    database = await openDatabase();
    store = mongoJobRunsStore(database.connection);
    await store.know(['sweep']);
  });
  afterEach(() => database.end());

  const sweep = async () => (await store.all()).find(({ name }) => name === 'sweep');

  it('known › has not run; known again › keeps what became of it', async () => {
    const fresh = { name: 'sweep', running: null, last: null, failure: null, failuresInARow: 0 };
    assert.deepEqual(await store.all(), [fresh]);
    await store.begin('sweep', FIRST);
    await Promise.all([store.know(['sweep', 'other']), store.know(['other', 'sweep'])]);
    assert.deepEqual(await store.all(), [
      { ...fresh, name: 'other' },
      { ...fresh, running: FIRST },
    ]);
  });

  it('begun by one › another is told until when, and may when that is past', async () => {
    assert.equal(await store.begin('sweep', FIRST), null);
    assert.deepEqual(await store.begin('sweep', run('2@x', '10:00', '10:01')), on('2026-09-24 10:01'));
    const late = run('2@x', '10:01', '10:02');
    assert.equal(await store.begin('sweep', late), null);
    assert.deepEqual(await sweep(), {
      name: 'sweep',
      running: late,
      last: null,
      failure: { by: FIRST.by, at: FIRST.since, error: CUT_SHORT },
      failuresInARow: 1,
    });
  });

  it('begun by many at once › one has it', async () => {
    const asked = Array.from({ length: 20 }, (_, i) => store.begin('sweep', run(`${i}@x`, '10:00', '10:01')));
    assert.equal((await Promise.all(asked)).filter((until) => until === null).length, 1);
  });

  it('prolonged › is held on to', async () => {
    await store.begin('sweep', FIRST);
    await store.prolong('sweep', FIRST, on('2026-09-24 10:05'));
    assert.deepEqual(await store.begin('sweep', run('2@x', '10:02', '10:03')), on('2026-09-24 10:05'));
  });

  it('finished › is free, with its figures; failed › is counted until one is well', async () => {
    for (const [place, error] of ['A', 'B'].entries()) {
      const failing = run('1@x', `10:0${place}`, `10:0${place + 1}`);
      await store.begin('sweep', failing);
      await store.fail('sweep', failing, error);
    }
    const failed = await sweep();
    assert.equal(failed?.failuresInARow, 2);
    assert.equal(failed?.running, null);
    assert.deepEqual(failed?.failure, { by: '1@x', at: on('2026-09-24 10:01'), error: 'B' });

    const well = run('2@x', '10:02', '10:03');
    await store.begin('sweep', well);
    await store.finish('sweep', well, { ms: 40, count: 7 });
    assert.deepEqual(await sweep(), {
      ...failed,
      last: { by: '2@x', at: well.since, ms: 40, count: 7 },
      failuresInARow: 0,
    });
  });

  it('a run that lost the job › says nothing about the one that has it', async () => {
    await store.begin('sweep', FIRST);
    const second = run('1@x', '10:01', '10:02');
    await store.begin('sweep', second);
    await store.prolong('sweep', FIRST, on('2026-09-24 11:00'));
    await store.finish('sweep', FIRST, { ms: 1, count: 1 });
    await store.fail('sweep', FIRST, 'late');
    const now = await sweep();
    assert.deepEqual(now?.running, second);
    assert.equal(now?.last, null);
    assert.equal(now?.failuresInARow, 1);
  });

  it('left › the rows of that process are free, those of others are not', async () => {
    await store.know(['other']);
    await store.begin('sweep', FIRST);
    await store.begin('other', run('2@x', '10:00', '10:01'));
    await store.leave('1@x');
    const rows = await store.all();
    assert.deepEqual(
      rows.map(({ name, running }) => [name, running?.by ?? null]),
      [
        ['other', '2@x'],
        ['sweep', null],
      ],
    );
  });
});
