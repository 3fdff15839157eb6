import { Binary, BSONRegExp, Decimal128, Int32, ObjectId } from 'bson';
import { isNumeric, wholeNumber } from '../bson/numbers.js';
import { compareStrings } from '../bson/order.js';
import { integer, isDoc, show, typeName, type Doc, type Value } from '../bson/values.js';
import { ServerError } from '../errors.js';
import { compilePattern, readPattern } from '../query/operators.js';
import { isNullish, type Call, type Operator } from './expression-types.js';
import { namedArguments } from './expression-forms.js';

const kind = (value: Value | undefined): string => (value === undefined ? 'missing' : typeName(value));

function text(value: Value | undefined, name: string, code = 16702): string {
  if (typeof value === 'string') return value;
  throw new ServerError(code, `${name} only supports strings, not ${kind(value)}`);
}

/** As $toString and, more narrowly, $toLower and the like turn a value into text; null stays null. */
function asText(value: Value | undefined, name: string): string | null {
  if (isNullish(value)) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return show(value);
  if (value instanceof Int32 || value instanceof Decimal128 || isNumeric(value)) return numberText(value);
  if (value instanceof ObjectId) return value.toHexString();
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Binary && value.sub_type === Binary.SUBTYPE_UUID) return value.toUUID().toString();
  throw new ServerError(241, `Unsupported conversion from ${kind(value)} to string in ${name}`);
}

function numberText(value: Value): string {
  if (typeof value !== 'number') return show(value);
  // C++ prints exponents with at least two digits and without a plus only where JavaScript does as well.
  return String(value).replace(/e([+-])(\d)$/, 'e$10$2');
}

const concat: Call = (values, name) => {
  if (values.some(isNullish)) return null;
  return values.map((value) => text(value, name)).join('');
};

const inCase =
  (change: (value: string) => string): Call =>
  ([value], name) =>
    change(asText(value, name) ?? '');

/** ASCII only, as MongoDB's $toLower and $toUpper. */
const lower = (value: string): string => value.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
const upper = (value: string): string => value.replaceAll(/[a-z]+/g, (letters) => letters.toUpperCase());

const substring: Call = ([value, start, length], name) => {
  const from = wholeNumber(start);
  const count = wholeNumber(length);
  if (from === null || count === null)
    throw new ServerError(34450, `${name}: start and length must be whole numbers`);
  if (from < 0) throw new ServerError(34455, `${name}: the starting index must be non-negative`);
  if (count < 0) throw new ServerError(34454, `${name}: length must be a nonnegative integer`);
  return Array.from(asText(value, name) ?? '')
    .slice(from, from + count)
    .join('');
};

const split: Call = ([value, by], name) => {
  if (isNullish(value) || isNullish(by)) return null;
  const separator = text(by, name, 40086);
  if (separator === '') throw new ServerError(40087, '$split requires a non-empty separator');
  return text(value, name, 40085).split(separator);
};

const indexOf: Call = ([value, sought, start, end], name) => {
  if (isNullish(value)) return null;
  const points = Array.from(text(value, name, 40093));
  const from = start === undefined ? 0 : wholeNumber(start);
  const to = end === undefined ? points.length : wholeNumber(end);
  if (from === null || to === null || from < 0 || to < 0)
    throw new ServerError(40096, `${name} needs whole indexes`);
  const within = points.slice(from, to).join('');
  const at = within.indexOf(text(sought, name, 40094));
  return new Int32(at < 0 ? -1 : from + Array.from(within.slice(0, at)).length);
};

/** Named arguments arrive evaluated as one document, because they are written as one. */
function named(
  values: readonly (Value | undefined)[],
  name: string,
  needed: string[],
  optional: string[] = [],
): Doc {
  const [argument = null] = values;
  if (!isDoc(argument)) throw new ServerError('FailedToParse', `${name} requires an object as an argument`);
  const given = new Map(argument);
  // A missing value is left out of an evaluated document; here it counts as null.
  for (const key of needed) if (!given.has(key)) given.set(key, null);
  namedArguments(given, name, { needed, optional });
  return given;
}

const whitespace = '\\0\\s';

const trimmed =
  (atStart: boolean, atEnd: boolean): Call =>
  (values, name) => {
    const given = named(values, name, ['input'], ['chars']);
    const input = given.get('input');
    const chars = given.get('chars');
    if (isNullish(input) || (given.has('chars') && isNullish(chars))) return null;
    const set =
      chars === undefined
        ? whitespace
        : Array.from(text(chars, name, 50700))
            .map((char) => `\\u{${char.codePointAt(0)?.toString(16) ?? '0'}}`)
            .join('');
    let result = text(input, name, 50699);
    if (set === '') return result;
    if (atStart) result = result.replace(new RegExp(`^[${set}]+`, 'u'), '');
    if (atEnd) result = result.replace(new RegExp(`[${set}]+$`, 'u'), '');
    return result;
  };

const regexMatch: Call = (values, name) => {
  const given = named(values, name, ['input', 'regex'], ['options']);
  const input = given.get('input');
  const pattern = given.get('regex');
  const options = given.get('options') ?? '';
  if (isNullish(input) || isNullish(pattern)) return false;
  const source = pattern instanceof BSONRegExp ? pattern.pattern : text(pattern, name, 51105);
  const flags =
    pattern instanceof BSONRegExp && options === '' ? pattern.options : text(options, name, 51106);
  return compilePattern(readPattern(source, flags)).test(text(input, name, 51104));
};

const replacement =
  (replace: (input: string, find: string, by: string) => string): Call =>
  (values, name) => {
    const given = named(values, name, ['input', 'find', 'replacement']);
    const parts = ['input', 'find', 'replacement'].map((key) => given.get(key));
    if (parts.some(isNullish)) return null;
    const [input = '', find = '', by = ''] = parts.map((value) => text(value, name, 51746));
    return replace(input, find, by);
  };

const toObjectId: Call = ([value]) => {
  if (isNullish(value) || value instanceof ObjectId) return value ?? null;
  if (typeof value === 'string' && /^[\da-f]{24}$/i.test(value)) return new ObjectId(value);
  throw new ServerError(241, `Failed to parse objectId ${show(value)}`);
};

const length =
  (measure: (value: string) => number): Call =>
  ([value], name) =>
    integer(measure(text(value, name, 34471)));

const one = (call: Call): Operator => ({ least: 1, most: 1, call });

export const textOperators: Readonly<Record<string, Operator>> = {
  $concat: { least: 0, most: Infinity, call: concat },
  $toLower: one(inCase(lower)),
  $toUpper: one(inCase(upper)),
  $toString: one(([value], name) => asText(value, name)),
  $toObjectId: one(toObjectId),
  $strcasecmp: {
    least: 2,
    most: 2,
    call: ([a, b], name) =>
      new Int32(Math.sign(compareStrings(upper(asText(a, name) ?? ''), upper(asText(b, name) ?? '')))),
  },
  $strLenCP: one(length((value) => Array.from(value).length)),
  $strLenBytes: one(length((value) => Buffer.byteLength(value))),
  $substrCP: { least: 3, most: 3, call: substring },
  $split: { least: 2, most: 2, call: split },
  $indexOfCP: { least: 2, most: 4, call: indexOf },
  $trim: one(trimmed(true, true)),
  $ltrim: one(trimmed(true, false)),
  $rtrim: one(trimmed(false, true)),
  $regexMatch: one(regexMatch),
  $replaceOne: one(replacement((input, find, by) => input.replace(find, () => by))),
  $replaceAll: one(replacement((input, find, by) => input.replaceAll(find, () => by))),
};
