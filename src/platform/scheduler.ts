import { Agenda, type Job } from 'agenda';
import type { Connection } from 'mongoose';
import type { Clock } from './clock.ts';
import type { JobRunsStore, JobState } from './job-runs-store.ts';
import type { Log } from './log.ts';
import { mongoJobRunsStore } from './mongo/job-runs-store.mongo.ts';
import { makeTimetable, type Timetable } from './mongo/timetable.ts';
import { makeRunJob } from './run-job.ts';

/** A sweep that some process runs every so often. It must bear being run twice, late, or by two at once. */
export interface ScheduledJob {
  readonly name: string;
  /** Such as '1 minute'. */
  readonly every: string;
  run(now: Date): Promise<number>;
}

/** A process that was killed has the job it was at for so long; then another one takes it over. */
const LEASE_MS = 60_000;

/**
 * Agenda's own lock, of a lease. It is short because Agenda keeps a process alive for half of it after the last run;
 * the lease is longer because a process may be busy with something else and then go on.
 */
const LOCK_SHARE = 1 / 3;

/** A run that takes longer than this to end when the program stops is left to whoever takes it over. */
const STOP_MS = 8000;

export interface Scheduler {
  start(): Promise<void>;
  /** Waits for what runs, then lets go of everything this process still holds. */
  stop(): Promise<void>;
  /** How each job stands, in the order of the table. */
  state(): Promise<JobState[]>;
  /** Has a job run as soon as a process is free for it; false: the timetable has no such job. */
  runSoon(name: string): Promise<boolean>;
}

interface Deps {
  readonly connection: Connection;
  readonly jobs: readonly ScheduledJob[];
  readonly clock: Clock;
  readonly log: Log;
  readonly leaseMs?: number;
}

/**
 * Agenda as a ticker: it says which process looks at a job when. Whether the job is free then, the job's own row says,
 * by the store's time; and what is due for it is written in our own documents.
 */
export function makeScheduler(deps: Deps): Scheduler {
  const { connection, jobs, clock } = deps;
  const by = `${process.pid}@${clock.now().toISOString()}`;
  const names = jobs.map(({ name }) => name);
  const runs = mongoJobRunsStore(connection);
  const timetable = makeTimetable({ connection, clock });
  let agenda: Agenda | null = null;
  return {
    async start() {
      await timetable.tidy(names);
      await runs.know(names);
      agenda ??= makeAgenda(by, { ...deps, runs, timetable });
      for (const { every, name } of jobs) await agenda.every(every, name);
      await agenda.start();
    },
    async stop() {
      if (!agenda) return;
      await timetable.close();
      await agenda.drain(STOP_MS);
      await timetable.unlock(by);
      await runs.leave(by);
    },
    async state() {
      const [known, next] = await Promise.all([runs.all(), timetable.next()]);
      return jobs.map(({ name, every }) => ({
        ...(known.find((one) => one.name === name) ?? neverRun(name)),
        every: inUnits(every),
        next: next.get(name) ?? null,
      }));
    },
    runSoon: (name) => timetable.bringForward(name),
  };
}

const neverRun = (name: string) => ({ name, running: null, last: null, failure: null, failuresInARow: 0 });

/** '30 seconds', as Agenda reads it, for a page to say in its own words. */
function inUnits(every: string): JobState['every'] {
  const [, count = '', unit] = /^(\d+) (second|minute|hour|day)s?$/.exec(every) ?? [];
  if (unit !== 'second' && unit !== 'minute' && unit !== 'hour' && unit !== 'day')
    throw new Error(`Every "${every}" is none of '1 minute', '30 seconds' and the like.`);
  return { count: Number(count), unit };
}

function makeAgenda(by: string, deps: Deps & { runs: JobRunsStore; timetable: Timetable }): Agenda {
  const { jobs, runs, timetable, clock, log, leaseMs = LEASE_MS } = deps;
  const runJob = makeRunJob({ runs, clock, log, by, leaseMs });
  const lockLifetime = leaseMs * LOCK_SHARE;
  const agenda = new Agenda({ backend: timetable.backend, name: by, processEvery: '1 second' });
  agenda.on('error', (error: unknown) => log.error({ err: error }, 'scheduler.error'));
  for (const job of jobs) {
    const onTick = async (ticket: Job, done: () => void): Promise<void> => {
      try {
        const takenUntil = await runJob(job, () => ticket.touch());
        if (takenUntil) comeAgain(ticket, timetable.byOwnClock(takenUntil));
      } catch (error) {
        // Not thrown on: Agenda would write the error's words into its row.
        log.error({ err: error, job: job.name }, 'job.not-run');
      }
      done();
    };
    // With `done`, Agenda waits for the callback and for nothing else. No `lockLimit`: Agenda counts a lock that aged
    // before its run began (a machine that slept) for ever, and a process at its limit asks for the job no more.
    agenda.define(job.name, (ticket, done) => void onTick(ticket, done), { concurrency: 1, lockLifetime });
  }
  return agenda;
}

/** Should the process that has the job be dead, the job is not to wait for its next turn. */
function comeAgain({ attrs }: Job, then: Date): void {
  if (!attrs.nextRunAt || attrs.nextRunAt > then) attrs.nextRunAt = then;
}
