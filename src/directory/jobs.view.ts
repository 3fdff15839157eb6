import type { JobState } from '../platform/job-runs-store.ts';

/** A job that has not come to an end for so many of its turns is late: nobody runs it, or it never ends. */
const LATE_TURNS = 10;

const UNIT_MS = { second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

const TONES = { failing: 'bad', late: 'warn', running: 'info', well: 'ok', waiting: 'calm' } as const;

export type Standing = keyof typeof TONES;

export function standingOf(job: JobState, now: Date): Standing {
  if (job.failuresInARow > 0) return 'failing';
  const turnMs = job.every.count * UNIT_MS[job.every.unit];
  const heardOf = job.last
    ? job.last.at.getTime() + job.last.ms
    : (job.running?.since ?? job.next)?.getTime();
  if (heardOf !== undefined && now.getTime() - heardOf > LATE_TURNS * turnMs) return 'late';
  if (job.running) return 'running';
  return job.last ? 'well' : 'waiting';
}

export const troubled = (jobs: readonly JobState[], now: Date): number =>
  jobs.filter((job) => ['failing', 'late'].includes(standingOf(job, now))).length;

/** `asked`: the job that somebody has just asked for. */
export const jobsView = (jobs: readonly JobState[], now: Date, asked: string) => ({
  asked: jobs.find(({ name }) => name === asked)?.name ?? null,
  rows: jobs.map((job) => {
    const standing = standingOf(job, now);
    const by = job.running?.by ?? job.last?.by;
    return {
      name: job.name,
      every: job.every,
      standing,
      tone: TONES[standing],
      failuresInARow: job.failuresInARow,
      runningSince: job.running?.since ?? null,
      last: job.last && { at: job.last.at, seconds: job.last.ms / 1000, count: job.last.count },
      next: job.running ? null : job.next,
      failure: job.failure,
      process: by ? processOf(by) : null,
      address: `/administration/jobs/${encodeURIComponent(job.name)}/run`,
    };
  }),
});

/** `4711@2026-09-24T02:00:00.000Z` → its number, and since when it runs. */
function processOf(by: string) {
  const [number = '', since = ''] = by.split('@');
  return { number, since };
}
