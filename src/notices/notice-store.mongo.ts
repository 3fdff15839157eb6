import { mongo, Schema, type Connection } from 'mongoose';
import type { Notice } from './notice.ts';
import type { NoticeStore } from './notice-store.ts';

type NoticeRow = Omit<Notice, 'key'> & { _id: string };

const noticeSchema = new Schema<NoticeRow>(
  {
    _id: String,
    matterId: String,
    number: String,
    template: { type: String, required: true },
    recipient: Schema.Types.Mixed,
    channel: { type: String, required: true },
    step: String,
    clockVersion: Number,
    gatewayId: String,
    seq: Number,
    state: { type: String, required: true },
    attempts: { type: Number, required: true },
    dueAt: { type: Date, required: true },
    plannedAt: { type: Date, required: true },
    settledAt: Date,
    remark: String,
  },
  { collection: 'notices', versionKey: false },
);
noticeSchema.index({ state: 1, channel: 1, dueAt: 1, plannedAt: 1, seq: 1 });
noticeSchema.index({ gatewayId: 1 }, { sparse: true });
// Little waits on the board: the index holds nothing else.
noticeSchema.index(
  { 'recipient.personId': 1, state: 1, plannedAt: -1 },
  { partialFilterExpression: { channel: 'board' } },
);
noticeSchema.index({ matterId: 1, plannedAt: 1 });

/** The ledger's key is the document's own: unique by nature. */
export function mongoNoticeStore(connection: Connection): NoticeStore {
  const notices = connection.model('Notice', noticeSchema);
  return {
    async add(planned) {
      if (planned.length === 0) return;
      // Nearly all are new: those that are there are refused by their key, and stay as they are.
      await notices.collection
        .insertMany(
          planned.map(({ key, ...notice }) => ({ _id: key as never, ...notice })),
          { ordered: false },
        )
        .catch(ignoreDuplicates);
    },
    async claim(channel, now, holdMs) {
      const row = await notices
        .findOneAndUpdate(
          { channel, state: 'queued', dueAt: { $lte: now } },
          { $set: { dueAt: new Date(now.getTime() + holdMs) }, $inc: { attempts: 1 } },
          { sort: { dueAt: 1, plannedAt: 1, seq: 1 }, returnDocument: 'after' },
        )
        .lean<NoticeRow>();
      return row && toNotice(row);
    },
    async settle(key, { state, at, nextTryAt, gatewayId, remark }) {
      const due = nextTryAt && { dueAt: nextTryAt };
      const taken = gatewayId !== undefined && { gatewayId };
      // A receipt may be here before the gateway's answer is written down: it stands.
      await notices.updateOne(
        { _id: key, state: 'queued' },
        { $set: { state, remark, settledAt: at, ...due, ...taken } },
      );
    },
    async confirm({ key, gatewayId, state, at, remark }) {
      const known = [...(key ? [{ _id: key }] : []), ...(gatewayId ? [{ gatewayId }] : [])];
      for (const one of known) {
        // A sent one, or one that is being sent right now.
        const row = await notices
          .findOneAndUpdate(
            { ...one, $or: [{ state: 'sent' }, { state: 'queued', attempts: { $gt: 0 } }] },
            { $set: { state, remark, settledAt: at } },
            { returnDocument: 'after' },
          )
          .lean<NoticeRow>();
        if (row) return toNotice(row);
      }
      return null;
    },
    async byKeys(keys) {
      const rows = await notices.find({ _id: { $in: [...keys] } }).lean<NoticeRow[]>();
      return rows.map(toNotice);
    },
    async onBoardOf(personId) {
      const rows = await notices
        .find({ channel: 'board', 'recipient.personId': personId, state: 'sent' })
        .sort({ plannedAt: -1 })
        .limit(MOST_ON_BOARD)
        .lean<NoticeRow[]>();
      return rows.map(toNotice);
    },
    async readOnBoard(key, personId, at) {
      await notices.updateOne(
        { _id: key, channel: 'board', 'recipient.personId': personId, state: 'sent' },
        { $set: { state: 'delivered', settledAt: at } },
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

function ignoreDuplicates(error: unknown): void {
  const isDuplicate = typeof error === 'object' && error !== null && 'code' in error && error.code === 11000;
  const others =
    error instanceof mongo.MongoBulkWriteError &&
    [error.writeErrors].flat().some(({ code }) => code !== 11000);
  if (!isDuplicate || others) throw error;
}

const MOST_ON_BOARD = 100;

/** What rows written by earlier versions of the program lack. */
const NOT_YET_THERE = { clockVersion: null, gatewayId: null, seq: 0 } as const;

const toNotice = ({ _id, ...notice }: NoticeRow): Notice => ({ key: _id, ...NOT_YET_THERE, ...notice });
