import assert from 'node:assert/strict';
import type { mongo } from 'mongoose';
import { codeOf, openStoreUnderTest, type StoreUnderTest } from './store-under-test.js';

interface Thing {
  _id: number;
  kind?: string;
  n?: number;
  twice?: number;
}

describe('views', () => {
  let tested: StoreUnderTest;
  let view: mongo.Collection<Thing>;

  before(async () => {
    tested = await openStoreUnderTest();
    const { db } = tested;
    await db.collection<Thing>('things').insertMany([
      { _id: 1, kind: 'a', n: 1 },
      { _id: 2, kind: 'b', n: 2 },
      { _id: 3, kind: 'a', n: 3 },
      { _id: 4, kind: 'a', n: 5 },
    ]);
    await db.collection('things').createIndex({ kind: 1 });
    await db.createCollection('kindA', { viewOn: 'things', pipeline: [{ $match: { kind: 'a' } }] });
    view = await db.createCollection<Thing>('doubled', {
      viewOn: 'kindA',
      pipeline: [{ $set: { twice: { $multiply: ['$n', 2] } } }],
    });
  });

  after(() => tested.close());

  it('are read through, one over the other', async () => {
    const found = view.find({ twice: { $gt: 2 } }, { projection: { twice: 1 } });
    assert.deepEqual(await found.sort({ n: -1 }).limit(2).toArray(), [
      { _id: 4, twice: 10 },
      { _id: 3, twice: 6 },
    ]);
    assert.deepEqual(await view.find().sort({ _id: 1 }).skip(2).toArray(), [
      { _id: 4, kind: 'a', n: 5, twice: 10 },
    ]);
    assert.equal(await view.countDocuments({ n: { $gt: 1 } }), 2);
    assert.equal(await view.estimatedDocumentCount(), 3);
    assert.deepEqual(await view.distinct('twice', { n: { $lt: 5 } }), [2, 6]);
    const sum = await view.aggregate([{ $group: { _id: null, all: { $sum: '$twice' } } }]).toArray();
    assert.deepEqual(sum, [{ _id: null, all: 18 }]);
  });

  it('come in batches, and show what is new in the collection', async () => {
    const { db } = tested;
    await db.collection<Thing>('things').insertOne({ _id: 5, kind: 'a', n: 6 });
    const ids: number[] = [];
    for await (const { _id } of view.find().batchSize(1)) ids.push(_id);
    assert.deepEqual(ids, [1, 3, 4, 5]);
    await db.collection<Thing>('things').deleteOne({ _id: 5 });
  });

  it('can be joined', async () => {
    const joined = await tested.db
      .collection('things')
      .aggregate([
        { $match: { _id: { $lt: 3 } } },
        { $lookup: { from: 'doubled', localField: 'n', foreignField: 'n', as: 'same' } },
        { $project: { twice: '$same.twice' } },
      ])
      .toArray();
    assert.deepEqual(joined, [
      { _id: 1, twice: [2] },
      { _id: 2, twice: [] },
    ]);
  });

  it('use the indexes of their collection', async () => {
    const explained = await view.find({ n: 1 }).explain();
    assert.equal(explained['queryPlanner'].winningPlan.inputStage.indexName, 'kind_1');
  });

  const writes: readonly [name: string, command: mongo.Document][] = [
    ['insert', { insert: 'doubled', documents: [{ _id: 9 }] }],
    ['update', { update: 'doubled', updates: [{ q: {}, u: { $set: { a: 1 } } }] }],
    ['delete', { delete: 'doubled', deletes: [{ q: {}, limit: 0 }] }],
    ['findAndModify', { findAndModify: 'doubled', update: { $set: { a: 1 } } }],
    ['createIndexes', { createIndexes: 'doubled', indexes: [{ key: { a: 1 }, name: 'a' }] }],
    ['listIndexes', { listIndexes: 'doubled' }],
    ['collStats', { collStats: 'doubled' }],
    ['validate', { validate: 'doubled' }],
    ['$out', { aggregate: 'things', pipeline: [{ $out: 'doubled' }], cursor: {} }],
    ['$merge', { aggregate: 'things', pipeline: [{ $merge: 'doubled' }], cursor: {} }],
  ];
  for (const [name, command] of writes) {
    it(`166: ${name}`, async () => {
      const written = async (): Promise<unknown> => (await tested.db.command(command))['writeErrors'][0].code;
      const code = await written().catch((error: mongo.MongoServerError) => error.code);
      assert.equal(code, 166);
      assert.equal(await tested.db.collection('things').countDocuments(), 4);
    });
  }

  it('refuse what MongoDB refuses of them', async () => {
    assert.equal(await codeOf(view.find().sort({ $natural: -1 }).toArray()), 168);
    assert.equal(await codeOf(tested.db.command({ create: 'doubled' })), 48);
    assert.equal(await codeOf(tested.db.collection('things').rename('doubled')), 48);
  });

  it('are listed as such, changed and dropped', async () => {
    const { db } = tested;
    const [listed] = await db.listCollections({ name: 'doubled' }).toArray();
    assert.equal(listed?.type, 'view');
    await db.command({ collMod: 'doubled', viewOn: 'things', pipeline: [{ $match: { kind: 'b' } }] });
    assert.deepEqual(await view.find().toArray(), [{ _id: 2, kind: 'b', n: 2 }]);
    await view.drop();
    assert.equal(await view.countDocuments(), 0);
    assert.equal(await db.collection('things').countDocuments(), 4);
  });

  it('that lead back to themselves end in an error', async () => {
    const { db } = tested;
    await db.createCollection('ping', { viewOn: 'pong', pipeline: [{ $match: { a: 1 } }] });
    await db.createCollection('pong', { viewOn: 'ping', pipeline: [{ $match: { a: 1 } }] });
    assert.equal(await codeOf(db.collection('ping').find().toArray()), 165);
  });
});

describe('validators', () => {
  let tested: StoreUnderTest;

  before(async () => {
    tested = await openStoreUnderTest();
  });

  after(() => tested.close());

  it('refuse documents that break the rule, unless told to pass it over', async () => {
    const rows = await tested.db.createCollection('ruled', { validator: { n: { $gte: 0 } } });
    await rows.insertOne({ n: 1 });
    assert.equal(await codeOf(rows.insertOne({ n: -1 })), 121);
    assert.equal(await codeOf(rows.updateOne({}, { $set: { n: -1 } })), 121);
    assert.equal(await codeOf(rows.findOneAndUpdate({}, { $inc: { n: -5 } })), 121);
    assert.equal(await codeOf(rows.updateOne({ x: 1 }, { $set: { n: -1 } }, { upsert: true })), 121);
    assert.deepEqual(
      (await rows.find().toArray()).map((row) => row['n']),
      [1],
    );
    await rows.insertOne({ n: -1 }, { bypassDocumentValidation: true });
    const { nNonCompliantDocuments } = await tested.db.command({ validate: 'ruled' });
    assert.equal(nNonCompliantDocuments, 1);
  });

  it('can be changed; a moderate one lets old sinners be', async () => {
    const rows = await tested.db.createCollection('lax');
    await rows.insertMany([{ n: -1 }, { n: 1 }]);
    await tested.db.command({ collMod: 'lax', validator: { n: { $gte: 0 } }, validationLevel: 'moderate' });
    await rows.updateOne({ n: -1 }, { $set: { a: 1 } });
    assert.equal(await codeOf(rows.updateOne({ n: 1 }, { $set: { n: -3 } })), 121);
    await tested.db.command({ collMod: 'lax', validationLevel: 'strict' });
    assert.equal(await codeOf(rows.updateOne({ n: -1 }, { $set: { a: 2 } })), 121);
    const [listed] = await tested.db.listCollections({ name: 'lax' }).toArray();
    assert.deepEqual(listed && 'options' in listed && listed.options, {
      validator: { n: { $gte: 0 } },
      validationLevel: 'strict',
    });
  });
});
