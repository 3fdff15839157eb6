import assert from 'node:assert/strict';
import { openDatabase, type TestDatabase } from '../../support/open-database.ts';

describe('counting over an index of arrays', () => {
  let database: TestDatabase;
  before(async () => {
    database = await openDatabase();
    const words = database.connection.collection<{ _id: number; grams: unknown; on: string }>('words');
    await words.createIndex({ grams: 1, on: -1 });
    await words.insertMany([
      { _id: 1, grams: ['a', 'b', 'a'], on: '1' },
      { _id: 2, grams: ['b'], on: '1' },
      { _id: 3, grams: 'b', on: '2' },
      { _id: 4, grams: [], on: '1' },
      { _id: 5, grams: [['b'], null], on: '1' },
      { _id: 6, grams: null, on: '1' },
    ]);
  });
  after(() => database.end());

  for (const [filter, expected] of [
    [{ grams: 'a' }, 1],
    [{ grams: 'b' }, 3],
    [{ grams: { $in: ['a', 'b'] } }, 3],
    [{ grams: { $all: ['a', 'b'] } }, 1],
    [{ grams: { $gte: 'a' } }, 3],
    [{ grams: null }, 2],
    [{ grams: ['b'] }, 2],
    [{ grams: 'b', on: '1' }, 2],
    [{ grams: 'b', on: { $gt: '0' } }, 3],
    [{ grams: 'z' }, 0],
  ] as const) {
    it(`${JSON.stringify(filter)} › ${expected}, each document once`, async () => {
      const words = database.connection.collection('words');
      assert.equal(await words.countDocuments(filter), expected);
      assert.equal((await words.find(filter).toArray()).length, expected);
    });
  }
});
