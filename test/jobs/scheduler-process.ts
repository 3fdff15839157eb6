import { setTimeout as wait } from 'node:timers/promises';
import { makeLog } from '../../src/platform/log.ts';
import { connectMongo } from '../../src/platform/mongo/connect.ts';
import { storeClock } from '../../src/platform/mongo/store-clock.ts';
import { makeScheduler } from '../../src/platform/scheduler.ts';

/** A process with a scheduler and one job: `URI LEASE_MS RUN_MS`. Says when a run begins and ends; ends by itself. */

const [uri = '', leaseMs, runMs] = process.argv.slice(2);
const connection = await connectMongo(uri);
const clock = await storeClock(connection);
const scheduler = makeScheduler({
  connection,
  clock,
  log: makeLog('silent'),
  leaseMs: Number(leaseMs),
  jobs: [
    {
      name: 'work',
      every: '1 second',
      async run(now) {
        console.log(`begin ${now.toISOString()}`);
        await wait(Number(runMs));
        console.log(`end ${now.toISOString()}`);
        return 1;
      },
    },
  ],
});
await scheduler.start();
console.log('ready');
// Nothing but the scheduler and its connection keep this process up.
process.once('SIGTERM', () => {
  void scheduler.stop().then(() => connection.close());
});
