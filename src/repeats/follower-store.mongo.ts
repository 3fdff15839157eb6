import { Schema, type Connection } from 'mongoose';
import type { Follower, FollowerStore } from './follower-store.ts';

const KEPT_MS = 3 * 24 * 60 * 60 * 1000;

type FollowerRow = Omit<Follower, 'id'> & { _id: string; removeAt?: Date };

const followerSchema = new Schema<FollowerRow>(
  {
    _id: String,
    matterId: { type: String, required: true },
    mail: { type: String, required: true },
    language: { type: String, required: true },
    isConfirmed: { type: Boolean, required: true },
    since: { type: Date, required: true },
    removeAt: Date,
  },
  { collection: 'followers', versionKey: false },
);
followerSchema.index({ matterId: 1, isConfirmed: 1 });
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
    async ofMatter(matterId) {
      const rows = await followers.find({ matterId, isConfirmed: true }).lean<FollowerRow[]>();
      return rows.map(toFollower);
    },
  };
}

const toFollower = ({ _id, matterId, mail, language, isConfirmed, since }: FollowerRow): Follower => ({
  id: _id,
  matterId,
  mail,
  language,
  isConfirmed,
  since,
});
