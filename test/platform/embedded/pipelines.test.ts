import assert from 'node:assert/strict';
import { mongo } from 'mongoose';
import {
  codeOf,
  openStoreUnderTest,
  type Fields,
  type Row,
  type StoreUnderTest,
} from './store-under-test.js';

const { Decimal128, EJSON, Long } = mongo.BSON;

const rows: Fields[] = [
  { _id: 1, kind: 'a', n: 10, tags: ['x', 'y'], at: new Date('2026-03-01T20:30:15.123Z'), in: { p: 1 } },
  { _id: 2, kind: 'b', n: 20, tags: ['y'], at: new Date('2026-03-02T01:00:00Z'), in: { p: 2 } },
  { _id: 3, kind: 'a', n: 30, tags: [], at: new Date('2026-12-31T16:00:00Z'), in: { p: 1 } },
  { _id: 4, kind: 'c', n: null },
];

/** Written so, because an object with a `then` is taken for a promise by those who look. */
const branch = new Map<string, unknown>([
  ['case', { $eq: ['$kind', 'a'] }],
  ['then', 1],
]);

const one = (expression: unknown): Fields[] => [
  { $match: { _id: 1 } },
  { $project: { _id: 0, r: expression } },
];

const first = (result: unknown): Fields[] => [{ r: result }];

const cases: readonly [name: string, pipeline: Fields[], expected: Fields[]][] = [
  [
    '$match $sort $skip $limit',
    [
      { $match: { n: { $gt: 5 } } },
      { $sort: { n: -1 } },
      { $skip: 1 },
      { $limit: 1 },
      { $project: { n: 1 } },
    ],
    [{ _id: 2, n: 20 }],
  ],
  [
    '$limit before $skip',
    [{ $sort: { _id: 1 } }, { $limit: 2 }, { $skip: 1 }, { $project: { _id: 1 } }],
    [{ _id: 2 }],
  ],
  [
    '$group over all accumulators',
    [
      { $sort: { _id: 1 } },
      {
        $group: {
          _id: '$kind',
          sum: { $sum: '$n' },
          avg: { $avg: '$n' },
          min: { $min: '$n' },
          max: { $max: '$n' },
          first: { $first: '$_id' },
          last: { $last: '$_id' },
          all: { $push: '$n' },
          c: { $count: {} },
        },
      },
      { $sort: { _id: 1 } },
    ],
    [
      { _id: 'a', sum: 40, avg: 20, min: 10, max: 30, first: 1, last: 3, all: [10, 30], c: 2 },
      { _id: 'b', sum: 20, avg: 20, min: 20, max: 20, first: 2, last: 2, all: [20], c: 1 },
      { _id: 'c', sum: 0, avg: null, min: null, max: null, first: 4, last: 4, all: [null], c: 1 },
    ],
  ],
  [
    '$group by a document, and by nothing',
    [
      { $group: { _id: { k: '$kind' }, n: { $addToSet: '$in.p' } } },
      { $group: { _id: null, c: { $sum: 1 } } },
    ],
    [{ _id: null, c: 3 }],
  ],
  [
    '$unwind',
    [{ $unwind: '$tags' }, { $project: { t: '$tags' } }],
    [
      { _id: 1, t: 'x' },
      { _id: 1, t: 'y' },
      { _id: 2, t: 'y' },
    ],
  ],
  [
    '$unwind keeping the empty',
    [
      { $unwind: { path: '$tags', preserveNullAndEmptyArrays: true, includeArrayIndex: 'i' } },
      { $match: { _id: { $gte: 2 } } },
      { $project: { tags: 1, i: 1 } },
    ],
    [
      { _id: 2, tags: 'y', i: 0 },
      { _id: 3, i: null },
      { _id: 4, i: null },
    ],
  ],
  [
    '$facet',
    [
      {
        $facet: {
          n: [{ $count: 'c' }],
          top: [{ $sort: { n: -1 } }, { $limit: 1 }, { $project: { _id: 1 } }],
          none: [{ $match: { n: 99 } }],
        },
      },
    ],
    [{ n: [{ c: 4 }], top: [{ _id: 3 }], none: [] }],
  ],
  ['$sortByCount and $count', [{ $sortByCount: '$kind' }, { $limit: 1 }], [{ _id: 'a', count: 2 }]],
  [
    '$bucket puts a boundary into the bucket it opens',
    [
      { $match: { n: { $type: 'number' } } },
      { $bucket: { groupBy: '$n', boundaries: [0, 10, 20], default: 'more' } },
    ],
    [
      { _id: 10, count: 1 },
      { _id: 'more', count: 2 },
    ],
  ],
  [
    '$replaceRoot',
    [{ $match: { in: { $exists: true } } }, { $replaceRoot: { newRoot: '$in' } }, { $limit: 1 }],
    [{ p: 1 }],
  ],
  [
    '$addFields into documents and arrays',
    [
      { $match: { _id: 2 } },
      { $addFields: { 'in.q': { $add: ['$in.p', 1] }, kind: '$$REMOVE' } },
      { $project: { at: 0 } },
    ],
    [{ _id: 2, n: 20, tags: ['y'], in: { p: 2, q: 3 } }],
  ],
  [
    '$unset and $set',
    [{ $match: { _id: 2 } }, { $unset: ['at', 'in.p'] }, { $set: { n: { $multiply: ['$n', 2] } } }],
    [{ _id: 2, kind: 'b', n: 40, tags: ['y'], in: {} }],
  ],
  [
    '$project renames and keeps the order',
    [{ $match: { _id: 1 } }, { $project: { z: '$kind', n: 1, _id: 0 } }],
    [{ n: 10, z: 'a' }],
  ],
  [
    '$cond, $ifNull, $switch',
    one({
      a: { $cond: [{ $gt: ['$n', 5] }, 'big', 'small'] },
      b: { $ifNull: ['$none', null, 'x'] },
      c: { $switch: { branches: [branch], default: 2 } },
    }),
    first({ a: 'big', b: 'x', c: 1 }),
  ],
  [
    'comparisons go by type first',
    one([{ $lt: [5, 'a'] }, { $gt: ['$none', null] }, { $cmp: [2, 1] }, { $eq: [1, Long.fromNumber(1)] }]),
    first([true, false, 1, true]),
  ],
  [
    '$and, $or, $not',
    one([{ $and: [1, '$n', { $not: ['$none'] }] }, { $or: [0, null, '$none'] }]),
    first([true, false]),
  ],
  [
    'arithmetic',
    one([
      { $add: [1, 2.5] },
      { $subtract: ['$n', 3] },
      { $divide: ['$n', 4] },
      { $mod: [7, 4] },
      { $round: [2.345, 2] },
      { $round: [2.5] },
      { $abs: -3 },
      { $ceil: 1.2 },
      { $floor: -1.2 },
      { $trunc: -1.7 },
    ]),
    first([3.5, 7, 2.5, 3, 2.35, 2, 3, 2, -2, -1]),
  ],
  [
    'arithmetic of null is null',
    one([{ $add: [1, '$none'] }, { $multiply: [null, 2] }]),
    first([null, null]),
  ],
  [
    'dates',
    one([{ $subtract: ['$at', new Date('2026-03-01T20:30:15Z')] }, { $add: [new Date(0), 1500] }]),
    first([123, new Date(1500)]),
  ],
  [
    '$dateToString in a zone',
    one({
      a: { $dateToString: { date: '$at', format: '%Y-%m-%d %H:%M:%S.%L %z %j', timezone: 'Asia/Shanghai' } },
      b: { $dateToString: { date: '$at' } },
      c: { $dateToString: { date: '$none', onNull: '-' } },
      d: { $dateToString: { date: '$at', format: '%G-%V-%u', timezone: '+08:00' } },
    }),
    first({ a: '2026-03-02 04:30:15.123 +0800 061', b: '2026-03-01T20:30:15.123Z', c: '-', d: '2026-10-1' }),
  ],
  [
    '$dateTrunc',
    one([
      { $dateTrunc: { date: '$at', unit: 'day', timezone: 'Asia/Shanghai' } },
      { $dateTrunc: { date: '$at', unit: 'week', startOfWeek: 'monday' } },
      { $dateTrunc: { date: '$at', unit: 'quarter' } },
    ]),
    first([
      new Date('2026-03-01T16:00:00Z'),
      new Date('2026-02-23T00:00:00Z'),
      new Date('2026-01-01T00:00:00Z'),
    ]),
  ],
  [
    'parts of dates',
    one([
      { $year: '$at' },
      { $month: { date: '$at', timezone: 'Asia/Shanghai' } },
      { $dayOfMonth: { date: '$at', timezone: 'Asia/Shanghai' } },
      { $hour: '$at' },
      { $dayOfWeek: '$at' },
    ]),
    first([2026, 3, 2, 20, 1]),
  ],
  [
    'strings',
    one([
      { $concat: ['$kind', '-', 'ü'] },
      { $toUpper: '$kind' },
      { $substrCP: ['信件回音', 1, 2] },
      { $strLenCP: '信件' },
      { $split: ['a,b', ','] },
      { $trim: { input: '  x ' } },
      { $regexMatch: { input: 'abc', regex: '^A', options: 'i' } },
      { $toString: 12 },
      { $indexOfCP: ['信件回音', '回'] },
    ]),
    first(['a-ü', 'A', '件回', 2, ['a', 'b'], 'x', true, '12', 2]),
  ],
  [
    'arrays',
    one([
      { $size: '$tags' },
      { $arrayElemAt: ['$tags', -1] },
      { $first: '$tags' },
      { $slice: ['$tags', 1] },
      { $in: ['x', '$tags'] },
      { $concatArrays: ['$tags', ['z']] },
      { $reverseArray: '$tags' },
      { $indexOfArray: ['$tags', 'y'] },
      { $isArray: '$n' },
    ]),
    first([2, 'y', 'x', ['x'], true, ['x', 'y', 'z'], ['y', 'x'], 1, false]),
  ],
  [
    '$map, $filter, $reduce, $let',
    one([
      { $map: { input: '$tags', as: 't', in: { $concat: ['$$t', '!'] } } },
      { $filter: { input: [1, 2, 3], cond: { $gte: ['$$this', 2] } } },
      { $reduce: { input: [1, 2, 3], initialValue: 0, in: { $add: ['$$value', '$$this'] } } },
      { $let: { vars: { a: 2 }, in: { $multiply: ['$$a', '$n'] } } },
    ]),
    first([['x!', 'y!'], [2, 3], 6, 20]),
  ],
  [
    'documents',
    one([
      { $mergeObjects: ['$in', { q: 2 }, null] },
      { $objectToArray: '$in' },
      { $arrayToObject: [[['k', 1]]] },
      { $literal: '$n' },
      { $type: '$none' },
    ]),
    first([{ p: 1, q: 2 }, [{ k: 'p', v: 1 }], { k: 1 }, '$n', 'missing']),
  ],
  [
    '$max, $min, $sum, $avg as expressions',
    one([{ $max: [1, 'x', null] }, { $min: [3, 2] }, { $sum: ['$n', 'x', 1] }, { $avg: [1, 2] }]),
    first(['x', 2, 11, 1.5]),
  ],
  [
    'a field through an array of documents',
    [
      { $match: { _id: 1 } },
      { $project: { _id: 0, r: { $let: { vars: { v: [{ a: 1 }, { b: 1 }, { a: 2 }] }, in: '$$v.a' } } } },
    ],
    first([1, 2]),
  ],
];

const refusals: readonly [string, Fields[], number][] = [
  ['an unknown stage', [{ $frob: {} }], 40324],
  ['$out before the end', [{ $out: 'x' }, { $match: {} }], 40601],
  ['$merge in a $facet', [{ $facet: { a: [{ $merge: 'x' }] } }], 40601],
  ['$collStats after the beginning', [{ $match: {} }, { $collStats: { count: {} } }], 40602],
  ['a natural order of what is in flight', [{ $group: { _id: 1 } }, { $sort: { $natural: -1 } }], 16410],
  ['$changeStream', [{ $changeStream: {} }], 40573],
  ['$setWindowFields', [{ $setWindowFields: {} }], 40324],
  ['an unknown expression', one({ $frob: 1 }), 168],
  ['$function', one({ $function: { body: 'x', args: [], lang: 'js' } }), 168],
  ['an unknown accumulator', [{ $group: { _id: 1, a: { $frob: 1 } } }], 15952],
  ['a group without _id', [{ $group: { a: { $sum: 1 } } }], 15955],
  ['two names in a stage', [{ $match: {}, $limit: 1 }], 40323],
  ['adding a string', one({ $add: [1, 'x'] }), 14],
  ['dividing by zero', one({ $divide: [1, 0] }), 2],
  ['the size of a number', one({ $size: '$n' }), 17124],
  ['joining a number', one({ $concat: ['a', 1] }), 16702],
  ['an average of Decimals', one({ $avg: [Decimal128.fromString('1')] }), 2],
  ['an unknown variable', one('$$frob'), 17276],
  ['an unknown zone', one({ $dateToString: { date: '$at', timezone: 'Nowhere' } }), 40485],
  ['keeping and dropping at once', [{ $project: { a: 1, b: 0 } }], 31254],
  ['$text inside $match', [{ $match: { $text: { $search: 'x' } } }], 2],
];

describe('pipelines', () => {
  let tested: StoreUnderTest;
  let collection: mongo.Collection<Row>;

  before(async () => {
    tested = await openStoreUnderTest();
    collection = await tested.collectionOf(rows);
  });

  after(() => tested.close());

  for (const [name, pipeline, expected] of cases) {
    it(name, async () => {
      const result = await collection.aggregate(pipeline).toArray();
      assert.equal(EJSON.stringify(result), EJSON.stringify(expected));
    });
  }

  for (const [name, pipeline, code] of refusals) {
    it(`refuses ${name}`, async () =>
      assert.equal(await codeOf(collection.aggregate(pipeline).toArray()), code));
  }

  it('keeps the types of numbers in sums', async () => {
    const numbers = await tested.collectionOf([
      { g: 1, n: Long.fromString('9007199254740993') },
      { g: 1, n: 1 },
      { g: 2, n: Decimal128.fromString('0.1') },
      { g: 2, n: Decimal128.fromString('0.2') },
    ]);
    const sums = await numbers
      .aggregate([{ $group: { _id: '$g', s: { $sum: '$n' } } }, { $sort: { _id: 1 } }], {
        promoteValues: false,
      })
      .toArray();
    assert.deepEqual(
      sums.map(({ s }) => String(s)),
      ['9007199254740994', '0.3'],
    );
  });

  it('$lookup by equality, by elements, for null, and by pipeline', async () => {
    const foreign = await tested.collectionOf([{ _id: 'x', k: 1 }, { _id: 'y', k: 2 }, { _id: 'z' }]);
    await foreign.createIndex({ k: 1 });
    const from = foreign.collectionName;
    const locals = await tested.collectionOf([{ _id: 1, l: 1 }, { _id: 2, l: [1, 2] }, { _id: 3 }]);
    const joined = await locals
      .aggregate([{ $lookup: { from, localField: 'l', foreignField: 'k', as: 'f' } }])
      .toArray();
    assert.deepEqual(
      joined.map(({ f }) => f.map(({ _id }: Row) => _id).join('')),
      ['x', 'xy', 'z'],
    );
    const pipeline = [{ $match: { $expr: { $gt: ['$k', '$$least'] } } }, { $project: { _id: 1 } }];
    const piped = await locals
      .aggregate([{ $match: { _id: 1 } }, { $lookup: { from, let: { least: '$l' }, pipeline, as: 'f' } }])
      .toArray();
    assert.deepEqual(piped, [{ _id: 1, l: 1, f: [{ _id: 'y' }] }]);
    const nowhere = await locals
      .aggregate([
        { $lookup: { from: 'nowhere', localField: 'l', foreignField: 'k', as: 'f' } },
        { $limit: 1 },
      ])
      .toArray();
    assert.deepEqual(nowhere, [{ _id: 1, l: 1, f: [] }]);
  });

  const projections: readonly [Fields, Fields, Fields?][] = [
    [
      { a: 1 },
      {
        _id: 1,
        a: [
          { k: 1, n: 1 },
          { k: 2, n: 2 },
        ],
      },
    ],
    [
      { a: 0, 'd.x': 0 },
      { _id: 1, b: 2, c: [1, 2, 3], d: { y: 2 } },
    ],
    [{ 'd.x': 1, _id: 0 }, { d: { x: 1 } }],
    [{ 'a.k': 1, _id: 0 }, { a: [{ k: 1 }, { k: 2 }] }],
    [
      { c: { $slice: 2 } },
      {
        _id: 1,
        a: [
          { k: 1, n: 1 },
          { k: 2, n: 2 },
        ],
        b: 2,
        c: [1, 2],
        d: { x: 1, y: 2 },
      },
    ],
    [
      { c: { $slice: [-2, 1] }, b: 1 },
      { _id: 1, b: 2, c: [2] },
    ],
    [{ a: { $elemMatch: { k: { $gte: 2 } } } }, { _id: 1, a: [{ k: 2, n: 2 }] }],
    [{ 'a.$': 1 }, { _id: 1, a: [{ k: 2, n: 2 }] }, { 'a.k': 2 }],
    [{ s: { $add: ['$b', 1] }, _id: 0 }, { s: 3 }],
    [{ _id: 1 }, { _id: 1 }],
  ];

  for (const [projection, expected, filter = {}] of projections) {
    it(`projects ${EJSON.stringify(projection)}`, async () => {
      const made = await tested.collectionOf([
        {
          _id: 1,
          a: [
            { k: 1, n: 1 },
            { k: 2, n: 2 },
          ],
          b: 2,
          c: [1, 2, 3],
          d: { x: 1, y: 2 },
        },
      ]);
      const found = await made.find(filter).project(projection).toArray();
      assert.equal(EJSON.stringify(found), EJSON.stringify([expected]));
    });
  }
});
