import assert from 'node:assert/strict';
import { mongo } from 'mongoose';
import { ignoreDuplicateKeys } from '../../src/platform/mongo/duplicate-key.ts';
import { openDatabase, type TestDatabase } from '../support/open-database.ts';

describe('a write that somebody else did first', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await openDatabase();
    await things().insertMany([
      { name: 'a', count: 1 },
      { name: 'words', count: 'many' },
    ]);
    await things().createIndex({ name: 1 }, { unique: true });
  });
  afterEach(() => database.end());
  const things = () => database.connection.collection('things');

  const AGAIN = { insertOne: { document: { name: 'a' } } };
  const NEW = { insertOne: { document: { name: 'b' } } };
  const IMPOSSIBLE = { updateOne: { filter: { name: 'words' }, update: { $inc: { count: 1 } } } };

  it('one, or among others › is passed over, and the others are written', async () => {
    await things().insertOne({ name: 'a' }).catch(ignoreDuplicateKeys);
    await things().bulkWrite([AGAIN, NEW], { ordered: false }).catch(ignoreDuplicateKeys);
    assert.equal(await things().countDocuments(), 3);
  });

  for (const [why, writes] of [
    ['before', [IMPOSSIBLE, AGAIN]],
    ['after', [AGAIN, IMPOSSIBLE]],
    ['alone', [IMPOSSIBLE]],
  ] as const)
    it(`another error (${why}) › is heard of`, async () => {
      const done = things()
        .bulkWrite([...writes], { ordered: false })
        .catch(ignoreDuplicateKeys);
      await assert.rejects(done, (error: unknown) => error instanceof mongo.MongoBulkWriteError);
    });
});
