import { Schema, type Connection } from 'mongoose';
import { ignoreDuplicateKeys } from '../platform/mongo/duplicate-key.ts';
import type { Notice } from './notice.ts';
import type { NoticeStore } from './notice-store.ts';

type NoticeRow = Omit<Notice, 'key'> & {
  _id: string;
  /** False: it was not sent, and it is still to be seen whether another way takes it. */
  isPassedOn?: boolean;
};

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
    isPassedOn: Boolean,
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
// So does hardly anything that was not sent and whose next way is not found yet.
noticeSchema.index({ channel: 1, isPassedOn: 1 }, { partialFilterExpression: { isPassedOn: false } });
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
        .catch(ignoreDuplicateKeys);
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
    async postpone(key, until) {
      await notices.updateOne(
        { _id: key, state: 'queued' },
        { $set: { dueAt: until }, $inc: { attempts: -1 } },
      );
    },
    async waitingBefore({ matterId, channel, recipient, plannedAt, seq }) {
      // What is about no single matter has no order.
      if (matterId === null) return null;
      const row = await notices
        .findOne({
          matterId,
          channel,
          state: 'queued',
          attempts: { $gt: 0 },
          'recipient.role': recipient.role,
          'recipient.personId': recipient.personId,
          'recipient.followerId': recipient.followerId ?? null,
          $or: [{ plannedAt: { $lt: plannedAt } }, { plannedAt, seq: { $lt: seq } }],
        })
        .sort({ plannedAt: 1, seq: 1 })
        .lean<NoticeRow>();
      return row && toNotice(row);
    },
    async settle(key, { state, at, nextTryAt, gatewayId, remark }) {
      const due = nextTryAt && { dueAt: nextTryAt };
      const taken = gatewayId !== undefined && { gatewayId };
      // A receipt may be here before the gateway's answer is written down: it stands.
      const { matchedCount } = await notices.updateOne(
        { _id: key, state: 'queued' },
        { $set: { state, remark, settledAt: at, ...due, ...taken, ...ended(state) } },
      );
      return matchedCount > 0;
    },
    async notPassedOn(channel) {
      const rows = await notices.find({ channel, isPassedOn: false }).limit(MOST_LEFT).lean<NoticeRow[]>();
      return rows.map(toNotice);
    },
    async markPassedOn(key) {
      await notices.updateOne({ _id: key, isPassedOn: false }, { $unset: { isPassedOn: true } });
    },
    async confirm({ key, gatewayId, state, at, remark }) {
      const known = [...(key ? [{ _id: key }] : []), ...(gatewayId ? [{ gatewayId }] : [])];
      for (const one of known) {
        // A sent one, or one that is being sent right now.
        const row = await notices
          .findOneAndUpdate(
            { ...one, $or: [{ state: 'sent' }, { state: 'queued', attempts: { $gt: 0 } }] },
            { $set: { state, remark, settledAt: at, ...ended(state) } },
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

const MOST_ON_BOARD = 100;
const MOST_LEFT = 100;

const ended = (state: Notice['state']): Pick<NoticeRow, 'isPassedOn'> =>
  state === 'failed' || state === 'suppressed' ? { isPassedOn: false } : {};

/** What rows written by earlier versions of the program lack. */
const NOT_YET_THERE = { clockVersion: null, gatewayId: null, seq: 0 } as const;

const toNotice = ({ _id, isPassedOn: _isPassedOn, ...notice }: NoticeRow): Notice => ({
  key: _id,
  ...NOT_YET_THERE,
  ...notice,
});
