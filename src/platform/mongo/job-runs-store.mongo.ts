import { Schema, type Connection } from 'mongoose';
import { CUT_SHORT, type JobRun, type JobRuns, type JobRunsStore } from '../job-runs-store.ts';

type JobRow = Omit<JobRuns, 'name'> & { _id: string };

const jobSchema = new Schema<JobRow>(
  {
    _id: String,
    running: Schema.Types.Mixed,
    last: Schema.Types.Mixed,
    failure: Schema.Types.Mixed,
    failuresInARow: { type: Number, required: true },
  },
  { collection: 'job_runs', versionKey: false },
);

const NOT_YET: Omit<JobRow, '_id'> = { running: null, last: null, failure: null, failuresInARow: 0 };

const ofRun = (name: string, { by, since }: JobRun) => ({
  _id: name,
  'running.by': by,
  'running.since': since,
});

export function mongoJobRunsStore(connection: Connection): JobRunsStore {
  const jobs = connection.model('JobRuns', jobSchema);
  return {
    async know(names) {
      await jobs.bulkWrite(
        names.map((_id) => ({
          updateOne: { filter: { _id }, update: { $setOnInsert: NOT_YET }, upsert: true },
        })),
      );
    },
    async begin(name, { by, since, until }) {
      const before = await jobs
        .findOneAndUpdate(
          { _id: name, $or: [{ running: null }, { 'running.until': { $lte: since } }] },
          { $set: { running: { by, since, until } } },
          { returnDocument: 'before' },
        )
        .lean<JobRow>();
      if (!before) {
        const row = await jobs.findById(name).lean<JobRow>();
        return row?.running?.until ?? until;
      }
      if (before.running) {
        const failure = { by: before.running.by, at: before.running.since, error: CUT_SHORT };
        await jobs.updateOne({ _id: name }, { $set: { failure }, $inc: { failuresInARow: 1 } });
      }
      return null;
    },
    async prolong(name, run, until) {
      await jobs.updateOne(ofRun(name, run), { $set: { 'running.until': until } });
    },
    async finish(name, run, { ms, count }) {
      const last = { by: run.by, at: run.since, ms, count };
      await jobs.updateOne(ofRun(name, run), { $set: { running: null, last, failuresInARow: 0 } });
    },
    async fail(name, run, error) {
      const failure = { by: run.by, at: run.since, error };
      await jobs.updateOne(ofRun(name, run), {
        $set: { running: null, failure },
        $inc: { failuresInARow: 1 },
      });
    },
    async leave(by) {
      await jobs.updateMany({ 'running.by': by }, { $set: { running: null } });
    },
    async all() {
      const rows = await jobs.find().sort({ _id: 1 }).lean<JobRow[]>();
      return rows.map(({ _id, running, last, failure, failuresInARow }) => ({
        name: _id,
        running,
        last,
        failure,
        failuresInARow,
      }));
    },
  };
}
