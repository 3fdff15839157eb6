import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import type { Connection } from 'mongoose';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';

/** A sweep that some process runs every so often. It must bear being run twice, late, or by two at once. */
export interface ScheduledJob {
  readonly name: string;
  /** Such as '1 minute'. */
  readonly every: string;
  run(now: Date): Promise<number>;
}

/** Longer than any sweep takes: a handler that outlives its lock would be run a second time beside itself. */
const LOCK_MS = 10 * 60_000;

export interface Scheduler {
  start(): Promise<void>;
  /** Waits for what runs, then lets go of the locks this process still holds. */
  stop(): Promise<void>;
}

/** Agenda as a ticker: it decides which process runs a sweep when. What is due is written in our own documents. */
export function makeScheduler(deps: {
  connection: Connection;
  jobs: readonly ScheduledJob[];
  clock: Clock;
  log: Log;
}): Scheduler {
  const { connection } = deps;
  const name = `huiyin-${process.pid}`;
  let agenda: Agenda | null = null;
  return {
    async start() {
      // Not before: it goes to the database as soon as it is made, and a command that only composes closes that soon.
      agenda ??= makeAgenda(name, deps);
      await agenda.start();
      for (const job of deps.jobs) await agenda.every(job.every, job.name);
    },
    async stop() {
      if (!agenda) return;
      await agenda.drain(LOCK_MS / 60);
      // Agenda leaves queued jobs locked when it stops: the next process would wait for the locks to age.
      await connection
        .collection('scheduled_jobs')
        .updateMany({ lastModifiedBy: name, lockedAt: { $ne: null } }, { $set: { lockedAt: null } });
    },
  };
}

function makeAgenda(
  name: string,
  { connection, jobs, clock, log }: Parameters<typeof makeScheduler>[0],
): Agenda {
  if (!connection.db) throw new Error('The scheduler needs an open connection.');
  const agenda = new Agenda({
    backend: new MongoBackend({ mongo: connection.db, collection: 'scheduled_jobs' }),
    name,
    processEvery: '1 second',
    defaultLockLifetime: LOCK_MS,
  });
  agenda.on('error', (error: unknown) => log.error({ err: error }, 'scheduler.error'));
  agenda.on('fail', (error: unknown, job: { attrs: { name: string } }) =>
    log.error({ err: error, job: job.attrs.name }, 'job.failed'),
  );
  for (const job of jobs) {
    // With `done`, Agenda waits for the callback and for nothing else.
    agenda.define(
      job.name,
      (_job, done) => {
        void runOnce(job, clock, log, done);
      },
      { concurrency: 1, lockLimit: 1, lockLifetime: LOCK_MS },
    );
  }
  return agenda;
}

async function runOnce(
  job: ScheduledJob,
  clock: Clock,
  log: Log,
  done: (error?: Error) => void,
): Promise<void> {
  const started = Date.now();
  try {
    const count = await job.run(clock.now());
    if (count > 0) log.info({ job: job.name, count, ms: Date.now() - started }, 'job.done');
    done();
  } catch (error) {
    done(error instanceof Error ? error : new Error(String(error)));
  }
}
