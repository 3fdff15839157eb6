import { Schema, type Connection } from 'mongoose';
import type { MessageWish } from '../domain/letters/reach.ts';
import type { MessageWishStore } from './message-wish-store.ts';

type WishRow = MessageWish & { _id: string; saidAt: Date };

const wishSchema = new Schema<WishRow>(
  {
    _id: String,
    by: { type: String, required: true },
    about: { type: String, required: true },
    saidAt: { type: Date, required: true },
  },
  { collection: 'message_wishes', versionKey: false },
);

export function mongoMessageWishStore(connection: Connection): MessageWishStore {
  const wishes = connection.model('MessageWish', wishSchema);
  return {
    async of(matterId) {
      const row = await wishes.findById(matterId).lean<WishRow>();
      return row && { by: row.by, about: row.about };
    },
    async put(matterId, { by, about }, now) {
      await wishes.updateOne({ _id: matterId }, { $set: { by, about, saidAt: now } }, { upsert: true });
    },
  };
}
