import { makeJobs } from '../../jobs/index.ts';
import { compose } from '../../src/compose.ts';
import { httpSms } from '../../src/notices/channels/http-sms.ts';
import { readConfig } from '../../src/platform/config.ts';
import { makeLog } from '../../src/platform/log.ts';
import { connectMongo } from '../../src/platform/mongo/connect.ts';
import { storeClock } from '../../src/platform/mongo/store-clock.ts';
import { makeScheduler } from '../../src/platform/scheduler.ts';
import { townTimeOf, type SweepingOptions } from './sweeping.ts';

/** A whole Huiyin in a process of its own that does nothing but sweep: `OPTIONS` as JSON. Ends by itself. */

const options: SweepingOptions = JSON.parse(process.argv[2] ?? '{}');
const log = makeLog('warn');
const gateway = httpSms({ url: options.gateway, token: null });
const huiyin = await compose({
  config: readConfig({ BASE_URL: 'http://huiyin.example' }),
  mongodbUri: options.uri,
  rootDir: process.cwd(),
  clock: async (connection) => townTimeOf(await storeClock(connection), options),
  log,
  channels: { mail: gateway, sms: gateway },
});
const connection = await connectMongo(options.uri);
const clock = await storeClock(connection);
const townTime = townTimeOf(clock, options);
const scheduler = makeScheduler({
  connection,
  clock,
  log,
  leaseMs: options.leaseMs,
  jobs: makeJobs(huiyin.sweeps)
    .filter(({ name }) => options.jobs.includes(name))
    .map((job) => ({ ...job, every: '1 second', run: () => job.run(townTime.now()) })),
});
await scheduler.start();
console.log('ready');
process.once('SIGTERM', () => {
  void scheduler
    .stop()
    .then(() => connection.close())
    .then(() => huiyin.close());
});
