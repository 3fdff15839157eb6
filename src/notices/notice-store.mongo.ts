import { Schema, type Connection } from 'mongoose';
import type { Notice } from './notice.ts';
import type { NoticeStore } from './notice-store.ts';

type NoticeRow = Omit<Notice, 'key'> & { _id: string };

const noticeSchema = new Schema<NoticeRow>(
  {
    _id: String,
    matterId: { type: String, required: true },
    number: String,
    template: { type: String, required: true },
    recipient: Schema.Types.Mixed,
    channel: { type: String, required: true },
    step: String,
    state: { type: String, required: true },
    attempts: { type: Number, required: true },
    dueAt: { type: Date, required: true },
    plannedAt: { type: Date, required: true },
    settledAt: Date,
    remark: String,
  },
  { collection: 'notices', versionKey: false },
);
noticeSchema.index({ state: 1, dueAt: 1 });
noticeSchema.index({ matterId: 1, plannedAt: 1 });

/** The ledger's key is the document's own: unique by nature. */
export function mongoNoticeStore(connection: Connection): NoticeStore {
  const notices = connection.model('Notice', noticeSchema);
  return {
    async add(planned) {
      if (planned.length === 0) return;
      await notices.bulkWrite(
        planned.map(({ key, ...notice }) => ({
          updateOne: { filter: { _id: key }, update: { $setOnInsert: notice }, upsert: true },
        })),
        { ordered: false },
      );
    },
    async claim(now, holdMs) {
      const row = await notices
        .findOneAndUpdate(
          { state: 'queued', dueAt: { $lte: now } },
          { $set: { dueAt: new Date(now.getTime() + holdMs) }, $inc: { attempts: 1 } },
          { sort: { dueAt: 1 }, returnDocument: 'after' },
        )
        .lean<NoticeRow>();
      return row && toNotice(row);
    },
    async settle(key, { state, at, nextTryAt, remark }) {
      await notices.updateOne(
        { _id: key },
        { $set: { state, remark, settledAt: at, ...(nextTryAt ? { dueAt: nextTryAt } : {}) } },
      );
    },
    async ofMatter(matterId) {
      const rows = await notices.find({ matterId }).sort({ plannedAt: 1 }).lean<NoticeRow[]>();
      return rows.map(toNotice);
    },
    async countByState() {
      const rows = await notices.aggregate<{ _id: Notice['state']; count: number }>([
        { $group: { _id: '$state', count: { $sum: 1 } } },
      ]);
      return new Map(rows.map(({ _id, count }) => [_id, count]));
    },
  };
}

const toNotice = ({ _id, ...notice }: NoticeRow): Notice => ({ key: _id, ...notice });
