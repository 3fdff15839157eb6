import assert from 'node:assert/strict';
import { mongo } from 'mongoose';
import { openStoreUnderTest, type Fields, type Row, type StoreUnderTest } from './store-under-test.js';

const { Binary, BSONRegExp, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } =
  mongo.BSON;

const oid = new ObjectId('64b000000000000000000001');

/** One row per BSON type and the shapes that traversal stumbles over. */
const rows: Fields[] = [
  { _id: 'int', v: new Int32(5) },
  { _id: 'double', v: new Double(5.5) },
  { _id: 'long', v: Long.fromString('9007199254740993') },
  { _id: 'near', v: new Double(9007199254740992) },
  { _id: 'decimal', v: Decimal128.fromString('5.0') },
  { _id: 'nan', v: new Double(Number.NaN) },
  { _id: 'text', v: 'abc' },
  { _id: 'doc', v: { x: 1, y: 2 } },
  { _id: 'array', v: [1, 5, 'abc'] },
  { _id: 'nested', v: [[1, 5], [7]] },
  { _id: 'docs', v: [{ a: 1, b: 1 }, { a: 2, b: 9 }, { a: 3 }] },
  { _id: 'empty', v: [] },
  { _id: 'bytes', v: new Binary(Buffer.from('ab')) },
  { _id: 'oid', v: oid },
  { _id: 'true', v: true },
  { _id: 'date', v: new Date(1000) },
  { _id: 'null', v: null },
  { _id: 'missing' },
  { _id: 'regex', v: new BSONRegExp('^a', 'i') },
  { _id: 'time', v: new Timestamp({ t: 1, i: 1 }) },
  { _id: 'min', v: new MinKey() },
  { _id: 'max', v: new MaxKey() },
];

const cases: readonly [filter: Fields, ids: string][] = [
  [{ v: 5 }, 'array decimal int'],
  [{ v: new Double(5) }, 'array decimal int'],
  [{ v: Decimal128.fromString('5.5') }, 'double'],
  [{ v: Long.fromString('9007199254740993') }, 'long'],
  [{ v: new Double(9007199254740992) }, 'near'],
  [{ v: new Double(Number.NaN) }, 'nan'],
  [{ v: null }, 'missing null'],
  [
    { v: { $ne: null } },
    'array bytes date decimal doc docs double empty int long max min nan near nested oid regex text time true',
  ],
  [{ v: { $gt: 5 } }, 'double long near'],
  [{ v: { $gte: 5, $lt: 6 } }, 'array decimal double int'],
  [{ v: { $lt: 5 } }, 'array'],
  [{ v: { $gt: Long.fromString('9007199254740992') } }, 'long'],
  [{ v: { $lte: null } }, 'missing null'],
  [{ v: { $gt: 'abb' } }, 'array text'],
  [{ v: { $gt: new Date(0) } }, 'date'],
  [{ v: { $gte: true } }, 'true'],
  [
    { v: { $gt: new MinKey() } },
    'array bytes date decimal doc docs double empty int long max missing nan near nested null oid regex text time true',
  ],
  [{ v: { $gt: { x: 1, y: 1 } } }, 'doc'],
  [{ v: { x: 1, y: 2 } }, 'doc'],
  [{ v: { y: 2, x: 1 } }, ''],
  [{ v: [1, 5, 'abc'] }, 'array'],
  [{ v: [1, 5] }, 'nested'],
  [{ v: [] }, 'empty'],
  [{ 'v.0': 1 }, 'array'],
  [{ 'v.0': [1, 5] }, 'nested'],
  [{ 'v.0.1': 5 }, 'nested'],
  [{ 'v.a': 2 }, 'docs'],
  [{ 'v.1.b': 9 }, 'docs'],
  [
    { 'v.b': null },
    'bytes date decimal doc docs double int long max min missing nan near null oid regex text time true',
  ],
  [
    { 'v.b': { $exists: false } },
    'array bytes date decimal doc double empty int long max min missing nan near nested null oid regex text time true',
  ],
  [{ v: { $exists: false } }, 'missing'],
  [{ v: { $size: 3 } }, 'array docs'],
  [{ v: { $size: 0 } }, 'empty'],
  [{ v: { $in: [5, 'abc', null] } }, 'array decimal int missing null text'],
  [{ v: { $in: [/^A/i] } }, 'array text'],
  [
    { v: { $nin: [5, null, new MinKey(), new MaxKey()] } },
    'bytes date doc docs double empty long nan near nested oid regex text time true',
  ],
  [{ v: /^a/i }, 'array regex text'],
  [{ v: { $regex: 'B', $options: 'i' } }, 'array text'],
  [
    { v: { $not: /b/ } },
    'bytes date decimal doc docs double empty int long max min missing nan near nested null oid regex time true',
  ],
  [{ v: { $all: [1, 'abc'] } }, 'array'],
  [{ v: { $all: [] } }, ''],
  [{ v: { $elemMatch: { $gte: 5, $lt: 6 } } }, 'array'],
  [{ v: { $elemMatch: { a: 2, b: 9 } } }, 'docs'],
  [{ v: { $elemMatch: { a: 1, b: 9 } } }, ''],
  [{ 'v.a': 1, 'v.b': 9 }, 'docs'],
  [{ v: { $type: 'number' } }, 'array decimal double int long nan near'],
  [{ v: { $type: 'double' } }, 'double nan near'],
  [{ v: { $type: ['decimal', 'long'] } }, 'decimal long'],
  [{ v: { $type: 'array' } }, 'array docs empty nested'],
  [{ v: { $type: 7 } }, 'oid'],
  [{ v: { $type: 'null' } }, 'null'],
  [{ v: { $mod: [5, 0] } }, 'array decimal double int'],
  [{ v: { $mod: [2, 1] } }, 'array decimal double int long'],
  [{ v: oid }, 'oid'],
  [{ v: new Binary(Buffer.from('ab')) }, 'bytes'],
  [{ $or: [{ v: 'abc' }, { v: true }] }, 'array text true'],
  [{ $nor: [{ v: { $exists: true } }] }, 'missing'],
  [{ $and: [{ v: { $gt: 0 } }, { _id: /^d/ }] }, 'decimal double'],
  [{ $expr: { $eq: [{ $type: '$v' }, 'long'] } }, 'long'],
  [{ $expr: { $gt: ['$v', { $literal: 'abd' }] }, _id: { $in: ['text', 'doc', 'int'] } }, 'doc'],
  [{ v: { $not: { $gt: 5 } }, _id: { $in: ['int', 'double', 'text'] } }, 'int text'],
];

const sortedIds = async (collection: mongo.Collection<Row>, direction: 1 | -1): Promise<string[]> =>
  (await collection.find({}).sort({ v: direction, _id: direction }).toArray()).map(({ _id }) => String(_id));

describe('filters', () => {
  let tested: StoreUnderTest;
  let plain: mongo.Collection<Row>;
  let indexed: mongo.Collection<Row>;

  before(async () => {
    tested = await openStoreUnderTest();
    plain = await tested.collectionOf(rows);
    indexed = await tested.collectionOf(rows);
    await indexed.createIndexes([{ key: { v: 1 } }, { key: { v: -1, _id: 1 } }]);
  });

  after(() => tested.close());

  for (const [filter, ids] of cases) {
    it(mongo.BSON.EJSON.stringify(filter), async () => {
      const found = async (collection: mongo.Collection<Row>, hint?: string): Promise<string> => {
        const options = hint === undefined ? {} : { hint };
        const documents = await collection.find(filter, { ...options, projection: { _id: 1 } }).toArray();
        return documents
          .map(({ _id }) => String(_id))
          .sort()
          .join(' ');
      };
      assert.equal(await found(plain), ids, 'by reading everything');
      assert.equal(await found(indexed), ids, 'with indexes');
      assert.equal(await found(indexed, 'v_1'), ids, 'ascending index');
      assert.equal(await found(indexed, 'v_-1__id_1'), ids, 'descending index');
      assert.equal(await indexed.countDocuments(filter), ids === '' ? 0 : ids.split(' ').length, 'counted');
    });
  }

  it('sorts all types in their order, up and down, with and without an index', async () => {
    const order = [
      'min',
      'empty',
      'missing',
      'null',
      'nan',
      'array',
      'decimal',
      'int',
      'double',
      'near',
      'long',
      'text',
    ];
    const rest = ['docs', 'doc', 'nested', 'bytes', 'oid', 'true', 'date', 'time', 'regex', 'max'];
    assert.deepEqual(await sortedIds(plain, 1), [...order, ...rest]);
    assert.deepEqual(await sortedIds(indexed, 1), [...order, ...rest]);
    assert.deepEqual((await sortedIds(indexed, -1)).slice(0, 3), ['max', 'regex', 'time']);
  });
});
