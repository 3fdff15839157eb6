import assert from 'node:assert/strict';
import { mongo } from 'mongoose';
import { Int32 } from 'bson';
import { doc, show } from '../../../src/platform/embedded/bson/values.js';
import { encode } from '../../../src/platform/embedded/bson/codec.js';
import { Store } from '../../../src/platform/embedded/storage/store.js';
import { join } from 'node:path';
import { rm } from 'node:fs/promises';
import {
  codeOf,
  openStoreUnderTest,
  temporaryDirectory,
  type Fields,
  type Row,
  type StoreUnderTest,
} from './store-under-test.js';

const { Decimal128, Double, Long } = mongo.BSON;

interface Explained {
  readonly stage: string;
  readonly index: string | undefined;
  readonly isSorted: boolean;
  readonly documents: number;
}

async function explained(cursor: mongo.FindCursor): Promise<Explained> {
  const { queryPlanner, executionStats } = await cursor.explain('executionStats');
  const stages: Fields[] = [];
  for (let at = queryPlanner.winningPlan; at; at = at.inputStage) stages.push(at);
  const last = stages.at(-1);
  return {
    stage: String(last?.['stage']),
    index: last?.['indexName'],
    isSorted: !stages.some(({ stage }) => stage === 'SORT'),
    documents: executionStats.totalDocsExamined,
  };
}

describe('indexes', () => {
  let tested: StoreUnderTest;

  before(async () => {
    tested = await openStoreUnderTest();
  });

  after(() => tested.close());

  it('a unique index names the clash by pattern and value', async () => {
    const collection = await tested.collectionOf([{ a: 1, b: 'x' }]);
    await collection.createIndex({ a: 1, b: -1 }, { unique: true });
    await assert.rejects(collection.insertOne({ _id: 'n', a: new Double(1), b: 'x' }), (error: unknown) => {
      assert.ok(error instanceof mongo.MongoServerError);
      assert.equal(error.code, 11000);
      assert.deepEqual(error['keyPattern'], { a: 1, b: -1 });
      assert.deepEqual(error['keyValue'], { a: 1, b: 'x' });
      assert.match(
        error.message,
        /^E11000 duplicate key error collection: huiyin\.c\d+ index: a_1_b_-1 dup key: \{ a: 1, b: "x" \}$/,
      );
      return true;
    });
    assert.equal(await collection.countDocuments(), 1, 'nothing half done');
    await collection.insertOne({ _id: 'n', a: 1, b: 'y' });
    assert.equal(await codeOf(collection.updateOne({ b: 'y' }, { $set: { b: 'x' } })), 11000);
    assert.equal(await codeOf(collection.updateOne({ b: 'y' }, { $set: { b: 'y', c: 1 } })), null);
  });

  it('numbers that round to one double are not duplicates', async () => {
    const collection = await tested.collectionOf([]);
    const ids = [
      Long.fromString('9007199254740992'),
      Long.fromString('9007199254740993'),
      Decimal128.fromString('9007199254740992.5'),
      Decimal128.fromString('0.1'),
      new Double(0.1),
    ];
    await collection.createIndex({ v: 1 }, { unique: true });
    for (const [at, v] of ids.entries()) await collection.insertOne({ _id: at, v });
    assert.equal(
      await codeOf(collection.insertOne({ _id: 'again', v: Decimal128.fromString('9007199254740993') })),
      11000,
    );
    assert.deepEqual(
      (await collection.find().sort({ v: 1 }).toArray()).map(({ _id }) => _id),
      [3, 4, 0, 2, 1],
    );
  });

  it('partial and sparse unique indexes count only what they hold', async () => {
    const partial = await tested.collectionOf([]);
    await partial.createIndex({ k: 1 }, { unique: true, partialFilterExpression: { open: true } });
    await partial.insertMany([
      { _id: 1, k: 1, open: true },
      { _id: 2, k: 1, open: false },
      { _id: 3, k: 1 },
    ]);
    assert.equal(await codeOf(partial.insertOne({ _id: 4, k: 1, open: true })), 11000);
    assert.equal(await codeOf(partial.updateOne({ _id: 2 }, { $set: { open: true } })), 11000);
    await partial.updateOne({ _id: 1 }, { $set: { open: false } });
    assert.equal(await codeOf(partial.updateOne({ _id: 2 }, { $set: { open: true } })), null);
    const sparse = await tested.collectionOf([{ a: 1 }, { a: 2 }, {}]);
    await sparse.createIndex({ k: 1 }, { unique: true, sparse: true });
    await sparse.insertOne({ _id: 9, k: null });
    assert.equal(await codeOf(sparse.insertOne({ _id: 10, k: null })), 11000);
    assert.equal(
      await sparse.countDocuments({ k: null }),
      4,
      'a sparse index does not answer for what it lacks',
    );
  });

  it('an index is built over what is there, or not at all', async () => {
    const collection = await tested.collectionOf([{ a: 1 }, { a: 2 }, { a: 2 }]);
    assert.equal(await codeOf(collection.createIndex({ a: 1 }, { unique: true })), 11000);
    assert.deepEqual(
      (await collection.indexes()).map(({ name }) => name),
      ['_id_'],
    );
    await collection.createIndex({ a: 1 });
    assert.equal(await collection.createIndex({ a: 1 }), 'a_1', 'again is no error');
    assert.equal(await codeOf(collection.createIndex({ a: 1 }, { name: 'other' })), 85);
    assert.equal(await codeOf(collection.createIndex({ b: 1 }, { name: 'a_1' })), 86);
    await collection.dropIndex('a_1');
    assert.equal(await codeOf(collection.dropIndex('a_1')), 27);
    assert.equal(await codeOf(collection.dropIndex('_id_')), 72);
  });

  it('a multikey index finds every element once, and refuses two arrays side by side', async () => {
    const collection = await tested.collectionOf([
      { _id: 1, t: ['a', 'b', 'a'], n: 1 },
      { _id: 2, t: [], n: 2 },
      {
        _id: 3,
        t: [
          { k: 1, v: 2 },
          { k: 2, v: 1 },
        ],
        n: 3,
      },
    ]);
    await collection.createIndexes([{ key: { t: 1, n: 1 } }, { key: { 't.k': 1, 't.v': 1 } }]);
    const ids = async (filter: Fields): Promise<unknown[]> =>
      (await collection.find(filter).toArray()).map(({ _id }) => _id);
    assert.deepEqual(await ids({ t: { $in: ['a', 'b'] } }), [1]);
    assert.deepEqual(await ids({ t: [] }), [2]);
    assert.deepEqual(await ids({ 't.k': 1, 't.v': 1 }), [3], 'from two different elements');
    assert.deepEqual(await ids({ t: { $elemMatch: { k: 1, v: 1 } } }), []);
    assert.equal(
      (await explained(collection.find({ t: { $elemMatch: { k: 1, v: 2 } } }))).index,
      't.k_1_t.v_1',
    );
    assert.equal(await codeOf(collection.insertOne({ _id: 4, t: [1], n: [1] })), 171);
    await tested.db.command({
      update: collection.collectionName,
      updates: [{ q: { _id: 1 }, u: { $pull: { t: 'a' } } }],
    });
    assert.deepEqual(await ids({ t: 'a' }), []);
  });

  describe('the planner', () => {
    let collection: mongo.Collection<Row>;

    before(async () => {
      collection = await tested.collectionOf(
        Array.from({ length: 2000 }, (_, n) => ({
          n,
          kind: `k${n % 50}`,
          name: `name${n}`,
          at: new Date(n * 1000),
          open: n % 100 === 0,
        })),
      );
      await collection.createIndexes([
        { key: { kind: 1, at: -1 } },
        { key: { name: 1 } },
        { key: { at: 1 } },
        { key: { n: 1 }, partialFilterExpression: { open: true }, name: 'open_n' },
      ]);
    });

    const plans: readonly [
      name: string,
      filter: Fields,
      sort: Fields,
      index: string | undefined,
      isSorted: boolean,
      documents: number,
    ][] = [
      ['equality, and the order of the next field', { kind: 'k7' }, { at: -1 }, 'kind_1_at_-1', true, 40],
      ['the same backwards', { kind: 'k7' }, { at: 1 }, 'kind_1_at_-1', true, 40],
      ['equality and range', { kind: 'k7', at: { $gte: new Date(1_000_000) } }, {}, 'kind_1_at_-1', true, 20],
      ['$in', { name: { $in: ['name5', 'name6', 'none'] } }, {}, 'name_1', true, 2],
      ['a prefix', { name: /^name199/ }, {}, 'name_1', true, 11],
      ['a range', { at: { $gt: new Date(5000), $lte: new Date(9000) } }, {}, 'at_1', true, 4],
      ['a partial index where the filter implies it', { open: true, n: { $lt: 500 } }, {}, 'open_n', true, 5],
      ['no partial index where it does not', { n: 500 }, {}, undefined, true, 2000],
      [
        'a disjunction of indexed branches',
        { $or: [{ name: 'name1' }, { at: new Date(2000) }] },
        {},
        undefined,
        true,
        2,
      ],
      ['no index for a pattern in the middle', { name: /199$/ }, {}, undefined, true, 2000],
      ['the index that finds least', { kind: 'k7', name: 'name7' }, {}, 'name_1', true, 1],
    ];

    for (const [name, filter, sort, index, isSorted, documents] of plans) {
      it(`uses ${name}`, async () => {
        const found = await explained(collection.find(filter).sort(sort));
        assert.deepEqual([found.index, found.isSorted, found.documents], [index, isSorted, documents]);
      });
    }

    it('reads a page in order from the index alone', async () => {
      const page = collection.find({}).sort({ at: -1 }).skip(10).limit(10);
      assert.equal((await explained(page)).documents, 20);
      assert.deepEqual(
        (await page.clone().toArray()).map(({ n }) => n),
        Array.from({ length: 10 }, (_, n) => 1989 - n),
      );
    });

    it('sorts in memory what no index sorts, with the same result', async () => {
      const sorted = await collection
        .find({ kind: { $in: ['k1', 'k2'] } })
        .sort({ name: -1 })
        .limit(3)
        .toArray();
      assert.deepEqual(
        sorted.map(({ name }) => name),
        ['name952', 'name951', 'name902'],
      );
    });

    it('obeys a hint and refuses an unknown one', async () => {
      assert.equal(
        (await explained(collection.find({ kind: 'k1', name: 'name1' }).hint('at_1'))).index,
        'at_1',
      );
      assert.equal(
        (await explained(collection.find({ name: 'name1' }).hint({ $natural: 1 }))).stage,
        'COLLSCAN',
      );
      assert.equal(await codeOf(collection.find({}).hint('nothing').toArray()), 2);
      assert.equal(await codeOf(collection.find({}).hint('open_n').toArray()), 2);
    });
  });

  it('removes what a TTL index says has expired, and only dates', async () => {
    const dataDir = await temporaryDirectory();
    const store = new Store(join(dataDir, 'store.sqlite'));
    const collection = store.ensure('t', 'sessions');
    for (const direction of [1, -1]) {
      collection.createIndex(
        doc({ key: doc({ [`at${direction}`]: new Int32(direction) }), expireAfterSeconds: new Int32(60) }),
      );
    }
    const now = new Date('2026-01-01T00:10:00Z');
    const at = (secondsAgo: number): Date => new Date(now.getTime() - secondsAgo * 1000);
    const given = [at(59), at(61), at(86_400), 'text', null, [at(10), at(100)]];
    for (const [n, value] of given.entries()) {
      for (const name of ['at1', 'at-1']) {
        const document = doc({ _id: `${name} ${n}`, [name]: value });
        collection.insert(document, encode(document));
      }
    }
    assert.equal(store.expire(now), 6);
    const left = [...collection.walk(false)]
      .map(({ document }) => show(document.get('_id')).slice(-2, -1))
      .sort();
    assert.deepEqual(left, ['0', '0', '3', '3', '4', '4']);
    assert.equal(store.expire(now), 0);
    store.database.close();
    await rm(dataDir, { recursive: true });
  });
});
