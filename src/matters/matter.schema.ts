import { Schema, type Connection } from 'mongoose';
import type { Matter } from '../domain/matters/matter.ts';

/** A matter as it lies in the store: the domain's own shape, and what only the store needs. */
export interface MatterRow extends Omit<Matter, 'id'> {
  readonly _id: string;
  readonly submissionHash?: string;
  readonly codeHash?: string;
  readonly wordsHash?: string;
  /** Absent when nothing is due, so that the index holds open matters only. */
  readonly nextStepAt?: Date;
  readonly announcedSeq: number;
  /** Since when an event waits to be told; absent when all is told. */
  readonly unannouncedSince?: Date;
}

const anything = Schema.Types.Mixed;

/** Types and indexes only; the rules live in the domain. */
const matterSchema = new Schema<MatterRow>(
  {
    _id: { type: String, required: true },
    version: { type: Number, required: true },
    number: { type: String, required: true },
    letter: { type: anything, required: true },
    state: { type: String, required: true },
    stateBefore: String,
    lead: String,
    supporting: [String],
    handler: String,
    suggestions: { type: anything, required: true },
    topic: anything,
    returns: { type: Number, required: true },
    joinedTo: String,
    sharedAnswer: anything,
    heldOut: anything,
    accused: [String],
    clock: { type: anything, required: true },
    rounds: { type: anything, required: true },
    answer: anything,
    resolution: String,
    publication: anything,
    rating: anything,
    refusal: anything,
    origin: anything,
    history: { type: [anything], required: true },
    changedAt: { type: Date, required: true },
    submissionHash: String,
    codeHash: String,
    wordsHash: String,
    nextStepAt: Date,
    announcedSeq: { type: Number, required: true },
    unannouncedSince: Date,
  },
  { collection: 'matters', versionKey: false, minimize: false, strict: 'throw' },
);

matterSchema.index({ number: 1 }, { unique: true });
matterSchema.index({ submissionHash: 1 }, { unique: true, sparse: true });
matterSchema.index(
  { 'origin.source': 1, 'origin.externalId': 1 },
  { unique: true, partialFilterExpression: { 'origin.externalId': { $exists: true } } },
);
matterSchema.index({ nextStepAt: 1 }, { sparse: true });
matterSchema.index({ unannouncedSince: 1 }, { sparse: true });
matterSchema.index({ state: 1, 'clock.reply.dueAt': 1, number: 1 });
matterSchema.index({ state: 1, 'letter.receivedAt': -1, number: -1 });
matterSchema.index({ lead: 1, state: 1, 'clock.reply.dueAt': 1, number: 1 });
matterSchema.index({ 'letter.receivedAt': -1, number: -1 });
// Secret letters are few; lists without them are counted by taking these away.
matterSchema.index({ 'letter.kind': 1, state: 1 }, { partialFilterExpression: { 'letter.kind': 'report' } });
matterSchema.index({ supporting: 1, state: 1 });
matterSchema.index({ joinedTo: 1, 'letter.receivedAt': 1, number: 1 });
matterSchema.index({ wordsHash: 1, 'letter.receivedAt': 1, number: 1 }, { sparse: true });
matterSchema.index({ 'answer.fingerprint': 1 }, { sparse: true });

export const matterModel = (connection: Connection) => connection.model('Matter', matterSchema);

const counterSchema = new Schema<{ _id: string; last: number }>(
  { _id: String, last: { type: Number, required: true } },
  { collection: 'counters', versionKey: false },
);

export const counterModel = (connection: Connection) => connection.model('Counter', counterSchema);
