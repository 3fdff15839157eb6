import type { Clock } from './clock.ts';
import type { JobRunsStore } from './job-runs-store.ts';
import type { Log } from './log.ts';

interface Job {
  readonly name: string;
  run(now: Date): Promise<number>;
}

/** How often a process says that it is still at it, of the time it has a job for. */
const BEATS = 12;

/**
 * Runs a job unless another process is at it: null. Otherwise until when that one has it. A process that is killed has
 * it for `leaseMs` more. How it went is noted; it never throws for a job that failed.
 */
export function makeRunJob(deps: {
  runs: JobRunsStore;
  clock: Clock;
  log: Log;
  by: string;
  leaseMs: number;
}) {
  const { runs, clock, log, by, leaseMs } = deps;
  const fromNow = (): Date => new Date(clock.now().getTime() + leaseMs);
  return async (job: Job, onBeat: () => Promise<void>): Promise<Date | null> => {
    await clock.set?.();
    const run = { by, since: clock.now(), until: fromNow() };
    const takenUntil = await runs.begin(job.name, run);
    if (takenUntil) return takenUntil;
    const beat = setInterval(() => {
      void Promise.all([runs.prolong(job.name, run, fromNow()), onBeat()]).catch((error: unknown) =>
        log.warn({ err: error, job: job.name }, 'job.not-prolonged'),
      );
    }, leaseMs / BEATS);
    const started = performance.now();
    try {
      const count = await job.run(run.since);
      const ms = Math.round(performance.now() - started);
      if (count > 0) log.info({ job: job.name, count, ms }, 'job.done');
      await runs.finish(job.name, run, { ms, count });
    } catch (error) {
      log.error({ err: error, job: job.name }, 'job.failed');
      await runs.fail(job.name, run, nameOf(error));
    } finally {
      clearInterval(beat);
    }
    return null;
  };
}

/** A word of the program's own, such as ECONNREFUSED or DuplicateKey. */
const CODE = /^[A-Za-z_]{3,40}$/;
const isCode = (value: unknown): value is string => typeof value === 'string' && CODE.test(value);

/** What went wrong, without a word of what it went wrong with. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'Error';
  const code = ['code' in error ? error.code : null, 'codeName' in error ? error.codeName : null].find(
    isCode,
  );
  return code ? `${error.name} ${code}` : error.name;
}
