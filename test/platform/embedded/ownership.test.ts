import assert from 'node:assert/strict';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { mongo } from 'mongoose';
import { socketPath } from '../../../src/platform/embedded/data-directory.js';
import {
  EmbeddedStoreBusy,
  EmbeddedStoreUnusable,
  openEmbeddedStore,
} from '../../../src/platform/embedded/embedded-store.js';
import { kill, killRounds, startWriter } from './kill-rounds.js';
import { temporaryDirectory } from './store-under-test.js';

describe('who runs the store', () => {
  let dataDir: string;

  beforeEach(async () => {
    dataDir = join(await temporaryDirectory(), 'data');
  });

  afterEach(() => rm(join(dataDir, '..'), { recursive: true, force: true }));

  it('makes the directory for its owner only and leaves nothing but the data behind', async () => {
    const store = await openEmbeddedStore({ dataDir, whenRunning: 'refuse', databaseName: 'town' });
    assert.match(store.uri, /^mongodb:\/\/.+\/town\?directConnection=true$/);
    assert.equal(statSync(dataDir).mode & 0o777, 0o700);
    assert.ok(existsSync(join(dataDir, 'store.lock')));
    await store.close();
    await store.close();
    assert.deepEqual(await readdir(dataDir), ['store.sqlite']);
  });

  it('loses no acknowledged write to kill -9', async function crash() {
    this.timeout(30_000);
    const { acknowledged, lost, documents, indexed, integrity } = await killRounds(dataDir, 4);
    assert.ok(acknowledged > 0);
    assert.deepEqual([lost, indexed, integrity], [0, documents, 'ok']);
  });

  it('joins a store another process runs, or refuses with its number', async () => {
    const running = startWriter(dataDir, 0);
    try {
      await running.ready;
      await assert.rejects(openEmbeddedStore({ dataDir, whenRunning: 'refuse' }), (error: unknown) => {
        assert.ok(error instanceof EmbeddedStoreBusy);
        assert.match(error.message, new RegExp(`process ${running.child.pid}`));
        return true;
      });
      const joined = await openEmbeddedStore({ dataDir, whenRunning: 'join' });
      assert.equal(joined.own, false);
      const client = await mongo.MongoClient.connect(joined.uri);
      assert.ok((await client.db().collection('numbers').countDocuments()) > 0);
      await client.close();
      await joined.close();
      assert.equal(running.child.exitCode, null, 'the other one goes on');
    } finally {
      await kill(running);
    }
  });

  it('lets exactly one of several that start at the same moment own it', async function race() {
    this.timeout(30_000);
    const stores = await Promise.all(
      Array.from({ length: 4 }, () => openEmbeddedStore({ dataDir, whenRunning: 'join' })),
    );
    assert.equal(stores.filter(({ own }) => own).length, 1);
    assert.equal(new Set(stores.map(({ uri }) => uri)).size, 1);
    await Promise.all(stores.map((store) => store.close()));
    const writers = [startWriter(dataDir, 0), startWriter(dataDir, 1_000_000)];
    const outcomes = await Promise.allSettled(writers.map(({ ready }) => ready));
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
    await Promise.all(writers.map(kill));
  });

  it('is not fooled by the lock and the socket a killed process left', async () => {
    const running = startWriter(dataDir, 0);
    await running.ready;
    await kill(running);
    assert.ok(existsSync(join(dataDir, 'store.lock')));
    // Its number may belong to a living process by now.
    writeFileSync(
      join(dataDir, 'store.lock'),
      JSON.stringify({ pid: process.pid, host: encodeURIComponent(join(dataDir, 'store.sock')) }),
    );
    const store = await openEmbeddedStore({ dataDir, whenRunning: 'refuse' });
    assert.equal(store.own, true);
    await store.close();
  });

  it('refuses files that are not its own, or from a newer version', async () => {
    await mkdir(dataDir, { recursive: true });
    const file = join(dataDir, 'store.sqlite');
    writeFileSync(file, 'this is not a database, and long enough to be looked at'.repeat(20));
    await assert.rejects(openEmbeddedStore({ dataDir, whenRunning: 'refuse' }), EmbeddedStoreUnusable);
    await rm(file);
    const foreign = new DatabaseSync(file);
    foreign.exec('CREATE TABLE theirs (a)');
    foreign.close();
    await assert.rejects(openEmbeddedStore({ dataDir, whenRunning: 'refuse' }), /belongs to another program/);
    await rm(file);
    await (await openEmbeddedStore({ dataDir, whenRunning: 'refuse' })).close();
    const newer = new DatabaseSync(file);
    newer.exec('PRAGMA user_version = 99');
    newer.close();
    await assert.rejects(openEmbeddedStore({ dataDir, whenRunning: 'refuse' }), /newer version/);
  });

  it('takes over a file of the layout before this one', async () => {
    const store = await openEmbeddedStore({ dataDir, whenRunning: 'refuse' });
    const client = await mongo.MongoClient.connect(store.uri);
    await client.db().collection('things').insertOne({ n: 1 });
    await client.close();
    await store.close();
    const file = new DatabaseSync(join(dataDir, 'store.sqlite'));
    file.exec('ALTER TABLE collections DROP COLUMN options; PRAGMA user_version = 1');
    file.close();
    for (const view of ['first', 'second']) {
      const again = await openEmbeddedStore({ dataDir, whenRunning: 'refuse' });
      const reader = await mongo.MongoClient.connect(again.uri);
      await reader.db().createCollection(view, { viewOn: 'things' });
      assert.equal(await reader.db().collection(view).countDocuments(), 1);
      await reader.close();
      await again.close();
    }
  });

  it('puts the socket elsewhere when its path would be too long', async () => {
    const long = join(dataDir, 'a-rather-long-name-'.repeat(8));
    const path = socketPath(long) ?? '';
    assert.ok(Buffer.byteLength(path) <= 104 && !path.startsWith(long));
    assert.equal(socketPath(long, 'win32'), null);
    const store = await openEmbeddedStore({ dataDir: long, whenRunning: 'refuse' });
    const client = await mongo.MongoClient.connect(store.uri);
    await client.db().command({ ping: 1 });
    await client.close();
    await store.close();
    assert.equal(existsSync(path), false);
  });
});
