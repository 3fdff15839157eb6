import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { mongo } from 'mongoose';
import { openEmbeddedStore } from '../../../src/platform/embedded/embedded-store.js';
import { openStoreUnderTest, temporaryDirectory, type Row, type StoreUnderTest } from './store-under-test.js';

describe('a look inside', () => {
  let tested: StoreUnderTest;

  before(async () => {
    tested = await openStoreUnderTest();
    const rows = tested.db.collection('rows');
    await rows.insertMany(Array.from({ length: 500 }, (_, n) => ({ n, text: 'x'.repeat(100) })));
    await rows.createIndex({ n: 1 });
    await tested.db.createCollection('seen', { viewOn: 'rows' });
  });

  after(() => tested.close());

  it('collStats and $collStats give sizes that are those of the documents', async () => {
    const stats = await tested.db.command({ collStats: 'rows' });
    const [one] = await tested.db.collection('rows').find({}, { raw: true }).limit(1).toArray();
    assert.ok(one instanceof Uint8Array);
    assert.equal(stats['count'], 500);
    assert.equal(stats['size'], 500 * one.length);
    assert.equal(stats['avgObjSize'], one.length);
    assert.ok(stats['storageSize'] >= stats['size']);
    assert.deepEqual(Object.keys(stats['indexSizes']), ['_id_', 'n_1']);
    assert.equal(stats['totalSize'], stats['storageSize'] + stats['totalIndexSize']);
    const [told] = await tested.db
      .collection('rows')
      .aggregate([{ $collStats: { storageStats: { scale: 1024 }, count: {} } }, { $project: { host: 0 } }])
      .toArray();
    assert.equal(told?.['storageStats'].size, Math.trunc(stats['size'] / 1024));
    assert.equal(told?.['count'], 500);
    assert.equal((await tested.db.command({ collStats: 'nothing' }))['count'], 0);
  });

  it('dbStats and listDatabases add up', async () => {
    const stats = await tested.db.command({ dbStats: 1 });
    const { totalSize } = await tested.db.command({ collStats: 'rows' });
    assert.deepEqual(
      [stats['collections'], stats['views'], stats['objects'], stats['indexes']],
      [1, 1, 500, 2],
    );
    assert.equal(stats['totalSize'], totalSize);
    const { databases, totalSize: all } = await tested.client.db('admin').command({ listDatabases: 1 });
    assert.deepEqual(databases, [{ name: 'huiyin', sizeOnDisk: totalSize, empty: false }]);
    assert.equal(all, totalSize);
  });

  it('$indexStats counts the queries an index served', async () => {
    const rows = tested.db.collection('rows');
    const uses = async (): Promise<number[]> =>
      (await rows.aggregate([{ $indexStats: {} }]).toArray()).map((index) => Number(index['accesses'].ops));
    const before = await uses();
    await rows.findOne({ n: 5 });
    await rows.countDocuments({ n: 6 });
    await rows.findOne({ text: 'none' });
    const after = await uses();
    assert.deepEqual(
      after.map((ops, at) => ops - (before[at] ?? 0)),
      [0, 2],
    );
  });

  it('serverStatus tells of the process and its clients', async () => {
    const status = await tested.db.command({ serverStatus: 1 });
    assert.equal(status['pid'], process.pid);
    assert.ok(status['connections'].current >= 1);
    const cursor = tested.db.collection('rows').find().batchSize(2);
    await cursor.next();
    const { metrics } = await tested.db.command({ serverStatus: 1 });
    assert.equal(Number(metrics.cursor.open.total), 1);
    await cursor.close();
  });

  it('validate finds a whole collection whole', async () => {
    const found = await tested.db.command({ validate: 'rows', full: true });
    assert.deepEqual(
      [found['valid'], found['nrecords'], found['keysPerIndex'], found['errors']],
      [true, 500, { _id_: 500, n_1: 500 }, []],
    );
  });
});

describe('validate on a damaged store', () => {
  let dataDir: string;

  beforeEach(async () => {
    dataDir = await temporaryDirectory();
  });

  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  const damages: readonly [name: string, sql: string, told: RegExp][] = [
    [
      'an entry at another place, which counting does not see',
      `UPDATE i_2 SET k = (SELECT k FROM i_2 LIMIT 1 OFFSET 1) WHERE rid = 1`,
      /index n_1 lacks 1 entries and has 1 too many/,
    ],
    ['a document that cannot be read', `UPDATE d_1 SET doc = x'05' WHERE rid = 1`, /cannot be read/],
    [
      'an array the index was not told of, and a missing entry',
      `UPDATE indexes SET multikey = '[]' WHERE id = 3; DELETE FROM i_3 WHERE rid = 2`,
      /index list_1 lacks 2 entries/,
    ],
  ];
  for (const [name, sql, told] of damages) {
    it(`finds ${name}`, async () => {
      const whole = await openEmbeddedStore({ dataDir, whenRunning: 'refuse' });
      const client = await mongo.MongoClient.connect(whole.uri);
      const rows = client.db().collection<Row>('rows');
      await rows.createIndexes([{ key: { n: 1 } }, { key: { list: 1 } }]);
      await rows.insertMany([
        { _id: 1, n: 1, list: [1, 2] },
        { _id: 2, n: 2, list: 3 },
      ]);
      await client.close();
      await whole.close();
      const file = new DatabaseSync(join(dataDir, 'store.sqlite'));
      file.exec(sql);
      file.close();
      const store = await openEmbeddedStore({ dataDir, whenRunning: 'refuse' });
      const again = await mongo.MongoClient.connect(store.uri);
      const found = await again.db().command({ validate: 'rows' });
      await again.close();
      await store.close();
      assert.equal(found['valid'], false);
      assert.match(found['errors'].join('\n'), told);
    });
  }
});
