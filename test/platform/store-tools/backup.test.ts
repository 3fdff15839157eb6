import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { DatabaseSync } from '@photostructure/sqlite';
import { mongo } from 'mongoose';
import { EmbeddedStoreUnusable, openEmbeddedStore } from '../../../src/platform/embedded/embedded-store.ts';
import { restoreEmbeddedStore } from '../../../src/platform/embedded/restore.ts';
import { runTool, startTool, temporaryDirectory, withStore } from './run-tool.ts';

const writer = fileURLToPath(new URL('../embedded/writer-process.js', import.meta.url));

interface Numbered {
  _id: number;
  even?: boolean;
  text?: string;
}

const numbersIn = (dataDir: string): Promise<number[]> =>
  withStore(dataDir, async (db) => {
    const rows = await db.collection<Numbered>('numbers').find().sort({ _id: 1 }).toArray();
    return rows.map(({ _id }) => _id);
  });

const fill = (dataDir: string, count: number): Promise<void> =>
  withStore(dataDir, async (db) => {
    const rows = Array.from({ length: count }, (_, at) => ({
      _id: at,
      even: at % 2 === 0,
      text: 'x'.repeat(300),
    }));
    await db.collection<Numbered>('numbers').createIndex({ even: 1 });
    if (count > 0) await db.collection<Numbered>('numbers').insertMany(rows);
  });

/** The bytes of a backup of which one mark was changed. */
function changed(file: string, copy: string, pragma: string, value: number): Buffer {
  copyFileSync(file, copy);
  const sqlite = new DatabaseSync(copy);
  sqlite.exec(`PRAGMA ${pragma} = ${value}`);
  sqlite.close();
  return readFileSync(copy);
}

describe('backup and restore', function tools() {
  this.timeout(60_000);
  let folder: string;
  let dataDir: string;
  let file: string;

  beforeEach(async () => {
    folder = await temporaryDirectory();
    dataDir = join(folder, 'data');
    file = join(folder, 'kept.backup');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('a backup under eight writers › holds every write acknowledged before it began', async () => {
    const child = spawn(process.execPath, [writer, dataDir, '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = once(child, 'exit');
    try {
      const acknowledged: number[] = [];
      const lines = createInterface({ input: child.stdout });
      await new Promise<void>((resolve) => {
        lines.on('line', (line) => {
          if (line !== 'ready') acknowledged.push(Number(line));
          if (acknowledged.length === 2000) resolve();
        });
      });
      const before = [...acknowledged];
      const said = await runTool(['backup', file], { dataDir });
      assert.equal(said.code, 0, said.err);
      assert.match(said.err, /Backed up to .+ bytes/);
      const during = acknowledged.length;
      assert.ok(during > before.length, 'the writers went on');
      assert.equal(statSync(file).mode & 0o777, 0o600);
      assert.deepEqual(
        readdirSync(folder).toSorted(),
        ['data', 'kept.backup'],
        'nothing but the file is left',
      );
      assert.deepEqual(
        readdirSync(dataDir).filter((name) => name.includes('backup')),
        [],
      );

      const second = join(folder, 'second');
      assert.equal((await runTool(['restore', file], { dataDir: second })).code, 0);
      await withStore(second, async (db) => {
        const numbers = db.collection<Numbered>('numbers');
        const there = new Set((await numbers.find().toArray()).map(({ _id }) => _id));
        assert.deepEqual(
          before.filter((id) => !there.has(id)),
          [],
        );
        assert.equal(await numbers.countDocuments({ even: { $in: [true, false] } }), there.size);
        const indexes = await numbers.indexes();
        assert.deepEqual(
          indexes.map(({ name }) => name),
          ['_id_', 'even_1'],
        );
      });
    } finally {
      child.kill('SIGKILL');
      await exited;
    }
  });

  it('a backup of a store nobody runs › the same, and it replaces no file', async () => {
    await fill(dataDir, 10);
    assert.equal((await runTool(['backup', file], { dataDir })).code, 0);
    const size = statSync(file).size;
    const again = await runTool(['backup', file], { dataDir });
    assert.equal(again.code, 2);
    assert.match(again.err, /already/);
    assert.equal(statSync(file).size, size);
    assert.deepEqual(readdirSync(dataDir), ['store.sqlite']);
  });

  it('a backup where there is no store › is refused and makes none', async () => {
    const said = await runTool(['backup', file], { dataDir });
    assert.equal(said.code, 1);
    assert.match(said.err, /There is no store in/);
    assert.equal(existsSync(dataDir), false);
  });

  it('with MONGODB_URI set › both say that mongodump is the tool', async () => {
    for (const name of ['backup', 'restore']) {
      const said = await runTool([name, file], { dataDir, mongodbUri: 'mongodb://127.0.0.1:1/town' });
      assert.equal(said.code, 2);
      assert.match(said.err, /mongodump/);
    }
  });

  it('the store’s own command › is for the admin database only', async () => {
    const store = await openEmbeddedStore({ dataDir, whenRunning: 'refuse' });
    const client = await mongo.MongoClient.connect(store.uri);
    await assert.rejects(client.db('other').command({ makeBackup: 1 }), { code: 13 });
    await assert.rejects(client.db('admin').command({ makeBackup: 1, path: '/tmp/x' }), { code: 40415 });
    // Nobody comes for this one.
    await client.db('admin').command({ makeBackup: 1 });
    await client.close();
    await store.close();
    await (await openEmbeddedStore({ dataDir, whenRunning: 'refuse' })).close();
    assert.deepEqual(readdirSync(dataDir), ['store.sqlite']);
  });

  it('a restore › keeps the store that was there', async () => {
    await fill(dataDir, 3);
    await runTool(['backup', file], { dataDir });
    await withStore(dataDir, (db) => db.collection<Numbered>('numbers').insertOne({ _id: 99 }));
    const said = await runTool(['restore', file], { dataDir });
    assert.equal(said.code, 0, said.err);
    assert.deepEqual(await numbersIn(dataDir), [0, 1, 2]);
    const kept = readdirSync(dataDir).filter((name) => name.startsWith('store.replaced-'));
    assert.equal(kept.length, 1);
    assert.ok(said.err.includes(kept[0] ?? '?'));
    const other = join(folder, 'other');
    assert.equal((await runTool(['restore', join(dataDir, kept[0] ?? '')], { dataDir: other })).code, 0);
    assert.deepEqual(await numbersIn(other), [0, 1, 2, 99]);
  });

  it('a restore after kill -9 › leaves no log behind that belongs to the old store', async () => {
    await fill(dataDir, 3);
    await runTool(['backup', file], { dataDir });
    const child = startTool(['store'], { dataDir });
    const uri = await new Promise<string>((resolve) => {
      child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
    });
    const client = await mongo.MongoClient.connect(uri);
    await client.db().collection<Numbered>('numbers').insertOne({ _id: 99 });
    await client.close();
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
    assert.ok(statSync(join(dataDir, 'store.sqlite-wal')).size > 0);
    const refused = await runTool(['restore', join(dataDir, 'store.sqlite')], {
      dataDir: join(folder, 'other'),
    });
    assert.match(refused.err, /was not closed, not a backup/);
    assert.equal((await runTool(['restore', file], { dataDir })).code, 0);
    assert.deepEqual(await numbersIn(dataDir), [0, 1, 2]);
  });

  it('a restore while a program runs on the store › is refused, and nothing changes', async () => {
    await fill(dataDir, 3);
    await runTool(['backup', file], { dataDir });
    const store = await openEmbeddedStore({ dataDir, whenRunning: 'refuse' });
    const before = readdirSync(dataDir);
    const said = await runTool(['restore', file], { dataDir });
    assert.equal(said.code, 1);
    assert.match(said.err, /is in use. Stop the program first/);
    assert.deepEqual(readdirSync(dataDir), before);
    await store.close();
  });

  it('a restore of something that is no whole backup › is refused, and the store stays', async () => {
    await fill(dataDir, 2000);
    await runTool(['backup', file], { dataDir });
    const bytes = readFileSync(file);
    const wrong: readonly [string, Buffer, RegExp][] = [
      ['empty', Buffer.alloc(0), /is an empty store/],
      ['text', Buffer.from('not a store at all '.repeat(100)), /is not a database/],
      ['cut', bytes.subarray(0, bytes.length / 2), /damaged/],
      ['foreign', changed(file, join(folder, 'f'), 'application_id', 7), /another program/],
      ['newer', changed(file, join(folder, 'n'), 'user_version', 99), /newer version/],
    ];
    for (const [name, content, complaint] of wrong) {
      const path = join(folder, name);
      writeFileSync(path, content);
      const restore = () => restoreEmbeddedStore({ dataDir, file: path, now: new Date() });
      assert.throws(restore, (error: unknown) => {
        assert.ok(error instanceof EmbeddedStoreUnusable, String(error));
        assert.match(error.message, complaint);
        assert.ok(error.message.includes(path), error.message);
        return true;
      });
    }
    assert.deepEqual(readdirSync(dataDir), ['store.sqlite']);
    assert.equal((await numbersIn(dataDir)).length, 2000);
  });
});

describe('a damaged store', () => {
  let folder: string;
  let dataDir: string;
  let file: string;

  beforeEach(async () => {
    folder = await temporaryDirectory();
    dataDir = join(folder, 'data');
    file = join(dataDir, 'store.sqlite');
    await fill(dataDir, 2000);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const refusal = (complaint: RegExp): Promise<void> =>
    assert.rejects(openEmbeddedStore({ dataDir, whenRunning: 'refuse' }), (error: unknown) => {
      assert.ok(error instanceof EmbeddedStoreUnusable, String(error));
      assert.match(error.message, complaint);
      assert.ok(error.message.includes(file) && error.message.includes('npm run restore -- FILE'));
      return true;
    });

  it('cut short › is refused by name, with the way out', async () => {
    truncateSync(file, statSync(file).size - 40 * 4096);
    await refusal(/is damaged/);
  });

  it('with pages overwritten › is refused', async () => {
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 20 * 4096, 24 * 4096);
    writeFileSync(file, bytes);
    await refusal(/is damaged/);
  });

  it('with an index that disagrees with its documents › is refused', async () => {
    const sqlite = new DatabaseSync(file);
    // The second index of the first collection. (A prepared statement would keep the file open.)
    sqlite.exec('DELETE FROM i_2 WHERE rid = 7');
    sqlite.close();
    await refusal(/index .+ of huiyin\.numbers has 1999 entries for 2000 documents/);
  });

  it('can be replaced by a restore, and is kept', async () => {
    const backup = join(folder, 'kept.backup');
    await runTool(['backup', backup], { dataDir });
    writeFileSync(file, 'nothing that could be opened '.repeat(200));
    const said = await runTool(['restore', backup], { dataDir });
    assert.equal(said.code, 0, said.err);
    assert.equal((await numbersIn(dataDir)).length, 2000);
    assert.equal(readdirSync(dataDir).filter((name) => name.startsWith('store.replaced-')).length, 1);
  });
});
