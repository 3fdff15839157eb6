import assert from 'node:assert/strict';
import type { LinkedLetter } from '../../src/domain/repeats/linked-letter.ts';
import { makeIndexes } from '../../src/platform/mongo/connect.ts';
import type { LinkedLetterStore } from '../../src/repeats/linked-letter-store.ts';
import { mongoLinkedLetterStore } from '../../src/repeats/linked-letter-store.mongo.ts';
import { aLinkedLetter } from '../support/linked-letters.ts';
import { openDatabase, type TestDatabase } from '../support/open-database.ts';

const row = (id: string, patch: Partial<LinkedLetter> = {}): Omit<LinkedLetter, 'links'> => {
  const { links: _, ...rest } = aLinkedLetter(id, patch);
  return rest;
};

describe('where letters are kept to be grouped', () => {
  let database: TestDatabase;
  let store: LinkedLetterStore;
  beforeEach(async () => {
    database = await openDatabase();
    store = mongoLinkedLetterStore(database.connection);
    await makeIndexes(database.connection);
  });
  afterEach(() => database.end());

  const all = async (after: Date | null = null): Promise<LinkedLetter[]> => {
    const found: LinkedLetter[] = [];
    for await (const each of store.putAfter(after)) found.push(each);
    return found.toSorted((a, b) => a.id.localeCompare(b.id));
  };

  it('a row comes back as it was put, and with its links', async () => {
    assert.equal(await store.lastPutAt(), null);
    await store.put([]);
    await store.put([row('a', { unit: 'roads', heldOut: ['x'] }), row('b', { joinedTo: 'a' })]);
    await store.link('b', [{ other: 'a', score: 0.75 }]);
    assert.deepEqual(await all(), [
      aLinkedLetter('a', { unit: 'roads', heldOut: ['x'] }),
      aLinkedLetter('b', { joinedTo: 'a', links: [{ other: 'a', score: 0.75 }] }),
    ]);
    assert.deepEqual(await store.known(['b', 'nobody']), ['b']);
  });

  it('waits to be linked once, the oldest first; with anew once more', async () => {
    await store.put([row('b'), row('a'), row('c')]);
    assert.deepEqual(await store.waiting(2), ['a', 'b']);
    for (const id of ['a', 'b', 'c']) await store.link(id, [{ other: 'z', score: 1 }]);
    assert.deepEqual(await store.waiting(9), []);
    await store.put([row('a', { version: 2 })]);
    assert.deepEqual(await store.waiting(9), []);
    assert.deepEqual((await all())[0]?.links, [{ other: 'z', score: 1 }]);
    await store.put([row('a', { version: 2 }), row('b')], true);
    assert.deepEqual(await store.waiting(9), ['a', 'b']);
  });

  it('a row of a later version stays, and its links with it', async () => {
    await store.put([row('a', { version: 3, joinedTo: 'p' })]);
    await store.link('a', [{ other: 'b', score: 0.9 }]);
    await store.put([row('a', { version: 2 }), row('b')]);
    const [a, b] = await all();
    assert.deepEqual([a?.version, a?.joinedTo, a?.links.length, b?.id], [3, 'p', 1, 'b']);
  });

  it('what was put or linked after a moment is told, the rest not', async () => {
    await store.put([row('a'), row('b')]);
    const putAt = await store.lastPutAt();
    assert.ok(putAt);
    assert.deepEqual(await all(putAt), []);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await store.link('b', []);
    assert.deepEqual(
      (await all(putAt)).map(({ id }) => id),
      ['b'],
    );
    assert.ok((await store.lastPutAt())! > putAt);
  });

  it('what was received before a day goes', async () => {
    await store.put([row('a', { receivedOn: '2026-06-01' }), row('b', { receivedOn: '2026-06-02' })]);
    await store.removeReceivedBefore('2026-06-02');
    assert.deepEqual(
      (await all()).map(({ id }) => id),
      ['b'],
    );
  });
});
