import assert from 'node:assert/strict';
import { mongo } from 'mongoose';
import { codeOf, openStoreUnderTest, type Fields, type StoreUnderTest } from './store-under-test.js';

const { deserialize, serialize, Long, Double } = mongo.BSON;

/**
 * What mongodump and mongorestore (100.x) send, command by command, without the programs themselves: their options
 * are those of a whole dump into a directory and of its restore into an empty server.
 */
describe('the commands of mongodump and mongorestore', () => {
  let from: StoreUnderTest;
  let to: StoreUnderTest;

  before(async () => {
    from = await openStoreUnderTest({ promoteValues: false });
    to = await openStoreUnderTest({ promoteValues: false });
    const shop = from.client.db('shop');
    await shop.createCollection('things', { validator: { n: { $exists: true } } });
    await shop
      .collection('things')
      .insertMany(
        Array.from({ length: 300 }, (_, n) => ({ n: new Double(n), big: Long.MAX_VALUE, list: [n] })),
      );
    await shop.collection('things').createIndex({ n: -1 }, { unique: true, name: 'by n' });
    await shop.collection('things').createIndex({ at: 1 }, { expireAfterSeconds: 60 });
    await shop.createCollection('few', { viewOn: 'things', pipeline: [{ $match: { n: { $lt: 3 } } }] });
  });

  after(async () => {
    await from.close();
    await to.close();
  });

  const plain = (value: unknown): Fields => JSON.parse(mongo.BSON.EJSON.stringify(value));

  async function* all(db: mongo.Db, command: Fields, batchSize: number): AsyncGenerator<Fields> {
    const { cursor } = await db.command(command);
    yield* cursor.firstBatch;
    for (let { id } = cursor; !Long.ZERO.equals(id);) {
      const collection = String(cursor.ns).slice(db.databaseName.length + 1);
      const more = await db.command({ getMore: id, collection, batchSize });
      yield* more['cursor'].nextBatch;
      ({ id } = more['cursor']);
    }
  }

  interface Dumped {
    readonly name: string;
    readonly options: Fields;
    readonly indexes: Fields[];
    readonly bytes: Uint8Array[];
  }

  async function dump(): Promise<Dumped[]> {
    const admin = from.client.db('admin');
    assert.equal(plain(await admin.command({ ismaster: 1 }))['msg'], undefined, 'no mongos');
    assert.equal(await codeOf(admin.command({ atlasVersion: 1 })), 59, 'no Atlas');
    await admin.command({ ping: 1 });
    const { databases } = await admin.command({ listDatabases: 1, nameOnly: true });
    assert.deepEqual(databases, [{ name: 'shop' }]);
    const shop = from.client.db('shop');
    const dumped: Dumped[] = [];
    for await (const { name, type, options, info } of all(shop, { listCollections: 1, cursor: {} }, 100)) {
      const [same] = (await shop.command({ listCollections: 1, filter: { name }, cursor: {} }))['cursor']
        .firstBatch;
      assert.equal(same.name, name);
      if (type === 'view') {
        dumped.push({ name, options, indexes: [], bytes: [] });
        continue;
      }
      assert.equal(info.uuid.sub_type, 4);
      const indexes: Fields[] = [];
      for await (const each of all(shop, { listIndexes: name, cursor: {} }, 100)) indexes.push(each);
      const counted = await shop.command({ count: name });
      // How it tells an ancient storage engine from a modern one.
      assert.equal((await shop.command({ collStats: name }))['numExtents'], undefined);
      const bytes: Uint8Array[] = [];
      for await (const each of all(
        shop,
        { find: name, filter: {}, noCursorTimeout: true, batchSize: 100 },
        100,
      ))
        bytes.push(serialize(each));
      assert.equal(bytes.length, Number(counted['n']));
      dumped.push({ name, options, indexes, bytes });
    }
    return dumped;
  }

  async function restore(dumped: readonly Dumped[]): Promise<void> {
    const shop = to.client.db('shop');
    const { versionArray } = await to.client.db('admin').command({ buildInfo: 1 });
    assert.equal(versionArray.length, 4);
    for (const { name, options, indexes, bytes } of dumped) {
      const own = indexes.find((index) => index['name'] === '_id_');
      const idIndex = own && { key: own['key'], name: own['name'], ns: `shop.${name}` };
      await shop.command({ create: name, ...options, ...(idIndex && { idIndex }) });
      for (let at = 0; at < bytes.length; at += 128) {
        const documents = bytes
          .slice(at, at + 128)
          .map((each) => deserialize(each, { promoteValues: false }));
        const reply = await shop.command({
          insert: name,
          documents,
          ordered: false,
          bypassDocumentValidation: false,
          writeConcern: { w: 'majority' },
        });
        assert.equal(reply['writeErrors'], undefined);
      }
      const others = indexes
        .filter((index) => index !== own)
        .map(({ v, ...index }) => ({ ...index, ns: `shop.${name}` }));
      if (others.length > 0)
        await shop.command({ createIndexes: name, indexes: others, ignoreUnknownIndexOptions: true });
    }
  }

  it('bring a database over as it is: bytes, options, indexes, views', async () => {
    const dumped = await dump();
    assert.deepEqual(
      dumped.map(({ name }) => name),
      ['things', 'few'],
    );
    await restore(dumped);
    for (const { name, options, indexes, bytes } of dumped) {
      const shop = to.client.db('shop');
      const [listed] = await shop.listCollections({ name }).toArray();
      assert.deepEqual(
        plain({ ...(listed && 'options' in listed ? listed.options : {}) }),
        plain({ ...options }),
      );
      if (indexes.length === 0) continue;
      assert.deepEqual(plain(await shop.collection(name).indexes()), plain(indexes));
      const there = await shop.collection(name).find().toArray();
      assert.deepEqual(
        there.map((each) => serialize(each)),
        bytes,
      );
      assert.equal((await shop.command({ validate: name }))['valid'], true);
    }
    assert.equal((await to.client.db('shop').collection('few').find().toArray()).length, 3);
  });

  it('are told what the server of this version does not know', async () => {
    const probe = { q: { dummy: 1 }, u: { $rename: {} } };
    const update = { update: 'dummy', updates: [probe] };
    const dummy = to.client.db('_dummy');
    assert.equal(await codeOf(dummy.command({ ...update, bypassEmptyTsReplacement: true })), 40415);
    assert.equal(await codeOf(dummy.command(update)), null);
  });
});
