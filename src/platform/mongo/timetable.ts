import { MongoJobRepository } from '@agendajs/mongo-backend';
import type { AgendaBackend, JobParameters, JobRepositoryOptions } from 'agenda';
import type { Connection } from 'mongoose';
import type { Clock } from '../clock.ts';

const COLLECTION = 'scheduled_jobs';

/** A row of a job no version knows any more is kept this long: an older version may still be running beside us. */
const FORGOTTEN_MS = 60 * 60_000;

type Db = NonNullable<Connection['db']>;

/** Agenda's rows: when each job is asked for next. */
export interface Timetable {
  readonly backend: AgendaBackend;
  /** One row a job at most, and none of jobs that are no more. */
  tidy(names: readonly string[]): Promise<void>;
  next(): Promise<ReadonlyMap<string, Date>>;
  /** Brings the next run of a job forward to now; false: the timetable has no such job. */
  bringForward(name: string): Promise<boolean>;
  /** Gives this process no further job. */
  close(): Promise<void>;
  /** Agenda leaves queued jobs locked when it stops: others would wait for the locks to age. */
  unlock(by: string): Promise<void>;
  /** A moment of the timetable by the clock of this process, which Agenda goes by. */
  byOwnClock(moment: Date): Date;
}

export function makeTimetable({ connection, clock }: { connection: Connection; clock: Clock }): Timetable {
  if (!connection.db) throw new Error('The timetable needs an open connection.');
  const rows = connection.collection<{ name: string; nextRunAt: Date | null }>(COLLECTION);
  const repository = new TimetableRepository(connection.db, clock);
  return {
    backend: {
      name: 'MongoDB',
      repository,
      ownsConnection: false,
      connect: () => repository.connect(),
      disconnect: async () => {},
    },
    async tidy(names) {
      const forgotten = new Date(clock.now().getTime() - FORGOTTEN_MS);
      await rows.deleteMany({ name: { $nin: [...names] }, nextRunAt: { $not: { $gt: forgotten } } });
      const found = await rows.find().sort({ _id: 1 }).toArray();
      const doubles = found.filter(({ name }, place) => found.findIndex((one) => one.name === name) < place);
      await rows.deleteMany({ _id: { $in: doubles.map(({ _id }) => _id) } });
      // Two processes that start at once each look for the row and then make it: the index leaves one of them.
      await rows.createIndex({ name: 1, type: 1 }, { unique: true });
    },
    async next() {
      const found = await rows.find().toArray();
      return new Map(found.flatMap(({ name, nextRunAt }) => (nextRunAt ? [[name, nextRunAt]] : [])));
    },
    async bringForward(name) {
      const { matchedCount } = await rows.updateOne({ name }, { $set: { nextRunAt: clock.now() } });
      return matchedCount === 1;
    },
    close: () => repository.close(),
    async unlock(by) {
      await rows.updateMany({ lastModifiedBy: by, lockedAt: { $ne: null } }, { $set: { lockedAt: null } });
    },
    byOwnClock: (moment) => repository.byOwnClock(moment),
  };
}

/**
 * Agenda goes by the clock of its process, and writes down what it reads there: a lock from a clock that is fast looks
 * fresh to everybody else for as long as it is fast, and one that is slow looks old at once. Here each moment is turned
 * into the composition's time on its way to the store, and back again.
 */
class TimetableRepository extends MongoJobRepository {
  readonly #clock: Clock;
  readonly #asked = new Set<Promise<unknown>>();
  #isClosed = false;

  constructor(mongo: Db, clock: Clock) {
    // The index that Agenda would make serves long queues; and when it fails, nobody hears of it.
    super({ mongo, db: { collection: COLLECTION }, ensureIndex: false });
    this.#clock = clock;
  }

  override async getNextJobToRun(
    name: string,
    nextScanAt: Date,
    lockDeadline: Date,
    _now: Date | undefined,
    options: JobRepositoryOptions | undefined,
  ): Promise<JobParameters | undefined> {
    if (this.#isClosed) return undefined;
    const { now, toStore } = this.#moment();
    const asked = super.getNextJobToRun(name, toStore(nextScanAt), toStore(lockDeadline), now, options);
    this.#asked.add(asked);
    try {
      const found = await asked;
      return found && withMoments(found, (moment) => this.byOwnClock(moment));
    } finally {
      this.#asked.delete(asked);
    }
  }

  override async saveJobState(job: JobParameters, options: JobRepositoryOptions | undefined): Promise<void> {
    await super.saveJobState(withMoments(job, this.#moment().toStore), options);
  }

  override async saveJob<DATA = unknown>(
    job: JobParameters<DATA>,
    options: JobRepositoryOptions | undefined,
  ): Promise<JobParameters<DATA>> {
    const save = () => super.saveJob(withMoments(job, this.#moment().toStore), options);
    // Two processes that start at once make the same row; whoever comes second finds it made.
    const saved = await save().catch(save);
    return withMoments(saved, (moment) => this.byOwnClock(moment));
  }

  /** Agenda does not wait for it, so that a failure would end the process. The lock ages by itself. */
  override async unlockJob(job: JobParameters): Promise<void> {
    await super.unlockJob(job).catch(() => undefined);
  }

  byOwnClock(moment: Date): Date {
    return new Date(moment.getTime() - this.#moment().ahead);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#asked);
  }

  #moment() {
    const now = this.#clock.now();
    const ahead = now.getTime() - Date.now();
    return { now, ahead, toStore: (moment: Date) => new Date(moment.getTime() + ahead) };
  }
}

const MOMENTS = ['nextRunAt', 'lockedAt', 'lastRunAt', 'lastFinishedAt', 'failedAt'] as const;

function withMoments<DATA>(job: JobParameters<DATA>, turn: (moment: Date) => Date): JobParameters<DATA> {
  const turned = MOMENTS.flatMap((name) => {
    const moment = job[name];
    return moment ? [[name, turn(moment)]] : [];
  });
  return { ...job, ...Object.fromEntries(turned) };
}
