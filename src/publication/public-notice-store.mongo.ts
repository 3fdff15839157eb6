import { Schema, type Connection } from 'mongoose';
import type { PublicNotice } from '../domain/publication/public-notice.ts';
import type { PublicNoticeStore } from './public-notice-store.ts';

type NoticeRow = Omit<PublicNotice, 'id'> & { _id: string; isStanding: boolean; putAt?: Date };

const noticeSchema = new Schema<NoticeRow>(
  {
    _id: String,
    title: String,
    text: String,
    language: String,
    about: Schema.Types.Mixed,
    publishedAt: { type: Date, required: true },
    publishedBy: String,
    takenDown: Schema.Types.Mixed,
    isStanding: { type: Boolean, required: true },
    putAt: Date,
  },
  { collection: 'public_notices', versionKey: false },
);
noticeSchema.index({ putAt: -1 });
noticeSchema.index({ isStanding: 1, publishedAt: -1, _id: 1 });

export function mongoPublicNoticeStore(connection: Connection): PublicNoticeStore {
  const notices = connection.model('PublicNotice', noticeSchema);
  return {
    async put({ id, ...notice }) {
      await notices.updateOne(
        { _id: id },
        { $set: { ...notice, isStanding: notice.takenDown === null }, $currentDate: { putAt: true } },
        { upsert: true },
      );
    },
    async byId(id) {
      const row = await notices.findById(id).lean<NoticeRow>();
      return row && toNotice(row);
    },
    async latest(count) {
      const rows = await notices
        .find({ isStanding: true })
        .sort({ publishedAt: -1, _id: 1 })
        .limit(count)
        .lean<NoticeRow[]>();
      return rows.map(toNotice);
    },
    async lastPutAt() {
      const row = await notices.findOne({}, { putAt: 1 }).sort({ putAt: -1 }).lean<NoticeRow>();
      return row?.putAt ?? null;
    },
  };
}

const toNotice = ({ _id, isStanding: _, putAt: _p, ...notice }: NoticeRow): PublicNotice => ({
  id: _id,
  ...notice,
});
