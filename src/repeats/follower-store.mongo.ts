import { Schema, type Connection } from 'mongoose';
import type { Follower, FollowerStore } from './follower-store.ts';

const KEPT_MS = 3 * 24 * 60 * 60 * 1000;

type FollowerRow = Omit<Follower, 'id' | 'pace' | 'digestId'> & {
  _id: string;
  removeAt?: Date;
  /** Both absent in rows of before there was a digest. */
  pace?: Follower['pace'];
  digestId?: string;
};

const followerSchema = new Schema<FollowerRow>(
  {
    _id: String,
    matterId: { type: String, required: true },
    mail: { type: String, required: true },
    language: { type: String, required: true },
    isConfirmed: { type: Boolean, required: true },
    since: { type: Date, required: true },
    removeAt: Date,
    pace: String,
    digestId: String,
  },
  { collection: 'followers', versionKey: false },
);
followerSchema.index({ matterId: 1, isConfirmed: 1 });
followerSchema.index({ digestId: 1 }, { sparse: true });
// By the database's own clock, as with drafts. Who confirmed has no such date and stays.
followerSchema.index({ removeAt: 1 }, { expireAfterSeconds: 0 });

export function mongoFollowerStore(connection: Connection): FollowerStore {
  const followers = connection.model('Follower', followerSchema);
  return {
    async add({ id, ...follower }) {
      const removeAt = new Date(Date.now() + KEPT_MS);
      await followers.updateOne(
        { _id: id },
        { $setOnInsert: { ...follower, ...(!follower.isConfirmed && { removeAt }) } },
        { upsert: true },
      );
    },
    async find(id) {
      const row = await followers.findById(id).lean<FollowerRow>();
      return row && toFollower(row);
    },
    async confirm(id, now) {
      await followers.updateOne(
        { _id: id, isConfirmed: false },
        { $set: { isConfirmed: true, since: now }, $unset: { removeAt: 1 } },
      );
    },
    async remove(id) {
      await followers.deleteOne({ _id: id });
    },
    async setPace(id, pace, digestId) {
      await followers.updateOne({ _id: id }, { $set: { pace, digestId } });
    },
    async ofDigest(digestId) {
      const rows = await followers
        .find({ digestId, pace: 'weekly', isConfirmed: true })
        .sort({ since: 1 })
        .lean<FollowerRow[]>();
      return rows.map(toFollower);
    },
    async removeDigest(digestId) {
      await followers.deleteMany({ digestId, pace: 'weekly' });
    },
    async ofMatter(matterId) {
      const rows = await followers.find({ matterId, isConfirmed: true }).lean<FollowerRow[]>();
      return rows.map(toFollower);
    },
  };
}

const toFollower = (row: FollowerRow): Follower => ({
  id: row._id,
  matterId: row.matterId,
  mail: row.mail,
  language: row.language,
  isConfirmed: row.isConfirmed,
  since: row.since,
  pace: row.pace ?? 'atOnce',
  digestId: row.digestId ?? '',
});
