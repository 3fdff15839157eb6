import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { nextStepAt } from '../../src/domain/clocks/matter-clock.ts';
import type { Matter } from '../../src/domain/matters/matter.ts';
import { aHandedMatter, wallOf } from '../support/builders.ts';
import type { ChildProgram } from '../support/child-program.ts';
import { startGateway, startSweeping, type CountingGateway } from '../support/sweeping.ts';
import { openTestTown, type TestTown } from '../support/test-town.ts';

const TEN_MINUTES = 600_000;
/** The processes begin so long before the step is due. */
const BEFORE_MS = 8000;

describe('a process whose clock is 10 minutes wrong', function () {
  this.timeout(60_000);
  let town: TestTown;
  let gateway: CountingGateway;
  let children: ChildProgram[] = [];
  beforeEach(async () => {
    town = await openTestTown('2026-09-24T02:00:00Z');
    gateway = await startGateway();
  });
  afterEach(async () => {
    for (const child of children) await child.kill();
    children = [];
    await gateway.close();
    await town.end();
  });

  for (const [what, ...wrongBy] of [
    ['fast', TEN_MINUTES],
    ['slow', -TEN_MINUTES],
    ['fast, beside one that is right', TEN_MINUTES, 0],
    ['slow, beside one that is fast', -TEN_MINUTES, TEN_MINUTES],
  ] as const) {
    it(`${what} › takes no step early, none late, and writes the store’s time`, async () => {
      const { matters, notices } = town.services;
      const matter = aHandedMatter({ id: 'm-1', lead: 'roads', state: 'signedFor' });
      await matters.insert(matter, { submissionHash: 'f', codeHash: 'c', wordsHash: 'w' });
      const due = nextStepAt(matter.clock, matter.state);
      assert.ok(due);
      const storeFrom = Date.now();
      const options = {
        uri: town.uri,
        gateway: gateway.url,
        jobs: ['advance-clocks', 'deliver-mail', 'deliver-sms'],
        leaseMs: 3000,
        storeFrom,
        townFrom: due.getTime() - BEFORE_MS,
        speed: 1,
      };
      children = wrongBy.map((each) => startSweeping(options, each));
      for (const child of children) await child.said(/^ready/);
      assert.ok(Date.now() < storeFrom + BEFORE_MS - 1500, 'the processes were too slow to tell');
      await wait(storeFrom + BEFORE_MS - 500 - Date.now());
      assert.deepEqual((await stepsOf(matters))?.length, 0);
      assert.equal(gateway.taken.size, 0);

      for (let tries = 0; tries < 80 && !(await isAllSent(notices)); tries += 1) await wait(100);
      const [step, ...more] = (await stepsOf(matters)) ?? [];
      assert.deepEqual(more, []);
      assert.ok(
        step && step.at >= due && step.at.getTime() < due.getTime() + 5000,
        wallOf(step?.at) ?? 'none',
      );
      const ledger = await notices.ofMatter('m-1');
      assert.deepEqual([...new Set(ledger.map(({ state }) => state))], ['sent']);
      for (const { settledAt } of ledger) {
        assert.ok(settledAt && settledAt >= due && settledAt.getTime() < due.getTime() + 8000);
      }
      assert.deepEqual(
        [...gateway.taken.values()],
        ledger.map(() => 1),
      );
    });
  }

  const isAllSent = async (notices: TestTown['services']['notices']) => {
    const ledger = await notices.ofMatter('m-1');
    return ledger.length > 0 && ledger.every(({ state }) => state === 'sent');
  };
  const stepsOf = async (matters: { byId(id: string): Promise<Matter | null> }) =>
    (await matters.byId('m-1'))?.history.filter(({ what }) => what === 'step');
});
