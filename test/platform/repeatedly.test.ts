import assert from 'node:assert/strict';
import { repeatedly } from '../../src/platform/repeatedly.ts';

describe('work that is done repeatedly', () => {
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  it('is done at once, one after the other, past what fails, until it is stopped', async () => {
    const calls = { begun: 0, underWay: 0 };
    const failures: unknown[] = [];
    const work = async (): Promise<void> => {
      calls.begun += 1;
      calls.underWay += 1;
      assert.equal(calls.underWay, 1);
      await pause(1);
      calls.underWay -= 1;
      if (calls.begun === 2) throw new Error('once');
    };
    const watch = repeatedly(1, work, (error) => failures.push(error));
    assert.equal(calls.begun, 1);
    while (calls.begun < 5) await pause(1);
    watch.stop();
    const done = calls.begun;
    await pause(30);
    assert.equal(calls.begun, done);
    assert.deepEqual(failures.map(String), ['Error: once']);
  });
});
