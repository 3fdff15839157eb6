import { nextStepAt } from '../domain/clocks/matter-clock.ts';
import { cardOf } from '../domain/matters/advance-clock.ts';
import type { Matter } from '../domain/matters/matter.ts';
import type { MatterSummary } from './matter-store.ts';
import type { MatterRow } from './matter.schema.ts';

/** Between the domain's shape of a matter and its row. */

export const SUMMARY = {
  number: 1,
  'letter.title': 1,
  'letter.kind': 1,
  'letter.receivedAt': 1,
  state: 1,
  lead: 1,
  handler: 1,
  'clock.reply': 1,
  'clock.taken': 1,
  'clock.withdrawn': 1,
  'rating.overall': 1,
};

export function toRow(matter: Matter): MatterRow {
  const { id, ...rest } = matter;
  const next = nextStepAt(matter.clock, matter.state);
  return { _id: id, ...rest, announcedSeq: 0, ...(next ? { nextStepAt: next } : {}) };
}

/** What matters written by earlier versions of the program lack. */
const NOT_YET_THERE = { topic: null, sharedAnswer: null, heldOut: [], accused: [] } as const;

export function toMatter(row: MatterRow): Matter {
  const {
    _id,
    submissionHash: _s,
    codeHash: _c,
    wordsHash: _w,
    nextStepAt: _n,
    announcedSeq: _a,
    unannouncedSince: _u,
    ...rest
  } = row;
  return { id: _id, ...NOT_YET_THERE, ...rest };
}

export function toSummary(row: MatterRow): MatterSummary {
  return {
    id: row._id,
    number: row.number,
    title: row.letter.title,
    kind: row.letter.kind,
    receivedAt: row.letter.receivedAt,
    state: row.state,
    lead: row.lead,
    handler: row.handler,
    dueAt: row.clock.reply.dueAt,
    dueOn: row.clock.reply.dueOn,
    isProvisional: row.clock.reply.isProvisional,
    card: cardOf(row),
    overall: row.rating?.overall ?? null,
  };
}
