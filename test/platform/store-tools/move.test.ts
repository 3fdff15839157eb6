import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Binary, Decimal128, Double, Int32, Long, ObjectId } from 'bson';
import { mongo } from 'mongoose';
import { randomIds } from '../../../src/platform/ids.ts';
import { openEmbeddedStore } from '../../../src/platform/embedded/embedded-store.ts';
import { isUnfinishedMove } from '../../../src/platform/store-tools/move-record.ts';
import { isSame, moveTown } from '../../../src/platform/store-tools/move-town.ts';
import { sumOf } from '../../../src/platform/store-tools/raw-documents.ts';
import { ended, runTool, startTool, temporaryDirectory, withStore } from './run-tool.ts';

const server = fileURLToPath(new URL('../../../src/server.js', import.meta.url));

interface Thing extends mongo.Document {
  _id: number | string;
}

const later = new Date(Date.now() + 86_400_000);

/** Documents of all types our programs store, in collections with all kinds of indexes. */
async function fill(db: mongo.Db, count: number): Promise<void> {
  const things = db.collection<Thing>('things');
  await things.createIndex({ number: 1 }, { unique: true });
  await things.createIndex({ 'tags.name': 1, at: -1 });
  await things.createIndex({ secret: 1 }, { partialFilterExpression: { secret: { $exists: true } } });
  await things.insertMany(
    Array.from({ length: count }, (_, at) => ({
      _id: at,
      number: `n-${at}`,
      tags: [{ name: '回音' }, { name: 'b' }],
      nothing: null,
      at: new Date(1_700_000_000_000 + at),
      long: Long.fromString('9007199254740993'),
      decimal: Decimal128.fromString('1.50'),
      half: 0.5,
      bytes: new Binary(Buffer.from([1, 2, 3])),
      ...(at % 7 === 0 && { secret: at }),
    })),
  );
  await db.collection('expiring').createIndex({ until: 1 }, { expireAfterSeconds: 60 });
  await db.collection<Thing>('expiring').insertOne({ _id: 'x', until: later });
  await db.collection<Thing>('sessions').insertOne({ _id: 's' });
  await db.collection<Thing>('settings').insertOne({ _id: 'town', name: { en: 'T' } });
}

const things = (db: mongo.Db) => db.collection<Thing>('things');

describe('moving a town', function moving() {
  this.timeout(60_000);
  let folder: string;
  let dataDir: string;
  let second: string;

  beforeEach(async () => {
    folder = await temporaryDirectory();
    dataDir = join(folder, 'first');
    second = join(folder, 'second');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const move = (...more: string[]) => runTool(['move', '--to', `embedded:${second}`, ...more], { dataDir });

  it('embedded to embedded › everything with its indexes, counts and checksums shown', async () => {
    await withStore(dataDir, (db) => fill(db, 1200));
    const said = await move();
    assert.equal(said.code, 0, said.err);
    const lines = said.out.trimEnd().split('\n');
    assert.equal(lines.length, 3);
    assert.match(lines[0] ?? '', /^expiring\t1\t[0-9a-f]{64}$/);
    assert.match(lines[2] ?? '', /^things\t1200\t[0-9a-f]{64}$/);
    assert.match(said.err, /things: 1200 of 1200/);
    assert.match(said.err, /Left out: sessions, scheduled_jobs/);
    await withStore(second, async (db) => {
      assert.equal(await things(db).countDocuments({}), 1200);
      assert.equal(await db.collection('sessions').countDocuments({}), 0);
      const indexes = await things(db).indexes();
      assert.deepEqual(indexes.map(({ name }) => String(name)).toSorted(), [
        '_id_',
        'number_1',
        'secret_1',
        'tags.name_1_at_-1',
      ]);
      assert.equal(indexes.find(({ name }) => name === 'number_1')?.unique, true);
      const expiring = await db.collection('expiring').indexes();
      assert.equal(expiring[1]?.expireAfterSeconds, 60);
    });
  });

  it('keeps each type and the order of keys that look like numbers', async () => {
    const written = new Map<string, unknown>([
      ['_id', 1],
      ['10', new Double(1)],
      ['2', new Int32(1)],
      [
        'inner',
        new Map<string, unknown>([
          ['7', new ObjectId()],
          ['3', [new Double(2)]],
        ]),
      ],
    ]);
    const raw = (db: mongo.Db) => db.collection('odd').findOne({}, { raw: true });
    const before = await withStore(dataDir, async (db) => {
      await db.command({ insert: 'odd', documents: [written] });
      return raw(db);
    });
    assert.equal((await move()).code, 0);
    assert.deepEqual(await withStore(second, raw), before);
  });

  it('killed in the middle and begun again › doubles nothing and misses nothing', async () => {
    await withStore(dataDir, (db) => fill(db, 12_000));
    const child = startTool(['move', '--to', `embedded:${second}`], { dataDir });
    await new Promise<void>((resolve) => {
      child.stderr?.on('data', (chunk: Buffer) => {
        if (/things: \d+ of/.test(chunk.toString())) resolve();
      });
    });
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
    const there = await withStore(second, (db) => things(db).countDocuments({}));
    assert.ok(there >= 5000 && there < 12_000, `${there} were there`);
    const program = spawn(process.execPath, [server], {
      env: { ...process.env, DATA_DIR: second, MONGODB_URI: '', LOG_LEVEL: 'warn' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { code, err } = await ended(program);
    assert.equal(code, 1, 'the program does not serve a part of a town');
    assert.match(err, /a move into it was not finished/);
    const onwards = ['move', '--from', `embedded:${second}`, '--to', `embedded:${join(folder, 'third')}`];
    assert.match((await runTool(onwards, { dataDir })).err, /begun and not finished/);
    // Meanwhile the old store went on.
    await withStore(dataDir, async (db) => {
      await things(db).updateOne({ _id: 5 }, { $set: { number: 'changed' } });
      // A number that went from one document to another, both copied before.
      await things(db).deleteOne({ _id: 6 });
      await things(db).updateOne({ _id: 7 }, { $set: { number: 'n-6' } });
      await things(db).insertOne({ _id: -1, number: 'new' });
    });
    const said = await move();
    assert.equal(said.code, 0, said.err);
    assert.match(said.out, /^things\t12000\t/m);
    await withStore(second, async (db) => {
      assert.equal(await things(db).countDocuments({}), 12_000);
      assert.equal((await things(db).findOne({ _id: 7 }))?.['number'], 'n-6');
      assert.equal((await things(db).findOne({ _id: 5 }))?.['number'], 'changed');
    });
  });

  it('a second move › only when told to, since it would undo what was written there', async () => {
    await withStore(dataDir, (db) => fill(db, 20));
    assert.equal((await move()).code, 0);
    await withStore(second, (db) => things(db).insertOne({ _id: 'new', number: 'new' }));
    const refused = await move();
    assert.equal(refused.code, 1);
    assert.match(refused.err, /holds this town already.+--overwrite/);
    assert.equal(await withStore(second, (db) => things(db).countDocuments({})), 21);
    const back = await runTool(
      ['move', '--from', `embedded:${second}`, '--to', `embedded:${dataDir}`, '--overwrite'],
      { dataDir },
    );
    assert.equal(back.code, 0, back.err);
    const again = await move('--overwrite');
    assert.equal(again.code, 0, again.err);
    assert.equal(again.out, back.out);
    assert.match(again.out, /^things\t21\t/m);
  });

  it('another town, or something else, in the target › is refused and stays', async () => {
    await withStore(dataDir, (db) => fill(db, 20));
    await withStore(second, (db) => things(db).insertOne({ _id: 'theirs' }));
    for (const options of [[], ['--overwrite']]) {
      const said = await move(...options);
      assert.equal(said.code, 1);
      assert.match(said.err, /holds another town/);
    }
    assert.equal(await withStore(second, (db) => things(db).countDocuments({})), 1);
  });

  it('a program on the source, or on the target › is refused', async () => {
    await withStore(dataDir, (db) => fill(db, 20));
    for (const busy of [dataDir, second]) {
      const store = await openEmbeddedStore({ dataDir: busy, whenRunning: 'refuse' });
      const said = await move();
      assert.equal(said.code, 1);
      assert.ok(said.err.includes(`The store in ${busy} is in use by process ${process.pid}`), said.err);
      await store.close();
    }
  });

  it('a wrong call › says what is wrong', async () => {
    const secret = 'postgres://user:hunter2@host/db';
    const wrong: readonly [string[], RegExp][] = [
      [['move'], /--to is missing/],
      [['move', '--to', secret], /--to is neither/],
      [['move', '--to', `embedded:${second}`], /There is no store in/],
    ];
    for (const [args, complaint] of wrong) {
      const said = await runTool(args, { dataDir });
      assert.equal(said.code, 2);
      assert.match(said.err, complaint);
      assert.ok(!said.err.includes('hunter2'));
    }
    await withStore(dataDir, async () => {});
    const empty = await move();
    assert.equal(empty.code, 1);
    assert.match(empty.err, /holds nothing/);
  });

  it('a store that loses a document › is found out', async () => {
    await withStore(dataDir, (db) => fill(db, 20));
    await withStore(dataDir, (from) =>
      withStore(second, async (to) => {
        const command = to.command.bind(to);
        to.command = (given: mongo.Document) =>
          command(
            given['insert'] === 'things' ? { ...given, documents: given['documents'].slice(1) } : given,
          );
        const options = { from, to, overwrite: false, now: new Date(), progress: () => undefined };
        const moved = await moveTown(options);
        assert.deepEqual(
          moved.filter((each) => !isSame(each)).map(({ collection, to: sum }) => [collection, sum.count]),
          [['things', 19]],
        );
        assert.equal(await isUnfinishedMove(to), true);
      }),
    );
    assert.equal((await move()).code, 0, 'what was not finished may be finished');
    assert.equal(await withStore(second, isUnfinishedMove), false);
  });

  it('to a real MongoDB and back › the same checksums', async function real() {
    const uri = process.env['TEST_MONGODB_URI'];
    if (!uri) this.skip();
    const target = new URL(uri);
    target.pathname = `/m${randomIds.next().replaceAll('-', '')}`;
    const client = await mongo.MongoClient.connect(target.href);
    try {
      await withStore(dataDir, (db) => fill(db, 1200));
      const there = await runTool(['move', '--to', target.href], { dataDir });
      assert.equal(there.code, 0, there.out + there.err);
      assert.match(there.err, /stop Huiyin first/);
      const back = await runTool(['move', '--to', `embedded:${second}`], {
        dataDir,
        mongodbUri: target.href,
      });
      assert.equal(back.code, 0, back.out + back.err);
      assert.equal(back.out, there.out);
    } finally {
      await client.db().dropDatabase();
      await client.close();
    }
  });
});

describe('the checksum of a collection', () => {
  let folder: string;
  before(async () => {
    folder = await temporaryDirectory();
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('does not depend on the order, and differs when anything else does', () =>
    withStore(folder, async (db) => {
      let made = 0;
      const sum = async (...documents: mongo.Document[]): Promise<string> => {
        const collection = db.collection(`c${(made += 1)}`);
        if (documents.length > 0) await collection.insertMany(documents);
        const { count, checksum } = await sumOf(collection);
        assert.equal(count, documents.length);
        return checksum;
      };
      const one = { _id: 1, a: 'x' };
      const two = { _id: 2, a: 'x' };
      const both = await sum(one, two);
      assert.equal(await sum(two, one), both);
      const others = [
        await sum(),
        await sum(one),
        await sum(one, { ...two, a: 'y' }),
        await sum(one, { ...two, b: null }),
        await sum(one, { _id: 3, a: 'x' }),
        await sum(one, { _id: new Double(2), a: 'x' }),
        await sum({ _id: 1, a: 'x', b: 1 }, { _id: 2, a: 'x', b: new Double(1) }),
      ];
      assert.equal(new Set([both, ...others]).size, others.length + 1);
    }));
});
