import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { storeClock, storeClockBy } from '../../../src/platform/mongo/store-clock.ts';
import { openDatabase, type TestDatabase } from '../../support/open-database.ts';

const TEN_MINUTES = 600_000;

/** The store under test runs on this machine: its time is ours. */
const isStoreTime = (moment: Date): boolean => Math.abs(moment.getTime() - Date.now()) < 500;

describe('the store’s clock', () => {
  let database: TestDatabase;
  before(async () => {
    database = await openDatabase();
  });
  after(() => database.end());

  it('tells the time of the store, and goes on', async () => {
    const clock = await storeClock(database.connection);
    const before = clock.now();
    assert.ok(isStoreTime(before));
    await wait(30);
    assert.ok(clock.now().getTime() - before.getTime() >= 29);
  });

  for (const wrongBy of [-TEN_MINUTES, 0, TEN_MINUTES]) {
    it(`a process whose clock is ${wrongBy / 60_000} minutes off › has the store’s time`, async () => {
      const clock = await storeClockBy(() => Date.now() + wrongBy)(database.connection);
      assert.ok(isStoreTime(clock.now()), clock.now().toISOString());
    });
  }

  it('a clock that jumps after it was read › is right again once it is set', async () => {
    let jumped = 0;
    const clock = await storeClockBy(() => Date.now() + jumped)(database.connection);
    jumped = TEN_MINUTES;
    assert.ok(!isStoreTime(clock.now()));
    await clock.set?.();
    assert.ok(isStoreTime(clock.now()), clock.now().toISOString());
  });

  it('a look that took long › does not move a clock that may well be right', async () => {
    let lateBy = 0;
    // Of the two readings around a look the first seems a second ago: so long the way there may have taken.
    const clock = await storeClockBy(() => {
      const seen = Date.now() - lateBy;
      lateBy = 0;
      return seen;
    })(database.connection);
    await wait(100);
    lateBy = 1000;
    await clock.set?.();
    assert.equal(lateBy, 0);
    assert.ok(Math.abs(clock.now().getTime() - Date.now()) < 100);
  });
});
