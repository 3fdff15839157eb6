import assert from 'node:assert/strict';
import { mongo } from 'mongoose';
import { codeOf, openStoreUnderTest, type Fields, type StoreUnderTest } from './store-under-test.js';

const { Long } = mongo.BSON;

const commands: readonly [name: string, command: Fields, code: number][] = [
  ['an unknown command', { frobnicate: 1 }, 59],
  ['mapReduce', { mapReduce: 'c', map: 'x', reduce: 'y', out: 'z' }, 59],
  ['a field nobody knows', { find: 'c', frob: 1 }, 40415],
  ['a field of the wrong type', { find: 'c', filter: 'x' }, 14],
  ['a missing field', { distinct: 'c' }, 40414],
  ['a negative skip', { find: 'c', skip: -1 }, 51024],
  ['a collation', { find: 'c', collation: { locale: 'de', strength: 1 } }, 2],
  ['a tailable cursor', { find: 'c', tailable: true }, 2],
  ['returnKey', { find: 'c', returnKey: true }, 2],
  [
    'a transaction',
    { find: 'c', txnNumber: Long.fromNumber(1), startTransaction: true, autocommit: false },
    20,
  ],
  ['a retryable write', { insert: 'c', documents: [{}], txnNumber: Long.fromNumber(1) }, 20],
  ['commitTransaction', { commitTransaction: 1 }, 20],
  ['a snapshot', { find: 'c', readConcern: { level: 'snapshot' } }, 123],
  ['a write concern of two', { insert: 'c', documents: [{}], writeConcern: { w: 2 } }, 2],
  ['a capped collection', { create: 'x', capped: true }, 2],
  ['a pipeline without a view', { create: 'x', pipeline: [] }, 72],
  ['a view that writes', { create: 'x', viewOn: 'c', pipeline: [{ $out: 'y' }] }, 167],
  ['a view that cannot run', { create: 'x', viewOn: 'c', pipeline: [{ $frob: 1 }] }, 40324],
  ['a view with a validator', { create: 'x', viewOn: 'c', validator: {} }, 72],
  ['a validator that only warns', { create: 'x', validator: { a: 1 }, validationAction: 'warn' }, 2],
  ['a validator by $jsonSchema', { create: 'x', validator: { $jsonSchema: {} } }, 2],
  ['an _id index of another kind', { create: 'x', idIndex: { key: { _id: 'hashed' }, name: '_id_' } }, 67],
  ['a time series', { create: 'x', timeseries: { timeField: 't' } }, 40415],
  ['a hidden index', { collMod: 'c', index: { name: '_id_', hidden: true } }, 72],
  [
    'a bulkWrite elsewhere',
    { bulkWrite: 1, ops: [{ insert: 0, document: {} }], nsInfo: [{ ns: 'a.b' }] },
    13,
  ],
  ['a repair', { validate: 'c', repair: true }, 2],
  ['validating nothing', { validate: 'nothing' }, 26],
  ['latencies', { aggregate: 'c', pipeline: [{ $collStats: { latencyStats: {} } }], cursor: {} }, 2],
  ['a text index', { createIndexes: 'c', indexes: [{ key: { a: 'text' }, name: 'x' }] }, 67],
  ['a geo index', { createIndexes: 'c', indexes: [{ key: { a: '2dsphere' }, name: 'x' }] }, 67],
  ['a hashed index', { createIndexes: 'c', indexes: [{ key: { a: 'hashed' }, name: 'x' }] }, 67],
  ['a wildcard index', { createIndexes: 'c', indexes: [{ key: { '$**': 1 }, name: 'x' }] }, 67],
  [
    'an index option nobody knows',
    { createIndexes: 'c', indexes: [{ key: { a: 1 }, name: 'x', hidden: true }] },
    67,
  ],
  [
    'an index with a collation',
    { createIndexes: 'c', indexes: [{ key: { a: 1 }, name: 'x', collation: { locale: 'de' } }] },
    67,
  ],
  [
    'an unusable partial filter',
    {
      createIndexes: 'c',
      indexes: [{ key: { a: 1 }, name: 'x', partialFilterExpression: { a: { $ne: 1 } } }],
    },
    67,
  ],
  [
    'a TTL of two fields',
    { createIndexes: 'c', indexes: [{ key: { a: 1, b: 1 }, name: 'x', expireAfterSeconds: 1 }] },
    67,
  ],
  ['a collection named like the system', { insert: 'system.users', documents: [{}] }, 73],
  ['indexes of nothing', { listIndexes: 'nothing' }, 26],
  ['an unknown cursor', { getMore: Long.fromNumber(5), collection: 'c' }, 43],
  ['an aggregation over no collection', { aggregate: 1, pipeline: [], cursor: {} }, 73],
];

const filters: readonly [name: string, filter: Fields, code: number][] = [
  ['an unknown operator', { a: { $frob: 1 } }, 2],
  ['an unknown operator at the top', { $frob: 1 }, 2],
  ['$where', { $where: 'true' }, 2],
  ['$text', { $text: { $search: 'x' } }, 2],
  ['$near', { a: { $near: [1, 1] } }, 2],
  ['$jsonSchema', { $jsonSchema: {} }, 2],
  ['an operator beside a field', { a: { $gt: 1, b: 1 } }, 2],
  ['$in without an array', { a: { $in: 1 } }, 2],
  ['$and without a list', { $and: [] }, 2],
  ['$size of a string', { a: { $size: 'x' } }, 2],
  ['$mod by zero', { a: { $mod: [0, 1] } }, 2],
  ['a flag of patterns nobody knows', { a: { $regex: 'x', $options: 'q' } }, 51108],
  ['a pattern that means another thing elsewhere', { a: { $regex: '\\Ax' } }, 51091],
  ['an unknown type', { a: { $type: 'frob' } }, 2],
  ['a comparison with a pattern', { a: { $gt: /x/ } }, 2],
];

const large = (bytes: number): Fields => ({ _id: bytes, t: 'x'.repeat(bytes) });

describe('refusals', () => {
  let tested: StoreUnderTest;

  before(async () => {
    tested = await openStoreUnderTest();
    await tested.db.createCollection('c');
    await tested.db.collection('c').insertOne({ a: 1 });
  });

  after(() => tested.close());

  for (const [name, command, code] of commands) {
    it(`${code}: ${name}`, async () => assert.equal(await codeOf(tested.db.command(command)), code));
  }

  for (const [name, filter, code] of filters) {
    it(`${code}: ${name}`, async () => {
      assert.equal(await codeOf(tested.db.collection('c').find(filter).toArray()), code);
      assert.equal(await codeOf(tested.db.collection('c').deleteMany(filter)), code);
      assert.equal(await tested.db.collection('c').countDocuments(), 1);
    });
  }

  it('the driver hears that there are no transactions and no change streams', async () => {
    const session = tested.client.startSession();
    await assert.rejects(
      session.withTransaction(() => tested.db.collection('c').insertOne({ t: 1 }, { session })),
      // What drivers make of code 20.
      /does not support retryable writes/,
    );
    await session.endSession();
    await assert.rejects(tested.db.collection('c').watch().next(), { code: 40573 });
  });

  it('a document may be 16 MB and no larger', async () => {
    await tested.db.collection('large').insertOne(large(16 * 1024 * 1024 - 100));
    const { writeErrors } = await tested.db.command({
      insert: 'large',
      documents: [large(16 * 1024 * 1024)],
    });
    assert.equal(writeErrors[0].code, 10334);
    assert.equal(
      await codeOf(tested.db.collection('large').updateOne({}, { $set: { u: 'x'.repeat(20_000) } })),
      10334,
    );
  });

  it('gives up in time when told to', async () => {
    const many = await tested.collectionOf(Array.from({ length: 20_000 }, (_, n) => ({ n })));
    assert.equal(await codeOf(many.find({ n: -1 }).maxTimeMS(1).toArray()), 50);
  });

  it('goes on or stops after an error, as ordered', async () => {
    const ids = [1, 2, 1, 3].map((_id) => ({ _id }));
    const ordered = await tested.collectionOf([]);
    await assert.rejects(ordered.insertMany(ids), { code: 11000 });
    assert.equal(await ordered.countDocuments(), 2);
    const unordered = await tested.collectionOf([]);
    await assert.rejects(unordered.insertMany(ids, { ordered: false }), { code: 11000 });
    assert.equal(await unordered.countDocuments(), 3);
  });
});
