import assert from 'node:assert/strict';
import { mongo } from 'mongoose';
import { codeOf, openStoreUnderTest, type Fields, type StoreUnderTest } from './store-under-test.js';

const { Decimal128, Double, EJSON, Int32, Long, Timestamp } = mongo.BSON;

interface Case {
  readonly name: string;
  readonly before: Fields;
  readonly update: Fields | Fields[];
  readonly after: Fields;
  readonly filter?: Fields;
  readonly arrayFilters?: Fields[];
}

const long = (text: string): mongo.BSON.Long => Long.fromString(text);

const cases: readonly Case[] = [
  {
    name: '$set new, nested, existing',
    before: { a: 1, b: { c: 1 } },
    update: { $set: { z: 1, 'b.d': 2, a: 'x' } },
    after: { a: 'x', b: { c: 1, d: 2 }, z: 1 },
  },
  {
    name: '$set makes the documents on its way',
    before: {},
    update: { $set: { 'a.b.c': 1 } },
    after: { a: { b: { c: 1 } } },
  },
  {
    name: '$set behind the end of an array pads',
    before: { a: [1] },
    update: { $set: { 'a.3': 4 } },
    after: { a: [1, null, null, 4] },
  },
  {
    name: 'new fields arrive in the order of their names',
    before: {},
    update: { $set: { c: 1, a: 1 }, $inc: { b: 1 } },
    after: { a: 1, b: 1, c: 1 },
  },
  {
    name: '$unset of a field, an element and nothing',
    before: { a: 1, b: [1, 2], c: 1 },
    update: { $unset: { a: '', 'b.0': '', 'x.y': '' } },
    after: { b: [null, 2], c: 1 },
  },
  {
    name: '$inc keeps Double',
    before: { a: new Double(1) },
    update: { $inc: { a: 1 } },
    after: { a: new Double(2) },
  },
  {
    name: '$inc on a Long beyond 2^53',
    before: { a: long('9007199254740993') },
    update: { $inc: { a: 1 } },
    after: { a: long('9007199254740994') },
  },
  {
    name: '$inc turns an Int32 that overflows into a Long',
    before: { a: 2147483647 },
    update: { $inc: { a: 1 } },
    after: { a: long('2147483648') },
  },
  {
    name: '$inc on a Decimal',
    before: { a: Decimal128.fromString('0.10') },
    update: { $inc: { a: Decimal128.fromString('0.20') } },
    after: { a: Decimal128.fromString('0.30') },
  },
  {
    name: '$inc and $mul of nothing',
    before: {},
    update: { $inc: { a: 5 }, $mul: { b: new Double(5) } },
    after: { a: 5, b: new Double(0) },
  },
  {
    name: '$min and $max compare across types',
    before: { a: 5, b: 5, c: 'x' },
    update: { $min: { a: 3, c: 1 }, $max: { b: 3, d: 1 } },
    after: { a: 3, b: 5, c: 1, d: 1 },
  },
  {
    name: '$rename into a document',
    before: { a: 1, b: { c: 2 } },
    update: { $rename: { a: 'b.d', 'b.c': 'e', no: 'f' } },
    after: { b: { d: 1 }, e: 2 },
  },
  {
    name: '$push with all its clauses',
    before: { a: [{ n: 3 }, { n: 1 }] },
    update: { $push: { a: { $each: [{ n: 2 }, { n: 9 }], $sort: { n: -1 }, $slice: 3 } } },
    after: { a: [{ n: 9 }, { n: 3 }, { n: 2 }] },
  },
  {
    name: '$push at a position',
    before: { a: [1, 2, 3] },
    update: { $push: { a: { $each: [8, 9], $position: -1 } } },
    after: { a: [1, 2, 8, 9, 3] },
  },
  {
    name: '$push keeps the last',
    before: { a: [1, 2] },
    update: { $push: { a: { $each: [3], $slice: -2 } } },
    after: { a: [2, 3] },
  },
  {
    name: '$addToSet by value, whatever the numeric type',
    before: { a: [1, { x: 1 }] },
    update: { $addToSet: { a: { $each: [new Double(1), { x: 1 }, 2, 2] } } },
    after: { a: [1, { x: 1 }, 2] },
  },
  {
    name: '$pull by value, condition and fields',
    before: { a: [1, 2, 3], b: [{ x: 1 }, { x: 2, y: 1 }], c: ['x', 'y'] },
    update: { $pull: { a: { $gte: 2 }, b: { x: 2 }, c: 'x' } },
    after: { a: [1], b: [{ x: 1 }], c: ['y'] },
  },
  {
    name: '$pull with $or',
    before: { a: [{ x: 1 }, { y: 2 }, { z: 3 }] },
    update: { $pull: { a: { $or: [{ x: 1 }, { y: 2 }] } } },
    after: { a: [{ z: 3 }] },
  },
  {
    name: '$pullAll and $pop',
    before: { a: [1, 2, 1], b: [1, 2], c: [1, 2] },
    update: { $pullAll: { a: [1] }, $pop: { b: 1, c: -1 } },
    after: { a: [2], b: [1], c: [2] },
  },
  { name: '$bit', before: { a: 13 }, update: { $bit: { a: { and: 10, or: 1 } } }, after: { a: 9 } },
  {
    name: 'positional, twice in one element',
    before: { c: [{ k: 1 }, { k: 2 }] },
    filter: { 'c.k': 2 },
    update: { $set: { 'c.$.x': 1, 'c.$.y': 2 } },
    after: { c: [{ k: 1 }, { k: 2, x: 1, y: 2 }] },
  },
  {
    name: 'positional by $elemMatch',
    before: {
      c: [
        { k: 1, n: 5 },
        { k: 1, n: 9 },
      ],
    },
    filter: { c: { $elemMatch: { k: 1, n: 9 } } },
    update: { $inc: { 'c.$.n': 1 } },
    after: {
      c: [
        { k: 1, n: 5 },
        { k: 1, n: 10 },
      ],
    },
  },
  {
    name: 'all elements',
    before: { a: [1, 2], b: [{ n: 1 }, {}] },
    update: { $inc: { 'a.$[]': 10, 'b.$[].n': 1 } },
    after: { a: [11, 12], b: [{ n: 2 }, { n: 1 }] },
  },
  {
    name: 'chosen elements, two fields of each',
    before: { a: [{ k: 1 }, { k: 2 }, { k: 3 }] },
    update: { $set: { 'a.$[e].x': 1, 'a.$[e].y': 2 } },
    arrayFilters: [{ 'e.k': { $gte: 2 } }],
    after: { a: [{ k: 1 }, { k: 2, x: 1, y: 2 }, { k: 3, x: 1, y: 2 }] },
  },
  {
    name: 'chosen elements of chosen elements',
    before: { a: [{ b: [1, 5] }, { b: [6] }] },
    update: { $set: { 'a.$[].b.$[big]': 0 } },
    arrayFilters: [{ big: { $gt: 4 } }],
    after: { a: [{ b: [1, 0] }, { b: [0] }] },
  },
  {
    name: 'names like numbers keep their order',
    before: { m: { 10: 1, 2: 2 } },
    update: { $set: { 'm.5': 3 } },
    after: { m: { 10: 1, 2: 2, 5: 3 } },
  },
  {
    name: 'a pipeline',
    before: { a: 2, b: 3, c: 1 },
    update: [{ $set: { sum: { $add: ['$a', '$b'] }, 'd.e': '$$NOW' } }, { $unset: ['c', 'd'] }],
    after: { a: 2, b: 3, sum: 5 },
  },
  { name: 'a replacement keeps the _id', before: { a: 1 }, update: { b: 2 }, after: { b: 2 } },
];

const refusals: readonly [name: string, before: Fields, update: Fields, code: number][] = [
  ['$inc on a string', { a: 'x' }, { $inc: { a: 1 } }, 14],
  ['$inc by a string', { a: 1 }, { $inc: { a: 'x' } }, 14],
  ['$inc past the largest Long', { a: long('9223372036854775807') }, { $inc: { a: 1 } }, 2],
  ['$push on what is no array', { a: 1 }, { $push: { a: 1 } }, 2],
  ['$pull on what is no array', { a: 1 }, { $pull: { a: 1 } }, 2],
  ['$pop on what is no array', { a: 1 }, { $pop: { a: 1 } }, 14],
  ['$set through a scalar', { a: 1 }, { $set: { 'a.b': 1 } }, 28],
  ['$set of a name in an array', { a: [1] }, { $set: { 'a.b': 1 } }, 28],
  ['two operators on one path', { a: 1 }, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
  ['a path inside another', { a: {} }, { $set: { a: {}, 'a.b': 1 } }, 40],
  ['another _id', { a: 1 }, { $set: { _id: 'other' } }, 66],
  ['an unknown operator', { a: 1 }, { $frobnicate: { a: 1 } }, 9],
  ['an unknown clause of $push', { a: [] }, { $push: { a: { $each: [1], $foo: 1 } } }, 2],
  ['positional without a match', { a: [1] }, { $set: { 'a.$': 1 } }, 2],
  ['$[] where there is nothing', {}, { $set: { 'a.$[]': 1 } }, 2],
  ['an identifier without a filter', { a: [1] }, { $set: { 'a.$[e]': 1 } }, 2],
  ['a dollar name', { a: 1 }, { $set: { $b: 1 } }, 52],
  ['an empty part', { a: 1 }, { $set: { 'a..b': 1 } }, 56],
];

/** Values as they are stored, not as JavaScript would have them. */
const raw = { promoteValues: false };

/** Types count: Double 1 is not Int32 1. */
const typed = (row: Fields | null): string => EJSON.stringify(row ?? {}, { relaxed: false });

describe('updates', () => {
  let tested: StoreUnderTest;

  before(async () => {
    tested = await openStoreUnderTest();
  });

  after(() => tested.close());

  for (const { name, before: row, update, after: expected, filter, arrayFilters } of cases) {
    it(name, async () => {
      const collection = await tested.collectionOf([{ _id: 1, ...row }]);
      const options = arrayFilters ? { arrayFilters } : {};
      const isReplacement = !Array.isArray(update) && !Object.keys(update)[0]?.startsWith('$');
      if (isReplacement) await collection.replaceOne({ _id: 1 }, update);
      else await collection.updateOne({ _id: 1, ...filter }, update, options);
      assert.equal(typed(await collection.findOne({}, raw)), typed({ _id: 1, ...expected }));
    });
  }

  for (const [name, row, update, code] of refusals) {
    it(`refuses ${name}`, async () => {
      const collection = await tested.collectionOf([{ _id: 1, ...row }]);
      assert.equal(await codeOf(collection.updateOne({ _id: 1 }, update)), code);
      assert.equal(
        typed(await collection.findOne({}, raw)),
        typed({ _id: 1, ...row }),
        'and changes nothing',
      );
    });
  }

  it('says how many matched and how many are different now', async () => {
    const collection = await tested.collectionOf([{ a: 1 }, { a: 1 }, { a: 2 }]);
    const { matchedCount, modifiedCount } = await collection.updateMany({}, { $set: { a: 1 } });
    assert.deepEqual([matchedCount, modifiedCount], [3, 1]);
  });

  it('does not meet a document twice that it moves along the index it walks', async () => {
    const collection = await tested.collectionOf([1, 2, 3, 4].map((n) => ({ n })));
    await collection.createIndex({ n: 1 });
    const { modifiedCount } = await collection.updateMany({ n: { $gte: 1 } }, { $inc: { n: 100 } });
    assert.equal(modifiedCount, 4);
    assert.equal(await collection.countDocuments({ n: { $lt: 105 } }), 4);
  });

  it('upserts from the equalities of the filter and $setOnInsert', async () => {
    const collection = await tested.collectionOf([]);
    const filter = { k: 'x', 'd.e': { $eq: 1 }, n: { $gt: 5 }, $and: [{ z: true }] };
    const { upsertedId } = await collection.updateOne(
      filter,
      { $set: { s: 1 }, $setOnInsert: { i: 1 } },
      { upsert: true },
    );
    const made = await collection.findOne({});
    assert.deepEqual(made, { _id: upsertedId, k: 'x', d: { e: 1 }, z: true, i: 1, s: 1 });
    assert.ok(upsertedId);
    await collection.updateOne({ _id: upsertedId }, { $setOnInsert: { i: 2 } }, { upsert: true });
    assert.equal(await collection.countDocuments({ i: 1 }), 1);
  });

  it('findOneAndUpdate gives the document before or after, sorted and projected', async () => {
    const collection = await tested.collectionOf([
      { _id: 1, n: 1 },
      { _id: 2, n: 2 },
    ]);
    const options = { sort: { n: -1 as const }, projection: { n: 1 } };
    assert.deepEqual(await collection.findOneAndUpdate({}, { $inc: { n: 5 } }, options), { _id: 2, n: 2 });
    assert.deepEqual(
      await collection.findOneAndUpdate({}, { $inc: { n: 5 } }, { ...options, returnDocument: 'after' }),
      { _id: 2, n: 12 },
    );
    assert.equal(await collection.findOneAndUpdate({ n: 99 }, { $set: { n: 1 } }), null);
    assert.deepEqual(await collection.findOneAndDelete({}, options), { _id: 2, n: 12 });
    assert.equal(await collection.countDocuments(), 1);
  });

  it('a conditional update decides races: one of twenty wins', async () => {
    const collection = await tested.collectionOf([{ _id: 1, version: 1 }]);
    const results = await Promise.all(
      Array.from({ length: 20 }, () =>
        collection.updateOne({ _id: 1, version: 1 }, { $inc: { version: 1 } }),
      ),
    );
    assert.equal(
      results.reduce((sum, { modifiedCount }) => sum + modifiedCount, 0),
      1,
    );
  });

  it('stores exactly what was sent, with the _id in front', async () => {
    const collection = await tested.collectionOf([]);
    const row = {
      b: new Int32(1),
      _id: 'x',
      a: new Double(1),
      l: Long.fromNumber(1),
      n: { 2: 1, 10: 1, 1: 1 },
    };
    await collection.insertOne(row);
    const { _id, ...rest } = row;
    assert.equal(typed(await collection.findOne({}, raw)), typed({ _id, ...rest }));
  });

  it('an empty Timestamp of an insert or a replacement is filled in, any other stays', async () => {
    const collection = await tested.collectionOf([]);
    const empty = new Timestamp(0n);
    const filled = async (): Promise<boolean[]> => {
      const found = await collection.findOne({ _id: 1 }, raw);
      return [found?.['at'], found?.['in'].at].map((at: mongo.BSON.Timestamp) => !at.isZero());
    };
    await collection.insertOne({ _id: 1, at: empty, in: { at: empty } });
    assert.deepEqual(await filled(), [true, false]);
    await collection.updateOne({ _id: 1 }, { $set: { at: empty } });
    assert.deepEqual(await filled(), [false, false]);
    await collection.replaceOne({ _id: 1 }, { at: empty, in: { at: empty } });
    assert.deepEqual(await filled(), [true, false]);
  });
});
