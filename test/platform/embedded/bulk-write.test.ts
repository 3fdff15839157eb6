import assert from 'node:assert/strict';
import { mongo } from 'mongoose';
import { openStoreUnderTest, type Row, type StoreUnderTest } from './store-under-test.js';

const { Long } = mongo.BSON;

describe('bulkWrite of a client', () => {
  let tested: StoreUnderTest;

  before(async () => {
    tested = await openStoreUnderTest();
  });

  after(() => tested.close());

  it('writes to several collections and tells of each statement', async () => {
    const results = await tested.client.bulkWrite<Record<string, Row>>(
      [
        {
          namespace: 'one.a',
          name: 'insertOne',
          document: { _id: 1, n: Long.fromString('9007199254740993') },
        },
        { namespace: 'two.b', name: 'insertOne', document: { _id: 2, list: [{ k: 1 }, { k: 2 }] } },
        { namespace: 'one.a', name: 'updateOne', filter: { _id: 1 }, update: { $inc: { n: 1 } } },
        {
          namespace: 'two.b',
          name: 'updateMany',
          filter: {},
          update: { $set: { 'list.$[e].x': 1 } },
          arrayFilters: [{ 'e.k': 2 }],
        },
        { namespace: 'two.b', name: 'replaceOne', filter: { _id: 3 }, replacement: { r: 1 }, upsert: true },
        { namespace: 'one.a', name: 'deleteMany', filter: { _id: 9 } },
        { namespace: 'two.b', name: 'deleteOne', filter: { _id: 2 } },
      ],
      { verboseResults: true },
    );
    const { insertedCount, matchedCount, modifiedCount, upsertedCount, deletedCount } = results;
    assert.deepEqual(
      [insertedCount, matchedCount, modifiedCount, upsertedCount, deletedCount],
      [2, 2, 2, 1, 1],
    );
    assert.deepEqual(results.insertResults?.get(1), { insertedId: 2 });
    assert.deepEqual(results.updateResults?.get(2), { matchedCount: 1, modifiedCount: 1, didUpsert: false });
    assert.equal(results.updateResults?.get(4)?.upsertedId, 3);
    assert.deepEqual(
      [5, 6].map((at) => results.deleteResults?.get(at)),
      [{ deletedCount: 0 }, { deletedCount: 1 }],
    );
    const raw = { promoteValues: false };
    const one = await tested.client.db('one').collection('a').findOne({}, raw);
    assert.equal(String(one?.['n']), '9007199254740994');
    assert.deepEqual(await tested.client.db('two').collection('b').find().toArray(), [{ _id: 3, r: 1 }]);
  });

  const clash: mongo.AnyClientBulkWriteModel<Row>[] = [4, 4, 5].map((_id) => ({
    namespace: 'three.c',
    name: 'insertOne',
    document: { _id },
  }));

  for (const [ordered, kept] of [
    [true, 1],
    [false, 2],
  ] as const) {
    it(`${ordered ? 'stops at' : 'goes on after'} an error when ${ordered ? '' : 'not '}ordered`, async () => {
      await tested.client.db('three').dropDatabase();
      await assert.rejects(
        tested.client.bulkWrite<Record<string, Row>>(clash, { ordered }),
        (error: unknown) => {
          assert.ok(error instanceof mongo.MongoClientBulkWriteError);
          assert.deepEqual([...error.writeErrors.keys()], [1]);
          assert.equal(error.writeErrors.get(1)?.code, 11000);
          return true;
        },
      );
      assert.equal(await tested.client.db('three').collection('c').countDocuments(), kept);
    });
  }

  it('refuses a statement it does not know, and a namespace that is not listed', async () => {
    const reply = await tested.client.db('admin').command({
      bulkWrite: 1,
      ordered: false,
      ops: [{ frob: 0 }, { insert: 7, document: {} }, { insert: 0, document: {}, frob: 1 }],
      nsInfo: [{ ns: 'a.b' }],
    });
    assert.deepEqual(
      reply['cursor'].firstBatch.map(({ idx, code }: mongo.Document) => [idx, code]),
      [
        [0, 9],
        [1, 2],
        [2, 40415],
      ],
    );
    assert.equal(reply['nErrors'], 3);
  });
});

describe('updates of the first document in an order', () => {
  let tested: StoreUnderTest;

  before(async () => {
    tested = await openStoreUnderTest();
  });

  after(() => tested.close());

  it('change that one, and are refused for many', async () => {
    const rows = await tested.collectionOf([
      { _id: 1, n: 1 },
      { _id: 2, n: 3 },
      { _id: 3, n: 2 },
    ]);
    await rows.updateOne({}, { $set: { first: true } }, { sort: { n: -1 } });
    assert.deepEqual(
      (await rows.find({ first: true }).toArray()).map(({ _id }) => _id),
      [2],
    );
    const many = { q: {}, u: { $set: { a: 1 } }, multi: true, sort: { n: 1 } };
    const { writeErrors } = await tested.db.command({ update: rows.collectionName, updates: [many] });
    assert.equal(writeErrors[0].code, 9);
  });
});
