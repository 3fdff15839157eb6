import { Schema, type Connection } from 'mongoose';
import type { MailLedger, MailRow } from './mail-ledger.ts';

type StoredMail = Omit<MailRow, 'key'> & { _id: string; removeAt: Date };

const mailSchema = new Schema<StoredMail>(
  {
    _id: String,
    sender: { type: String, required: true },
    words: { type: String, required: true },
    became: { type: String, required: true },
    version: { type: Number, required: true },
    at: { type: Date, required: true },
    isAnswered: { type: Boolean, required: true },
    removeAt: { type: Date, required: true },
  },
  { collection: 'incoming_mails', versionKey: false },
);
mailSchema.index({ sender: 1, at: -1 });
mailSchema.index({ removeAt: 1 }, { expireAfterSeconds: 0 });

interface MailTry {
  _id: string;
  tries: number;
  removeAt: Date;
}

const trySchema = new Schema<MailTry>(
  { _id: String, tries: Number, removeAt: Date },
  { collection: 'mail_tries', versionKey: false },
);
trySchema.index({ removeAt: 1 }, { expireAfterSeconds: 0 });

/** Long enough for the same mail to come a second time; a letter is then still known by its matter. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** By the database's own clock: what it removes is not for a town's clock, moved by hand, to say. */
const endOf = (): Date => new Date(Date.now() + KEPT_MS);

export function mongoMailLedger(connection: Connection): MailLedger {
  const mails = connection.model('IncomingMail', mailSchema);
  const triesOf = connection.model('MailTry', trySchema);
  return {
    async countTry(id) {
      const counted = await triesOf
        .findOneAndUpdate(
          { _id: id },
          { $inc: { tries: 1 }, $set: { removeAt: endOf() } },
          { upsert: true, returnDocument: 'after' },
        )
        .lean<MailTry>();
      return counted.tries;
    },
    async forgive(id) {
      await triesOf.updateOne({ _id: id }, { $inc: { tries: -1 } });
    },
    async begin({ key, ...row }) {
      const stored = await mails
        .findOneAndUpdate(
          { _id: key },
          { $setOnInsert: { ...row, removeAt: endOf() } },
          { upsert: true, returnDocument: 'after' },
        )
        .lean<StoredMail>();
      return toRow(stored);
    },
    async markAnswered(key) {
      await mails.updateOne({ _id: key }, { $set: { isAnswered: true } });
    },
    async recent(sender, since) {
      const rows = await mails
        .find({ sender, at: { $gte: since } })
        .sort({ at: -1 })
        .limit(100)
        .lean<StoredMail[]>();
      return rows.map(toRow);
    },
  };
}

const toRow = ({ _id, removeAt: _removeAt, ...row }: StoredMail): MailRow => ({ key: _id, ...row });
