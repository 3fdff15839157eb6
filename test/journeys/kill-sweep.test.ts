import assert from 'node:assert/strict';
import { killSweep } from '../load/kill-sweep.ts';

const ROUNDS = 3;

describe('kill -9 in mid-sweep', function () {
  this.timeout(120_000);
  it(`three processes, one killed, ${ROUNDS} times › each step once, each message said, at most one twice`, async () => {
    const counted = await killSweep(ROUNDS, 10);
    assert.equal(counted.matters, 10 * ROUNDS);
    assert.equal(counted.wrongHistories, 0);
    assert.equal(counted.wrongLedgers, 0);
    assert.equal(counted.notSent, 0);
    assert.ok(counted.steps >= 4 * counted.matters && counted.notices >= 2 * counted.steps - counted.matters);
    for (const [channel, doubles] of Object.entries(counted.doubles)) {
      assert.ok(doubles <= ROUNDS, `${doubles} messages twice by ${channel}`);
    }
  });
});
