import assert from 'node:assert/strict';
import {
  Binary,
  BSONRegExp,
  Code,
  Decimal128,
  Int32,
  MaxKey,
  MinKey,
  ObjectId,
  serialize,
  Timestamp,
} from 'bson';
import { decode, encode } from '../../../src/platform/embedded/bson/codec.js';
import { keyComponent, keyOf } from '../../../src/platform/embedded/bson/index-key.js';
import { compareNumbers, isNumeric } from '../../../src/platform/embedded/bson/numbers.js';
import { compare } from '../../../src/platform/embedded/bson/order.js';
import { doc, show, type Value } from '../../../src/platform/embedded/bson/values.js';

const decimal = (text: string): Decimal128 => Decimal128.fromString(text);

const numbers: Value[] = [
  Number.NaN,
  -Infinity,
  Infinity,
  -1e300,
  1e300,
  5e-324,
  -5e-324,
  0,
  -0,
  0.1,
  1,
  1.5,
  -1,
  2 ** 53,
  2 ** 53 + 2,
  -(2 ** 53),
  new Int32(0),
  new Int32(1),
  new Int32(-1),
  new Int32(2147483647),
  0n,
  1n,
  -1n,
  2n ** 53n,
  2n ** 53n + 1n,
  -(2n ** 53n) - 1n,
  2n ** 63n - 1n,
  -(2n ** 63n),
  2n ** 62n + 1n,
  decimal('0'),
  decimal('-0'),
  decimal('1.00'),
  decimal('0.1'),
  decimal('-0.1'),
  decimal('9007199254740993'),
  decimal('9007199254740992.5'),
  decimal('1E+6000'),
  decimal('-1E+6000'),
  decimal('1E-6000'),
  decimal('NaN'),
  decimal('Infinity'),
  decimal('123456789012345678901234567890.1234'),
  decimal('123456789012345678901234567890.1235'),
];

const values: Value[] = [
  ...numbers,
  new MinKey(),
  new MaxKey(),
  null,
  true,
  false,
  '',
  'a',
  'ab',
  'b',
  'a\0',
  'a\0b',
  'a\u0001',
  'Z',
  'ä',
  '信',
  '\uffff',
  '😀',
  doc({}),
  doc({ a: 1 }),
  doc({ a: 1, b: 1 }),
  doc({ b: 0 }),
  doc({ a: 'x' }),
  doc({ a: doc({ b: 1 }) }),
  doc({ 'a\u0001': 0 }),
  [],
  [1],
  [1, 2],
  [2],
  [[1]],
  ['a'],
  [null],
  new Binary(Buffer.from('')),
  new Binary(Buffer.from('a')),
  new Binary(Buffer.from('b')),
  new Binary(Buffer.from('a'), 4),
  new ObjectId('000000000000000000000000'),
  new ObjectId('ffffffffffffffffffffffff'),
  new Date(0),
  new Date(-1),
  new Date(8.64e15),
  new Date(-8.64e15),
  new Timestamp(0n),
  new Timestamp(5n),
  new BSONRegExp('a', 'i'),
  new BSONRegExp('a', ''),
  new BSONRegExp('b', ''),
  new Code('x'),
];

describe('BSON', () => {
  it('keys sort as the values do, ascending and descending, alone and with a neighbour', () => {
    for (const a of values) {
      for (const b of values) {
        const wanted = Math.sign(compare(a, b));
        const label = `${show(a)} and ${show(b)}`;
        assert.equal(Buffer.compare(keyComponent(a, 1), keyComponent(b, 1)), wanted, label);
        assert.equal(
          Buffer.compare(keyComponent(a, -1), keyComponent(b, -1)),
          wanted === 0 ? 0 : -wanted,
          `${label} down`,
        );
        const pair = Buffer.compare(keyOf([a, 'z'], [1, -1]), keyOf([b, 'a'], [1, -1]));
        assert.equal(pair, wanted === 0 ? -1 : wanted, `${label} in a pair`);
      }
    }
  });

  it('the order is total: it never contradicts itself', () => {
    const sorted = values.toSorted(compare);
    for (const [at, a] of sorted.entries()) {
      for (const b of sorted.slice(at))
        assert.ok(compare(a, b) <= 0 && compare(b, a) >= 0, `${show(a)} ${show(b)}`);
    }
  });

  it('numbers compare by value whatever their type', () => {
    const pairs: readonly [Value, Value, number][] = [
      [new Int32(1), decimal('1.00'), 0],
      [2 ** 53, 2n ** 53n + 1n, -1],
      [decimal('9007199254740992.5'), 2n ** 53n + 1n, -1],
      [0.1, decimal('0.1'), 1],
      [Number.NaN, -Infinity, -1],
      [decimal('1E+6000'), Infinity, -1],
    ];
    for (const [a, b, wanted] of pairs) {
      assert.ok(isNumeric(a) && isNumeric(b));
      assert.equal(compareNumbers(a, b), wanted, `${show(a)} ${show(b)}`);
    }
  });

  it('writes what it reads, to the byte', () => {
    const fields = Object.fromEntries(values.map((value, at) => [`${values.length - at}`, value]));
    const document = doc({ nested: doc({ ...fields, 10: 1, 2: 2 }), list: values });
    const bytes = encode(document);
    assert.deepEqual(encode(decode(bytes)), bytes);
    const plain = { a: 'ü', b: [1.5, { c: null }], d: new Date(5), e: true, f: new ObjectId() };
    assert.deepEqual(encode(decode(Buffer.from(serialize(plain)))), Buffer.from(serialize(plain)));
  });

  it('refuses every damaged document, whichever byte was cut or changed', () => {
    const bytes = encode(
      doc({ a: 'text', b: [1, doc({ c: null })], d: new Binary(Buffer.from('xy')), e: true }),
    );
    for (let length = 0; length < bytes.length; length += 1)
      assert.throws(() => decode(bytes.subarray(0, length)));
    let refused = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      const damaged = Buffer.from(bytes);
      damaged[at] = 0xee;
      try {
        decode(damaged);
      } catch (error) {
        refused += 1;
        assert.match(String(error), /invalid BSON/);
      }
    }
    assert.ok(refused > bytes.length / 2);
  });
});
