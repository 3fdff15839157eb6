import assert from 'node:assert/strict';
import { GramCounter } from '../../src/domain/repeats/gram-counts.ts';
import type { LetterGrams } from '../../src/domain/repeats/letter-grams.ts';
import type { MatterGrams } from '../../src/domain/repeats/matter-grams.ts';
import { makeIndexes } from '../../src/platform/mongo/connect.ts';
import { mongoGramCountsStore } from '../../src/repeats/gram-counts-store.mongo.ts';
import type { LetterGramsStore } from '../../src/repeats/letter-grams-store.ts';
import { mongoLetterGramsStore } from '../../src/repeats/letter-grams-store.mongo.ts';
import { openDatabase, type TestDatabase } from '../support/open-database.ts';

const grams = (...of: number[]): LetterGrams => ({
  grams: Uint32Array.from(of),
  weights: Uint8Array.from(of, (gram) => gram % 255),
});

const row = (id: string, patch: Partial<MatterGrams> = {}): MatterGrams => ({
  id,
  version: 1,
  written: grams(1, 2_000_000_000),
  published: null,
  ...patch,
});

const all = async (store: LetterGramsStore, after: Date | null = null): Promise<MatterGrams[]> => {
  const found: MatterGrams[] = [];
  for await (const batch of store.putAfter(after)) found.push(...batch);
  return found;
};

describe('where the grams of letters are kept', () => {
  let database: TestDatabase;
  let store: LetterGramsStore;
  beforeEach(async () => {
    database = await openDatabase();
    store = mongoLetterGramsStore(database.connection);
    await makeIndexes(database.connection);
  });
  afterEach(() => database.end());

  it('a row comes back as it was put, with and without a public copy', async () => {
    assert.equal(await store.lastPutAt(), null);
    const rows = [row('a'), row('b', { published: grams(7) }), row('c', { written: grams() })];
    await store.put([]);
    await store.put(rows);
    assert.deepEqual(
      (await all(store)).toSorted((a, b) => a.id.localeCompare(b.id)),
      rows,
    );
    assert.equal(await store.count(), 3);
  });

  it('a row of a later version stays, one of the same version is put again', async () => {
    await store.put([row('a', { version: 3, published: grams(7) })]);
    await store.put([row('a', { version: 2 }), row('b')]);
    assert.deepEqual((await all(store)).find(({ id }) => id === 'a')?.published, grams(7));
    assert.equal(await store.count(), 2);
    await store.put([row('a', { version: 3 })]);
    assert.equal((await all(store)).find(({ id }) => id === 'a')?.published, null);
  });

  it('what was put after a moment is found, the oldest first', async () => {
    await store.put([row('a'), row('b')]);
    const before = await store.lastPutAt();
    assert.ok(before);
    const tick = () => new Promise((resolve) => setTimeout(resolve, 5));
    await tick();
    await store.put([row('c')]);
    await tick();
    await store.put([row('a', { version: 2 })]);
    assert.deepEqual(
      (await all(store, before)).map(({ id }) => id),
      ['c', 'a'],
    );
    assert.ok(((await store.lastPutAt()) ?? before) > before);
    await store.removePutBefore(new Date(before.getTime() + 1));
    assert.deepEqual((await all(store)).map(({ id }) => id).sort(), ['a', 'c']);
  });

  it('thousands are read in batches, each once, while others are put', async () => {
    const ids = Array.from({ length: 2500 }, (_, n) => `m${n}`);
    await store.put(ids.map((id) => row(id)));
    const found: string[] = [];
    let batches = 0;
    for await (const batch of store.putAfter(null)) {
      batches += 1;
      found.push(...batch.map(({ id }) => id));
      await store.put([row(`new${batches}`)]);
    }
    assert.ok(batches > 2);
    assert.deepEqual(found.filter((id) => !id.startsWith('new')).sort(), ids.sort());
  });
});

describe('where the counts of grams are kept', () => {
  let database: TestDatabase;
  before(async () => {
    database = await openDatabase();
  });
  after(() => database.end());

  it('the last count is found, and when it was made', async () => {
    const store = mongoGramCountsStore(database.connection);
    assert.equal(await store.countedAt(), null);
    assert.equal(await store.find(), null);
    const counter = new GramCounter();
    const letter = { title: '路灯不亮', body: '', place: '' };
    counter.add(letter);
    await store.save(counter.counts());
    counter.add(letter);
    const at = await store.save(counter.counts());
    assert.deepEqual(await store.countedAt(), at);
    const found = await store.find();
    assert.equal(found?.counted, 2);
    assert.equal(found.of('路灯'), 2);
  });
});
