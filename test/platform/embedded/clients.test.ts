import assert from 'node:assert/strict';
import { Agenda } from 'agenda';
import { MongoBackend } from '@agendajs/mongo-backend';
import { MongoStore } from 'connect-mongo';
import mongoose, { Schema } from 'mongoose';
import type { SessionData } from 'express-session';
import { openStoreUnderTest, type StoreUnderTest } from './store-under-test.js';

/** What a function hands to its callback. */
const call = <T>(
  run: (done: (error: unknown, result?: T | null) => void) => void,
): Promise<T | null | undefined> =>
  new Promise((resolve, reject) => {
    run((error, result) => (error instanceof Error ? reject(error) : resolve(result)));
  });

describe('the clients it exists for', () => {
  let tested: StoreUnderTest;
  let connection: mongoose.Connection;

  before(async () => {
    tested = await openStoreUnderTest();
    connection = await mongoose.createConnection(tested.store.uri).asPromise();
  });

  after(async () => {
    await connection.close();
    await tested.close();
  });

  it('Mongoose: schemas, indexes, versions, arrays, population', async () => {
    const Owner = connection.model('Owner', new Schema({ name: String }));
    const schema = new Schema(
      {
        name: { type: String, required: true, unique: true },
        count: { type: Number, default: 0 },
        owner: { type: Schema.Types.ObjectId, ref: 'Owner' },
        big: BigInt,
        exact: Schema.Types.Decimal128,
        labels: { type: Map, of: String },
        items: [new Schema({ n: Number, text: String }, { timestamps: true })],
      },
      { timestamps: true, optimisticConcurrency: true },
    );
    schema.index({ 'items.n': 1, createdAt: -1 });
    const Thing = connection.model('Thing', schema);
    await Thing.init();
    const owner = await Owner.create({ name: 'Wang' });
    const made = await Thing.create({
      name: 'a',
      owner: owner.id,
      big: 9007199254740993n,
      exact: '0.1',
      labels: { x: 'y' },
      items: [{ n: 1 }, { n: 2 }],
    });
    await assert.rejects(Thing.create({ name: 'a' }), { code: 11000 });

    const read = await Thing.findById(made.id).populate<{ owner: { name: string } }>('owner').orFail();
    assert.equal(read.owner.name, 'Wang');
    assert.equal(read.big, 9007199254740993n);
    assert.equal(String(read.exact), '0.1');
    assert.equal(read.labels?.get('x'), 'y');

    const stale = await Thing.findById(made.id).orFail();
    made.items.push({ n: 3 });
    made.count = 5;
    await made.save();
    stale.count = 6;
    await assert.rejects(stale.save(), mongoose.Error.VersionError);

    await Thing.updateOne({ _id: made.id, 'items.n': 2 }, { $set: { 'items.$.text': 'two' } });
    await Thing.findOneAndUpdate(
      { name: 'b' },
      { $inc: { count: 2 }, $setOnInsert: { items: [] } },
      { upsert: true },
    );
    const results = await Thing.bulkWrite([
      { insertOne: { document: { name: 'c' } } },
      { updateMany: { filter: { count: { $gte: 2 } }, update: { $inc: { count: 1 } } } },
      { deleteOne: { filter: { name: 'c' } } },
    ]);
    assert.deepEqual([results.insertedCount, results.modifiedCount, results.deletedCount], [1, 2, 1]);
    const sums = await Thing.aggregate([
      { $unwind: '$items' },
      { $group: { _id: '$name', n: { $sum: '$items.n' } } },
    ]);
    assert.deepEqual(sums, [{ _id: 'a', n: 6 }]);
    assert.deepEqual(await Thing.distinct('items.n'), [1, 2, 3]);
    assert.equal(await Thing.estimatedDocumentCount(), 2);
    assert.equal((await Thing.findOne({ 'items.text': 'two' }).select('name').lean())?.name, 'a');
    assert.deepEqual(await Thing.syncIndexes(), []);
    let walked = 0;
    for await (const each of Thing.find().cursor({ batchSize: 1 })) walked += each.name ? 1 : 0;
    assert.equal(walked, 2);
  });

  it('several databases on one server, and dropping one', async () => {
    const one = connection.useDb('suite_one').collection('x');
    const two = connection.useDb('suite_two').collection('x');
    await one.insertOne({ a: 1 });
    await two.insertOne({ a: 2 });
    await connection.useDb('suite_one').dropDatabase();
    assert.equal(await one.countDocuments(), 0);
    assert.equal(await two.countDocuments(), 1);
    await two.rename('y');
    assert.deepEqual(
      (await connection.useDb('suite_two').listCollections()).map(({ name }) => name),
      ['y'],
    );
  });

  it('Agenda: two instances run each of 400 jobs once, repeat one and keep a single one single', async function agendas() {
    this.timeout(40_000);
    const jobs = 400;
    const ran = new Map<number, number>();
    const took = [0, 0];
    const ticks: number[] = [];
    const instances = [0, 1].map(
      () => new Agenda({ backend: new MongoBackend({ address: tested.store.uri }), processEvery: 50 }),
    );
    for (const [at, agenda] of instances.entries()) {
      agenda.define<{ n: number }>('count', (job) => {
        const { n } = job.attrs.data;
        took[at] = (took[at] ?? 0) + 1;
        ran.set(n, (ran.get(n) ?? 0) + 1);
      });
      agenda.define('tick', () => {
        ticks.push(Date.now());
      });
      await agenda.start();
      await agenda.every('0.2 seconds', 'tick');
    }
    // Half of them are handed to each, and either may run any of them.
    const [one, other] = instances;
    assert.ok(one && other);
    await Promise.all(Array.from({ length: jobs }, (_, n) => (n % 2 ? one : other).now('count', { n })));
    const until = Date.now() + 30_000;
    while ((ran.size < jobs || ticks.length < 2) && Date.now() < until) {
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
    }
    for (const agenda of instances) await agenda.stop();
    assert.equal(ran.size, jobs);
    assert.deepEqual([...new Set(ran.values())], [1]);
    assert.ok(
      took.every((count) => count > 0),
      `both work: ${took.join(' and ')}`,
    );
    assert.ok(ticks.length >= 2);
    assert.equal(await tested.db.collection('agendaJobs').countDocuments({ name: 'tick' }), 1);
  });

  it('connect-mongo: sets, gets, touches, counts and ends sessions', async () => {
    const sessions = MongoStore.create({ mongoUrl: tested.store.uri, ttl: 60 });
    const data: SessionData = { cookie: { originalMaxAge: null } };
    await call((done) => sessions.set('s1', data, done));
    assert.deepEqual(await call<SessionData>((done) => sessions.get('s1', done)), data);
    await call((done) => sessions.touch('s1', data, done));
    assert.equal(await call<number>((done) => sessions.length(done)), 1);
    const stored = tested.db.collection<{ _id: string; expires: Date }>('sessions');
    const expires = (await stored.findOne({ _id: 's1' }))?.expires.getTime() ?? 0;
    assert.ok(Math.abs(expires - Date.now() - 60_000) < 10_000, 'the date the TTL index goes by');
    await stored.updateOne({ _id: 's1' }, { $set: { expires: new Date(Date.now() - 1000) } });
    assert.equal(
      await call<SessionData>((done) => sessions.get('s1', done)),
      null,
      'over before it is swept',
    );
    await call((done) => sessions.destroy('s1', done));
    assert.equal(await call<SessionData>((done) => sessions.get('s1', done)), null);
    const indexes = await tested.db.collection('sessions').indexes();
    assert.ok(indexes.some(({ expireAfterSeconds }) => expireAfterSeconds === 0));
    await sessions.close();
  });
});
