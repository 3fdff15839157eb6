import type { PipelineCase } from './row.js';
import { decimal, double, int, long } from './types.js';

const sales = [
  { _id: 1, k: 'a', n: 4, t: ['x', 'y'] },
  { _id: 2, k: 'b', n: 10, t: [] },
  { _id: 3, k: 'a', n: 13 },
  { _id: 4, k: 'b', n: 4, t: ['x'] },
  { _id: 5, k: 'c', n: null, t: 'z' },
];

const over = (
  name: string,
  pipeline: PipelineCase['pipeline'],
  after: PipelineCase['after'],
): PipelineCase => ({
  name,
  rows: sales,
  pipeline,
  after,
});

const summed = (
  name: string,
  values: readonly unknown[],
  operator: string,
  result: unknown,
): PipelineCase => ({
  name: `${operator} of ${name}`,
  rows: values.map((v, _id) => (v === undefined ? { _id } : { _id, v })),
  pipeline: [{ $sort: { _id: 1 } }, { $group: { _id: null, r: { [operator]: '$v' } } }],
  after: [{ _id: null, r: result }],
});

const mixedValues = [int(1), 'x', null, double(2.5), undefined, long(3)];

export const pipelineCases: readonly PipelineCase[] = [
  over(
    '$bucket: a boundary opens its bucket',
    [{ $match: { n: { $ne: null } } }, { $bucket: { groupBy: '$n', boundaries: [4, 10, 13, 20] } }],
    [
      { _id: 4, count: 2 },
      { _id: 10, count: 1 },
      { _id: 13, count: 1 },
    ],
  ),
  over(
    '$bucket with sums',
    [
      { $match: { n: { $ne: null } } },
      { $bucket: { groupBy: '$n', boundaries: [0, 10], default: 'more', output: { s: { $sum: '$n' } } } },
    ],
    [
      { _id: 0, s: 8 },
      { _id: 'more', s: 23 },
    ],
  ),
  over('$bucket without a place', [{ $bucket: { groupBy: '$n', boundaries: [0, 5] } }], 40066),
  over('$count', [{ $match: { k: 'a' } }, { $count: 'c' }], [{ c: 2 }]),
  over('$count of nothing', [{ $match: { k: 'z' } }, { $count: 'c' }], []),
  over('$sortByCount', [{ $sortByCount: '$k' }, { $match: { count: 1 } }], [{ _id: 'c', count: 1 }]),
  over(
    '$group by an expression',
    [
      { $match: { n: { $ne: null } } },
      { $group: { _id: { $mod: ['$n', 2] }, c: { $sum: 1 } } },
      { $sort: { _id: 1 } },
    ],
    [
      { _id: 0, c: 3 },
      { _id: 1, c: 1 },
    ],
  ),
  over('$group by a missing field', [{ $group: { _id: '$none', c: { $sum: 1 } } }], [{ _id: null, c: 5 }]),
  over(
    '$group with $first and $last after a sort',
    [
      { $sort: { n: 1, _id: 1 } },
      { $group: { _id: '$k', f: { $first: '$_id' }, l: { $last: '$_id' } } },
      { $sort: { _id: 1 } },
    ],
    [
      { _id: 'a', f: 1, l: 3 },
      { _id: 'b', f: 4, l: 2 },
      { _id: 'c', f: 5, l: 5 },
    ],
  ),
  over(
    '$group with $push of documents',
    [
      { $match: { k: 'a' } },
      { $sort: { _id: 1 } },
      { $group: { _id: '$k', p: { $push: { i: '$_id', n: '$n' } } } },
    ],
    [
      {
        _id: 'a',
        p: [
          { i: 1, n: 4 },
          { i: 3, n: 13 },
        ],
      },
    ],
  ),
  over(
    '$group counts by a condition',
    [{ $group: { _id: null, many: { $sum: { $cond: [{ $gte: ['$n', 10] }, 1, 0] } } } }],
    [{ _id: null, many: 2 }],
  ),
  over(
    '$group keeps 1 and 1.0 together',
    [
      { $project: { g: { $cond: [{ $eq: ['$_id', 1] }, double(1), { $literal: long(1) }] } } },
      { $group: { _id: '$g', c: { $sum: 1 } } },
      { $project: { _id: 0 } },
    ],
    [{ c: 5 }],
  ),
  over(
    '$unwind of a scalar',
    [{ $match: { _id: 5 } }, { $unwind: '$t' }, { $project: { t: 1 } }],
    [{ _id: 5, t: 'z' }],
  ),
  over(
    '$unwind drops the empty and the missing',
    [{ $sort: { _id: 1 } }, { $unwind: '$t' }, { $project: { t: 1 } }],
    [
      { _id: 1, t: 'x' },
      { _id: 1, t: 'y' },
      { _id: 4, t: 'x' },
      { _id: 5, t: 'z' },
    ],
  ),
  over(
    '$unwind with positions',
    [{ $match: { _id: 1 } }, { $unwind: { path: '$t', includeArrayIndex: 'i' } }, { $project: { i: 1 } }],
    [
      { _id: 1, i: long(0) },
      { _id: 1, i: long(1) },
    ],
  ),
  over('$unwind without a dollar', [{ $unwind: 't' }], 28818),
  over(
    '$project of a missing field',
    [{ $match: { _id: 3 } }, { $project: { x: '$none', n: 1 } }],
    [{ _id: 3, n: 13 }],
  ),
  over(
    '$project keeps the document order, then the computed',
    [{ $match: { _id: 1 } }, { $project: { z: 'q', n: 1, k: 1 } }],
    [{ _id: 1, k: 'a', n: 4, z: 'q' }],
  ),
  over('$project of nothing', [{ $project: {} }], 51272),
  over(
    '$addFields replaces in place',
    [{ $match: { _id: 1 } }, { $addFields: { k: 'new', x: 1 } }],
    [{ _id: 1, k: 'new', n: 4, t: ['x', 'y'], x: 1 }],
  ),
  over(
    '$set of a literal',
    [{ $match: { _id: 3 } }, { $set: { d: { $literal: { $x: 1 } } } }, { $project: { d: { $type: '$d' } } }],
    [{ _id: 3, d: 'object' }],
  ),
  over('$replaceWith of no document', [{ $match: { _id: 1 } }, { $replaceWith: '$n' }], 40228),
  over(
    '$skip and $limit',
    [{ $sort: { _id: -1 } }, { $skip: 1 }, { $limit: 2 }, { $project: { _id: 1 } }],
    [{ _id: 4 }, { _id: 3 }],
  ),
  over('$limit of nothing', [{ $limit: 0 }], 15958),
  over('$skip below zero', [{ $skip: -1 }], 5107200),
  over(
    '$sort by a computed field',
    [{ $addFields: { m: { $mod: ['$_id', 3] } } }, { $sort: { m: 1, _id: -1 } }, { $project: { m: 1 } }],
    [
      { _id: 3, m: 0 },
      { _id: 4, m: 1 },
      { _id: 1, m: 1 },
      { _id: 5, m: 2 },
      { _id: 2, m: 2 },
    ],
  ),
  over(
    '$match after $group',
    [{ $group: { _id: '$k', s: { $sum: '$n' } } }, { $match: { s: { $gt: 13 } } }, { $sort: { _id: 1 } }],
    [
      { _id: 'a', s: 17 },
      { _id: 'b', s: 14 },
    ],
  ),
  over(
    '$facet',
    [
      {
        $facet: {
          a: [{ $match: { k: 'a' } }, { $count: 'c' }],
          b: [{ $sort: { _id: -1 } }, { $limit: 1 }, { $project: { k: 1 } }],
        },
      },
    ],
    [{ a: [{ c: 2 }], b: [{ _id: 5, k: 'c' }] }],
  ),
  over('two stages in one', [{ $match: {}, $limit: 1 }], 40323),
  over('an unknown stage', [{ $frob: 1 }], 40324),
  over('$group without an _id', [{ $group: { c: { $sum: 1 } } }], 15955),
  over('$group with an unknown accumulator', [{ $group: { _id: 1, c: { $frob: 1 } } }], 15952),
  over('$group with a plain field', [{ $group: { _id: 1, c: '$n' } }], 40234),
  summed('ints', [int(1), int(2)], '$sum', int(3)),
  summed('ints that overflow', [int(2147483647), int(1)], '$sum', long('2147483648')),
  summed('Longs beyond doubles', [long('9007199254740993'), int(1)], '$sum', long('9007199254740994')),
  summed('Longs that overflow', [long('9223372036854775807'), int(1)], '$sum', double(2 ** 63)),
  summed('an int and a Double', [int(1), double(0.5)], '$sum', double(1.5)),
  summed('doubles without loss', [double(0.1), double(0.2), double(0.3)], '$sum', double(0.6)),
  summed('Decimals', [decimal('0.1'), decimal('0.2')], '$sum', decimal('0.3')),
  summed('a Decimal and an int', [decimal('1.5'), int(1)], '$sum', decimal('2.5')),
  summed('mixed types', mixedValues, '$sum', double(6.5)),
  summed('nothing numeric', ['x', null], '$sum', int(0)),
  summed('mixed types', mixedValues, '$avg', double(6.5 / 3)),
  summed('ints', [int(1), int(2)], '$avg', double(1.5)),
  summed('nothing numeric', ['x'], '$avg', null),
  summed('mixed types', mixedValues, '$max', 'x'),
  summed('mixed types', mixedValues, '$min', int(1)),
  summed('dates', [new Date(5), new Date(3)], '$min', new Date(3)),
  summed('nothing', [undefined], '$max', null),
  summed('missing values', [undefined, int(1)], '$push', [int(1)]),
  summed('equal numbers', [int(1), double(1), long(1)], '$addToSet', [int(1)]),
  summed('documents', [{ a: 1 }, { b: 2 }, { a: 3 }], '$mergeObjects', { a: 3, b: 2 }),
];
