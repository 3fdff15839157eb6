import { BSONRegExp, MaxKey, MinKey } from 'bson';
import { keyComponent, stringPrefix, type Direction } from '../bson/index-key.js';
import { isNumeric, toDouble } from '../bson/numbers.js';
import { rankOf, types, type Value } from '../bson/values.js';
import type { Range } from '../storage/stored-index.js';
import type { Leaf } from './filter.js';

/** What one test allows an index component to be. */
export interface Bounds {
  /** The ranges are single values. */
  readonly isPoints: boolean;
  readonly ranges: readonly Range[];
  /** Whatever lies in the ranges passes the test, unless arrays are involved. */
  readonly isExact: boolean;
}

/** A place between components: before everything that begins with the bytes, or behind it. */
interface Edge {
  readonly bytes: Buffer;
  readonly isBehind: boolean;
}

const before = (bytes: Buffer): Edge => ({ bytes, isBehind: false });

const behind = (bytes: Buffer): Edge => ({ bytes, isBehind: true });

const inverted = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => ~byte));

/** The least bytes that sort behind everything beginning with `bytes`. */
function successor(bytes: Buffer): Buffer {
  const kept = Buffer.from(bytes);
  for (let at = kept.length - 1; at >= 0; at -= 1) {
    const byte = kept[at] ?? 0xff;
    if (byte !== 0xff) {
      kept[at] = byte + 1;
      return kept.subarray(0, at + 1);
    }
  }
  return Buffer.concat([kept, Buffer.of(0xff)]);
}

/** Edges are given ascending; in a descending index the bytes are inverted and the ends change places. */
function between(low: Edge, high: Edge, direction: Direction): Range {
  const place = ({ bytes, isBehind }: Edge): Buffer => (isBehind ? successor(bytes) : bytes);
  if (direction === 1) return { from: place(low), to: place(high) };
  const turned = ({ bytes, isBehind }: Edge): Buffer =>
    place({ bytes: inverted(bytes), isBehind: !isBehind });
  return { from: turned(high), to: turned(low) };
}

function point(value: Value, direction: Direction): Range {
  const bytes = keyComponent(value, 1);
  return between(before(bytes), behind(bytes), direction);
}

const isNaNValue = (value: Value): boolean => isNumeric(value) && Number.isNaN(toDouble(value));

/** Values an index finds by their own key; an array or a pattern means something else in a filter. */
const hasPoint = (value: Value): boolean => !Array.isArray(value) && !(value instanceof BSONRegExp);

/** The bounds of a leaf on an index field of this direction, or null when the index does not help it. */
export function boundsOf({ operator, operand }: Leaf, direction: Direction): Bounds | null {
  switch (operator) {
    case '$eq':
      if (!hasPoint(operand)) return null;
      return { isPoints: true, ranges: [point(operand, direction)], isExact: true };
    case '$in': {
      if (!Array.isArray(operand) || !operand.every(hasPoint)) return null;
      const ranges = distinct(operand.map((value) => point(value, direction)));
      return { isPoints: true, ranges, isExact: true };
    }
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return comparison(operator, operand, direction);
    case '$regex':
      return operand instanceof BSONRegExp ? beginning(operand, direction) : null;
    default:
      return null;
  }
}

function distinct(ranges: readonly Range[]): Range[] {
  const sorted = ranges.toSorted((a, b) => Buffer.compare(a.from, b.from));
  return sorted.filter(({ from }, at) => at === 0 || !sorted[at - 1]?.from.equals(from));
}

type Comparison = '$gt' | '$gte' | '$lt' | '$lte';

function comparison(operator: Comparison, operand: Value, direction: Direction): Bounds | null {
  if (operand === null || Array.isArray(operand) || isNaNValue(operand)) return null;
  if (operand instanceof MinKey || operand instanceof MaxKey) return null;
  const bytes = keyComponent(operand, 1);
  const { low, high } = typeEdges(operand);
  const isBehind = operator === '$gt' || operator === '$lte';
  const edge: Edge = { bytes, isBehind };
  const range = operator.startsWith('$g') ? between(edge, high, direction) : between(low, edge, direction);
  return { isPoints: false, ranges: [range], isExact: true };
}

/** All values of one type; NaN, the least number, is outside because no comparison holds for it. */
function typeEdges(value: Value): { readonly low: Edge; readonly high: Edge } {
  const rank = Buffer.of(rankOf(value));
  return { low: isNumeric(value) ? behind(keyComponent(Number.NaN, 1)) : before(rank), high: behind(rank) };
}

/** `^abc` bounds strings; regular expressions themselves match as values, so they are a range of their own. */
function beginning({ pattern, options }: BSONRegExp, direction: Direction): Bounds | null {
  if (options !== '' || pattern.includes('|')) return null;
  const literal = /^\^((?:[^\\^$.*+?()[\]{}|\0]|\\[^\w\0])+)/u.exec(pattern)?.[1];
  if (literal === undefined) return null;
  // A quantifier belongs to the last character, which is then not certain to be there.
  const isOptional = /^[*?{]/.test(pattern.slice(literal.length + 1));
  const certain = isOptional ? literal.replace(/(?:\\.|[^\\])$/su, '') : literal;
  const prefix = stringPrefix(certain.replaceAll(/\\(.)/gsu, '$1'));
  const patterns = Buffer.of(types.regex.rank);
  const ranges = [
    between(before(prefix), behind(prefix), direction),
    between(before(patterns), behind(patterns), direction),
  ];
  return { isPoints: false, ranges: direction === 1 ? ranges : ranges.toReversed(), isExact: false };
}

/** The overlap of two lists of ranges. */
export function intersect(a: readonly Range[], b: readonly Range[]): Range[] {
  return a.flatMap((left) =>
    b.flatMap((right) => {
      const from = Buffer.compare(left.from, right.from) > 0 ? left.from : right.from;
      const to = Buffer.compare(left.to, right.to) < 0 ? left.to : right.to;
      return Buffer.compare(from, to) < 0 ? [{ from, to }] : [];
    }),
  );
}
