import { Schema, type Connection, type QueryFilter } from 'mongoose';
import type { PublicLetter } from '../domain/publication/public-letter.ts';
import { searchGrams } from '../domain/publication/search-grams.ts';
import type { PublicLetterStore } from './public-letter-store.ts';

type PublicRow = Omit<PublicLetter, 'number'> & { _id: string; grams: string[] };

const publicSchema = new Schema<PublicRow>(
  {
    _id: String,
    kind: String,
    title: String,
    body: String,
    answer: String,
    signedAs: String,
    unit: String,
    resolution: String,
    receivedOn: String,
    answeredOn: { type: String, required: true },
    days: Number,
    isOnTime: Boolean,
    isReopened: Boolean,
    overall: Number,
    language: String,
    grams: [String],
  },
  { collection: 'public_letters', versionKey: false },
);
publicSchema.index({ answeredOn: -1, _id: -1 });
publicSchema.index({ unit: 1, answeredOn: -1, _id: -1 });
publicSchema.index({ kind: 1, answeredOn: -1, _id: -1 });
publicSchema.index({ grams: 1, answeredOn: -1, _id: -1 });

const NEWEST_FIRST = { answeredOn: -1, _id: -1 } as const;

export function mongoPublicLetterStore(connection: Connection): PublicLetterStore {
  const letters = connection.model('PublicLetter', publicSchema);
  return {
    async put(letter) {
      const { _id, ...row } = toRow(letter);
      await letters.replaceOne({ _id }, row, { upsert: true });
    },
    async putMany(many) {
      if (many.length === 0) return;
      await letters.bulkWrite(
        many.map(toRow).map(({ _id, ...row }) => ({
          replaceOne: { filter: { _id }, replacement: row, upsert: true },
        })),
        { ordered: false },
      );
    },
    async remove(number) {
      await letters.deleteOne({ _id: number });
    },
    async byNumber(number) {
      const row = await letters.findById(number, { grams: 0 }).lean<PublicRow>();
      return row && toPublic(row);
    },
    async list({ words, unit, kind, page, perPage }) {
      const wanted = [...searchGrams(words)];
      const filter: QueryFilter<PublicRow> = {
        ...(unit ? { unit } : {}),
        ...(kind ? { kind } : {}),
        // One pair is an equality: counted and sorted from the index alone.
        ...(wanted.length === 1 ? { grams: wanted[0] } : {}),
        ...(wanted.length > 1 ? { grams: { $all: wanted } } : {}),
      };
      const rows = await letters
        .find(filter, { grams: 0 })
        .sort(NEWEST_FIRST)
        .skip((page - 1) * perPage)
        .limit(perPage)
        .lean<PublicRow[]>();
      const isAll = Object.keys(filter).length === 0;
      const total = await (isAll ? letters.estimatedDocumentCount() : letters.countDocuments(filter));
      return { items: rows.map(toPublic), total };
    },
    async latest(count) {
      const rows = await letters.find({}, { grams: 0 }).sort(NEWEST_FIRST).limit(count).lean<PublicRow[]>();
      return rows.map(toPublic);
    },
    async clear() {
      await letters.deleteMany({});
    },
  };
}

const toRow = ({ number, ...letter }: PublicLetter): PublicRow => ({
  _id: number,
  ...letter,
  grams: [...searchGrams(`${letter.title}\n${letter.body}\n${letter.answer}`)],
});

const toPublic = ({ _id, grams: _, ...letter }: PublicRow): PublicLetter => ({ number: _id, ...letter });
