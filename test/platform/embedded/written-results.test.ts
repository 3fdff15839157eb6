import assert from 'node:assert/strict';
import {
  codeOf,
  openStoreUnderTest,
  type Fields,
  type Row,
  type StoreUnderTest,
} from './store-under-test.js';

describe('$out and $merge', () => {
  let tested: StoreUnderTest;
  let name: string;

  before(async () => {
    tested = await openStoreUnderTest();
  });

  after(() => tested.close());

  beforeEach(async () => {
    const source = await tested.collectionOf([
      { _id: 1, k: 'a', n: 1 },
      { _id: 2, k: 'b', n: 2 },
      { _id: 3, k: 'c', n: 3 },
    ]);
    name = source.collectionName;
    await tested.db.collection('target').drop();
    await tested.db.collection<Row>('target').insertMany([
      { _id: 2, old: true, k: 'b' },
      { _id: 9, old: true, k: 'z' },
    ]);
  });

  const run = (pipeline: Fields[]) => tested.db.collection(name).aggregate(pipeline).toArray();
  const target = () => tested.db.collection('target').find().sort({ _id: 1 }).toArray();

  it('$out puts the results in the place of a collection and keeps its indexes', async () => {
    await tested.db.collection('target').createIndex({ k: 1 }, { unique: true });
    assert.deepEqual(
      await run([{ $match: { n: { $gt: 1 } } }, { $project: { k: 1 } }, { $out: 'target' }]),
      [],
    );
    assert.deepEqual(await target(), [
      { _id: 2, k: 'b' },
      { _id: 3, k: 'c' },
    ]);
    assert.equal((await tested.db.collection('target').indexes()).length, 2);
  });

  it('$out leaves the collection as it was when a result cannot be stored', async () => {
    await tested.db.collection('target').createIndex({ k: 1 }, { unique: true });
    const before = await target();
    assert.equal(await codeOf(run([{ $set: { k: 'same' } }, { $out: 'target' }])), 11000);
    assert.deepEqual(await target(), before);
    assert.equal((await tested.db.collection('target').indexes()).length, 2);
    await tested.db.collection<Row>('target').insertOne({ _id: 10, k: 'y' });
    assert.equal(await tested.db.collection('target').countDocuments(), 3);
  });

  it('$out into the collection it reads, and into another database', async () => {
    await run([{ $match: { n: 3 } }, { $out: name }]);
    assert.deepEqual(await run([]), [{ _id: 3, k: 'c', n: 3 }]);
    await run([{ $out: { db: 'elsewhere', coll: 'copies' } }]);
    assert.equal(await tested.client.db('elsewhere').collection('copies').countDocuments(), 1);
  });

  const cases: readonly [name: string, merge: unknown, after: Fields[] | number][] = [
    [
      'puts fields over those that are there, and inserts the rest',
      'target',
      [
        { _id: 1, k: 'a', n: 1 },
        { _id: 2, old: true, k: 'b', n: 2 },
        { _id: 3, k: 'c', n: 3 },
        { _id: 9, old: true, k: 'z' },
      ],
    ],
    [
      'replaces, and leaves out what is new',
      { into: 'target', whenMatched: 'replace', whenNotMatched: 'discard' },
      [
        { _id: 2, k: 'b', n: 2 },
        { _id: 9, old: true, k: 'z' },
      ],
    ],
    [
      'keeps what is there',
      { into: 'target', whenMatched: 'keepExisting', whenNotMatched: 'discard' },
      [
        { _id: 2, old: true, k: 'b' },
        { _id: 9, old: true, k: 'z' },
      ],
    ],
    [
      'changes by a pipeline that knows the result',
      {
        into: 'target',
        whenMatched: [{ $set: { sum: { $add: ['$$new.n', 5] } } }],
        whenNotMatched: 'discard',
      },
      [
        { _id: 2, old: true, k: 'b', sum: 7 },
        { _id: 9, old: true, k: 'z' },
      ],
    ],
    [
      'changes by a pipeline with variables of its own',
      { into: 'target', let: { m: '$n' }, whenMatched: [{ $set: { m: '$$m' } }], whenNotMatched: 'discard' },
      [
        { _id: 2, old: true, k: 'b', m: 2 },
        { _id: 9, old: true, k: 'z' },
      ],
    ],
    ['fails when there is one', { into: 'target', whenMatched: 'fail' }, 11000],
    ['fails when there is none', { into: 'target', whenNotMatched: 'fail' }, 13113],
    ['needs a unique index', { into: 'target', on: 'k' }, 51183],
    ['knows its ways', { into: 'target', whenMatched: 'frob' }, 2],
    ['knows its fields', { into: 'target', frob: 1 }, 40415],
    ['needs a target', { into: 5 }, 51178],
  ];
  for (const [what, merge, after] of cases) {
    it(`$merge ${what}`, async () => {
      const code = await codeOf(run([{ $merge: merge }]));
      if (typeof after === 'number') assert.equal(code, after);
      else assert.deepEqual([code, await target()], [null, after]);
    });
  }

  it('$merge by another field than the _id', async () => {
    await tested.db.collection('target').createIndex({ k: 1 }, { unique: true });
    const merge = { into: 'target', on: 'k', whenNotMatched: 'discard' };
    await run([{ $unset: '_id' }, { $merge: merge }]);
    assert.deepEqual(await target(), [
      { _id: 2, old: true, k: 'b', n: 2 },
      { _id: 9, old: true, k: 'z' },
    ]);
    assert.equal(await codeOf(run([{ $unset: 'k' }, { $merge: merge }])), 51132);
  });
});
