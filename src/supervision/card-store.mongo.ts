import { Schema, type Connection, type QueryFilter } from 'mongoose';
import { DomainError } from '../domain/domain-error.ts';
import type { CardFact } from '../domain/supervision/card-figures.ts';
import { OPEN_CARD_STATES } from '../domain/supervision/card-lifecycle.ts';
import type { CardScope } from '../domain/supervision/card-readers.ts';
import type { Card } from '../domain/supervision/card.ts';
import { ignoreDuplicateKeys, isDuplicateKey } from '../platform/mongo/duplicate-key.ts';
import type { CardPeriod, CardQuery, CardStore } from './card-store.ts';

type CardRow = Omit<Card, 'id'> & { readonly _id: string };

const anything = Schema.Types.Mixed;

/** Types and indexes only; the rules live in the domain. What a sweep does for every card is done without a model. */
const cardSchema = new Schema<CardRow>(
  {
    _id: { type: String, required: true },
    version: { type: Number, required: true },
    kind: { type: String, required: true },
    number: { type: anything, required: true },
    matterId: { type: String, required: true },
    matterNumber: { type: String, required: true },
    isSecret: { type: Boolean, required: true },
    accused: [String],
    unit: { type: String, required: true },
    issuedAt: { type: Date, required: true },
    issuedOn: { type: String, required: true },
    clockVersion: Number,
    facts: { type: anything, required: true },
    order: anything,
    state: { type: String, required: true },
    nextBy: anything,
    history: { type: [anything], required: true },
  },
  { collection: 'cards', versionKey: false, minimize: false, strict: 'throw' },
);
cardSchema.index({ kind: 1, 'number.year': 1, 'number.sequence': 1 }, { unique: true });
cardSchema.index({ matterId: 1, issuedAt: 1 });
cardSchema.index({ issuedOn: -1, issuedAt: -1, _id: 1 });
cardSchema.index({ unit: 1, issuedOn: -1, issuedAt: -1, _id: 1 });
cardSchema.index({ state: 1, 'nextBy.at': 1 });

/** One counter for each kind and year, beside the letters' own. */
const counterSchema = new Schema<{ _id: string; last: number }>(
  { _id: String, last: { type: Number, required: true } },
  { collection: 'counters', versionKey: false },
);

/** More than this wait for somebody's word only in a town that has given up. */
const MOST_OPEN = 500;

export function mongoCardStore(connection: Connection): CardStore {
  const cards = connection.model('Card', cardSchema);
  const counters = connection.model('CardCounter', counterSchema);
  const one = async (filter: QueryFilter<CardRow>): Promise<Card | null> => {
    const row = await cards.findOne(filter).lean<CardRow>();
    return row && toCard(row);
  };
  return {
    async nextSequence(kind, year) {
      const _id = `${kind}-${year}`;
      for (;;) {
        const counter = await counters.collection.findOneAndUpdate(
          { _id: _id as never },
          { $inc: { last: 1 } },
          { returnDocument: 'after' },
        );
        if (counter) return Number(counter['last']);
        // The first of a year: whoever comes second finds the counter made.
        await counters.create({ _id, last: 0 }).catch(ignoreDuplicateKeys);
      }
    },
    async insert({ id, ...card }) {
      try {
        await cards.collection.insertOne({ _id: id as never, ...card });
      } catch (error) {
        // Its own id only: a number given twice must be heard of.
        if (!isDuplicateKey(error) || !(await cards.exists({ _id: id }))) throw error;
      }
    },
    byId: (id) => one({ _id: id }),
    byNumber: (kind, { year, sequence }) => one({ kind, 'number.year': year, 'number.sequence': sequence }),
    async known(ids) {
      const rows = await cards.collection
        .find({ _id: { $in: [...ids] as never[] } }, { projection: { _id: 1 } })
        .toArray();
      return new Set(rows.map(({ _id }) => String(_id)));
    },
    async ofMatter(matterId) {
      const rows = await cards.find({ matterId }).sort({ issuedAt: 1, _id: 1 }).lean<CardRow[]>();
      return rows.map(toCard);
    },
    async save({ before, card, event }) {
      const { version, state, nextBy } = card;
      const { matchedCount } = await cards.updateOne(
        { _id: before.id, version: before.version },
        { $set: { version, state, nextBy }, $push: { history: event } },
      );
      if (matchedCount === 0) throw new DomainError('STALE');
    },
    async setAccused(matterId, units) {
      await cards.updateMany({ matterId }, { $set: { accused: [...units] } });
    },
    async list(query) {
      const filter = listFilter(query);
      const [rows, total] = await Promise.all([
        cards
          .find(filter)
          .sort({ issuedOn: -1, issuedAt: -1, _id: 1 })
          .skip((query.page - 1) * query.perPage)
          .limit(query.perPage)
          .lean<CardRow[]>(),
        cards.countDocuments(filter),
      ]);
      return { items: rows.map(toCard), total };
    },
    async open(scope) {
      const rows = await cards
        .find({ ...scopeFilter(scope), state: { $in: [...OPEN_CARD_STATES] } })
        .sort({ 'nextBy.at': 1, _id: 1 })
        .limit(MOST_OPEN)
        .lean<CardRow[]>();
      return rows.map(toCard);
    },
    facts: async (period) =>
      cards
        .find(periodFilter(period), { _id: 0, kind: 1, state: 1, unit: 1, issuedOn: 1 })
        .lean<CardFact[]>(),
  };
}

const scopeFilter = ({ unit, withSecret, notAccusing }: CardScope): QueryFilter<CardRow> => ({
  ...(unit === null ? {} : { unit }),
  ...(withSecret ? {} : { isSecret: false }),
  ...(notAccusing === null ? {} : { accused: { $ne: notAccusing } }),
});

const periodFilter = ({ scope, from, to }: CardPeriod): QueryFilter<CardRow> => ({
  ...scopeFilter(scope),
  issuedOn: { $gte: from, $lte: to },
});

const listFilter = ({ kinds, states, ...period }: CardQuery): QueryFilter<CardRow> => ({
  ...periodFilter(period),
  ...(kinds.length > 0 ? { kind: { $in: [...kinds] } } : {}),
  ...(states.length > 0 ? { state: { $in: [...states] } } : {}),
});

const toCard = ({ _id, ...card }: CardRow): Card => ({ id: _id, ...card });
