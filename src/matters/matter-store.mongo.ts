import type { Connection, QueryFilter } from 'mongoose';
import { nextStepAt } from '../domain/clocks/matter-clock.ts';
import { DomainError } from '../domain/domain-error.ts';
import type { MatterState } from '../domain/matters/lifecycle.ts';
import type { Change, Matter, MatterEvent } from '../domain/matters/matter.ts';
import { TAKEN_STATES, type HandledLetter } from '../domain/routing/letters-of-units.ts';
import { ignoreDuplicateKeys, isDuplicateKey } from '../platform/mongo/duplicate-key.ts';
import { SUMMARY, toMatter, toRow, toSummary } from './matter-rows.mongo.ts';
import { counterModel, matterModel, type MatterRow } from './matter.schema.ts';
import { matterCounts, worklistFilter } from './matter-counts.mongo.ts';
import type { MatterStore } from './matter-store.ts';

export function mongoMatterStore(connection: Connection): MatterStore {
  const matters = matterModel(connection);
  const counters = counterModel(connection);
  const counts = matterCounts(matters);
  const one = async (filter: QueryFilter<MatterRow>): Promise<Matter | null> => {
    const row = await matters.findOne(filter).lean<MatterRow>();
    return row && toMatter(row);
  };

  return {
    nextSequence: (year) => nextSequences(year, 1),
    nextSequences,

    async insert(matter, keys) {
      try {
        await matters.insertMany([{ ...toRow(matter), ...keys, unannouncedSince: matter.changedAt }], {
          lean: true,
        });
        return matter;
      } catch (error) {
        const earlier = isDuplicateKey(error) && (await one({ submissionHash: keys.submissionHash }));
        if (earlier) return earlier;
        throw error;
      }
    },

    async insertImported(imported) {
      if (imported.length === 0) return 0;
      const known = await originsOf(imported);
      const fresh = imported.filter((matter) => !known.has(matter.origin?.externalId ?? ''));
      await matters.insertMany(
        fresh.map((matter) => ({ ...toRow(matter), announcedSeq: matter.version })),
        {
          lean: true,
        },
      );
      return fresh.length;
    },

    async importedFrom(source, externalIds) {
      const rows = await matters
        .find({ 'origin.source': source, 'origin.externalId': { $in: [...externalIds] } })
        .lean<MatterRow[]>();
      return rows.map(toMatter);
    },

    bySubmission: (submissionHash) => one({ submissionHash }),
    byId: (id) => one({ _id: id }),
    async letters(ids) {
      const rows = await matters.find({ _id: { $in: [...ids] } }, { letter: 1 }).lean<MatterRow[]>();
      return new Map(rows.map(({ _id, letter }) => [_id, letter]));
    },
    byNumber: (number) => one({ number }),
    byNumberAndCode: (number, codeHash) => one({ number, codeHash }),

    async save(change: Change) {
      const { filter, update } = writeOf(change);
      const { matchedCount } = await matters.updateOne(filter, update);
      if (matchedCount === 0) throw new DomainError('STALE');
    },

    async saveEach(changes) {
      if (changes.length === 0) return [];
      // Straight to the driver: a sweep writes thousands, and the domain has made every value.
      const { matchedCount } = await matters.collection.bulkWrite(
        changes.map((change) => ({ updateOne: writeOf(change) as never })),
        { ordered: false },
      );
      if (matchedCount === changes.length) return changes;
      const rows = await matters
        .find({ _id: { $in: changes.map(({ matter }) => matter.id) } })
        .lean<MatterRow[]>();
      const found = new Map(rows.map((row) => [row._id, row.history]));
      return changes.filter((change) => isWritten(change, found.get(change.matter.id) ?? []));
    },

    async list(worklist) {
      const filter = worklistFilter(worklist);
      const rows = await matters
        .find(filter, SUMMARY)
        // Due hours are shared by many: the number keeps a line from standing on two pages, or on none.
        .sort(
          worklist.order === 'dueFirst'
            ? { 'clock.reply.dueAt': 1, number: 1 }
            : { 'letter.receivedAt': -1, number: -1 },
        )
        .skip((worklist.page - 1) * worklist.perPage)
        .limit(worklist.perPage)
        .lean<MatterRow[]>();
      return { items: rows.map(toSummary), total: await counts.ofList(worklist) };
    },

    async countByState(unit, withSecret, notAccusing = null) {
      if (unit === null) return counts.byState(withSecret, notAccusing);
      const filter = worklistFilter({ states: [], unit, withSecret, notAccusing });
      const rows = await matters.aggregate<{ _id: MatterState; count: number }>([
        { $match: { ...filter, state: { $ne: 'archived' } } },
        { $group: { _id: '$state', count: { $sum: 1 } } },
      ]);
      return new Map(rows.map(({ _id, count }) => [_id, count]));
    },

    async stepsDue(now, limit) {
      const rows = await matters
        .find({ nextStepAt: { $lte: now } })
        .sort({ nextStepAt: 1 })
        .limit(limit)
        .lean<MatterRow[]>();
      return rows.map(toMatter);
    },

    async unannounced(before, limit) {
      const rows = await matters
        .find({ unannouncedSince: { $lte: before } })
        .sort({ unannouncedSince: 1 })
        .limit(limit)
        .lean<MatterRow[]>();
      return rows.map((row) => ({ matter: toMatter(row), announcedSeq: row.announcedSeq }));
    },

    async markAnnounced(told) {
      const all = await matters.collection.bulkWrite(
        told.map(({ id, first, last }) => ({
          updateOne: {
            filter: { _id: id as never, announcedSeq: { $gte: first - 1 }, version: last },
            update: { $set: { announcedSeq: last }, $unset: { unannouncedSince: 1 } },
          },
        })),
        { ordered: false },
      );
      if (all.matchedCount === told.length) return;
      // What was changed since still has something to be told of.
      await matters.bulkWrite(
        told.map(({ id, first, last }) => ({
          updateOne: {
            filter: { _id: id, announcedSeq: { $gte: first - 1 } },
            update: { $max: { announcedSeq: last } },
          },
        })),
        { ordered: false },
      );
    },

    async byIds(ids) {
      const rows = await matters.find({ _id: { $in: [...ids] } }).lean<MatterRow[]>();
      return rows.map(toMatter);
    },

    async idsIn(states) {
      const rows = await matters.find({ state: { $in: [...states] } }, { _id: 1 }).lean<{ _id: string }[]>();
      return rows.map(({ _id }) => _id);
    },

    joinedTo: (id) => oldestFirst({ joinedTo: id }),
    withWords: (wordsHash) => oldestFirst({ wordsHash }),

    async isAnsweredWith(fingerprint, exceptId) {
      const row = await matters
        .findOne({ 'answer.fingerprint': fingerprint, _id: { $ne: exceptId } }, { _id: 1 })
        .lean();
      return row !== null;
    },

    handledLetters: async (limit) =>
      matters
        .find({ state: { $in: [...TAKEN_STATES] }, 'letter.kind': { $ne: 'report' } }, HANDLED)
        .sort({ 'letter.receivedAt': -1, number: -1 })
        .limit(limit)
        .lean<HandledLetter[]>(),

    async eachBatch(size, visit, most = Infinity) {
      let after = '';
      for (let left = most; left > 0; left -= size) {
        const rows = await matters
          .find({ _id: { $gt: after } })
          .sort({ _id: 1 })
          .limit(Math.min(size, left))
          .lean<MatterRow[]>();
        const last = rows.at(-1);
        if (!last) return;
        await visit(rows.map(toMatter));
        after = last._id;
      }
    },
  };

  async function nextSequences(year: number, count: number): Promise<number> {
    const _id = `letters-${year}`;
    for (;;) {
      const counter = await counters
        .findOneAndUpdate({ _id }, { $inc: { last: count } }, { returnDocument: 'after' })
        .lean();
      if (counter) return counter.last - count + 1;
      // The first letter of a year: whoever comes second finds the counter made.
      await counters.create({ _id, last: 0 }).catch(ignoreDuplicateKeys);
    }
  }

  async function oldestFirst(filter: QueryFilter<MatterRow>): Promise<Matter[]> {
    const rows = await matters
      .find(filter)
      .sort({ 'letter.receivedAt': 1, number: 1 })
      .limit(MOST_OF_A_KIND)
      .lean<MatterRow[]>();
    return rows.map(toMatter);
  }

  async function originsOf(imported: readonly Matter[]): Promise<Set<string>> {
    const source = imported[0]?.origin?.source ?? '';
    const ids = imported.flatMap((matter) => matter.origin?.externalId ?? []);
    const rows = await matters
      .find({ 'origin.source': source, 'origin.externalId': { $in: ids } }, { origin: 1 })
      .lean<MatterRow[]>();
    return new Set(rows.flatMap((row) => row.origin?.externalId ?? []));
  }
}

/** A set of more letters than this is handled, but not listed whole. */
const MOST_OF_A_KIND = 2000;

/** What the routing learns from: no writer, no answer. */
const HANDLED = {
  _id: 0,
  'letter.kind': 1,
  'letter.title': 1,
  'letter.body': 1,
  state: 1,
  lead: 1,
  resolution: 1,
};

/** A change, over the version it was made from and no other. */
function writeOf({ before, matter, event }: Change) {
  const next = nextStepAt(matter.clock, matter.state);
  return {
    filter: { _id: before.id, version: before.version },
    update: {
      $set: {
        ...changedFields(before, matter),
        unannouncedSince: matter.changedAt,
        ...(next ? { nextStepAt: next } : {}),
      },
      ...(next ? {} : { $unset: { nextStepAt: 1 } }),
      $push: { history: event },
    },
  };
}

/** Whether this very event stands in the history: made by us, or alike by another at the same moment. */
const isWritten = ({ event }: Change, history: readonly MatterEvent[]): boolean =>
  history.some(
    ({ seq, what, at, step }) =>
      seq === event.seq && what === event.what && step === event.step && at.getTime() === event.at.getTime(),
  );

/** The top-level fields a change made anew; the history grows by itself. */
function changedFields(before: Matter, after: Matter): Partial<Matter> {
  const changed = Object.entries(after).filter(
    ([key, value]) => key !== 'history' && key !== 'id' && value !== before[key as keyof Matter],
  );
  return Object.fromEntries(changed);
}
