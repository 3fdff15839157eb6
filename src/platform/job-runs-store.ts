/** A run of a job by one process, and until when it has the job for itself unless it says more. */
export interface JobRun {
  /** The process: its number and since when it runs, `4711@2026-09-24T02:00:00.000Z`. */
  readonly by: string;
  readonly since: Date;
  readonly until: Date;
}

/** What became of a job's runs. */
export interface JobRuns {
  readonly name: string;
  readonly running: JobRun | null;
  readonly last: {
    readonly by: string;
    readonly at: Date;
    readonly ms: number;
    readonly count: number;
  } | null;
  /** `error` is the name of what went wrong: its words may hold what nobody here may read. */
  readonly failure: { readonly by: string; readonly at: Date; readonly error: string } | null;
  readonly failuresInARow: number;
}

/** What is noted as the failure of a run whose process ended, or said nothing for too long. */
export const CUT_SHORT = 'CutShort';

/** One row a job: who runs it, and how it went. Whoever has the row runs the job, and nobody beside. */
export interface JobRunsStore {
  /** Makes the rows of these jobs where there are none. */
  know(names: readonly string[]): Promise<void>;
  /** Gives the job to this run: null. Or another has it: until when. A run before it that ran out is a failure. */
  begin(name: string, run: JobRun): Promise<Date | null>;
  /** Each of these does nothing when another run has the job by now. */
  prolong(name: string, run: JobRun, until: Date): Promise<void>;
  finish(name: string, run: JobRun, done: { readonly ms: number; readonly count: number }): Promise<void>;
  fail(name: string, run: JobRun, error: string): Promise<void>;
  /** Lets go of whatever the process still has. */
  leave(by: string): Promise<void>;
  all(): Promise<JobRuns[]>;
}

/** How a job stands: for the page that shows it. */
export interface JobState extends JobRuns {
  readonly every: { readonly count: number; readonly unit: 'second' | 'minute' | 'hour' | 'day' };
  readonly next: Date | null;
}
