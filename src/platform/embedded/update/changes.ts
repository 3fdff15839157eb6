import { Int32, Timestamp } from 'bson';
import { add, isNumeric, multiply, wholeNumber, type Numeric } from '../bson/numbers.js';
import { compare } from '../bson/order.js';
import { isDoc, show, typeName, type Doc, type Value } from '../bson/values.js';
import { ServerError } from '../errors.js';

/** The document being changed and the path an operator is at, for messages. */
export interface Place {
  readonly document: Doc;
  readonly path: string;
  readonly now: Date;
}

/** The new value for the old one; `undefined` is a field that is not there. */
export type Change = (current: Value | undefined, place: Place) => Value | undefined;

/** Reads an operator's argument for one path. */
export type MakeChange = (argument: Value, path: string) => Change;

const idOf = ({ document }: Place): string => `{_id: ${show(document.get('_id'))}}`;

const last = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

function arithmetic(
  name: '$inc' | '$mul',
  operate: (a: Numeric, b: Numeric) => Numeric | null,
  ofMissing: (argument: Numeric) => Value,
): MakeChange {
  const verb = name === '$inc' ? 'increment' : 'multiply';
  return (argument, path) => {
    if (!isNumeric(argument)) {
      throw new ServerError(
        'TypeMismatch',
        `Cannot ${verb} with non-numeric argument: {${path}: ${show(argument)}}`,
      );
    }
    return (current, place) => {
      if (current === undefined) return ofMissing(argument);
      if (!isNumeric(current)) {
        throw new ServerError(
          'TypeMismatch',
          `Cannot apply ${name} to a value of non-numeric type. ${idOf(place)} has the field '${last(place.path)}' of non-numeric type ${typeName(current)}`,
        );
      }
      const result = operate(current, argument);
      if (result !== null) return result;
      throw new ServerError(
        'BadValue',
        `Failed to apply ${name} operations to current value (${show(current)}) for document ${idOf(place)}`,
      );
    };
  };
}

const extreme =
  (direction: 1 | -1): MakeChange =>
  (argument) =>
  (current) =>
    current === undefined || compare(argument, current) * direction < 0 ? argument : current;

const zeroLike = (argument: Numeric): Value => multiply(argument, new Int32(0)) ?? 0;

const currentDate: MakeChange = (argument, path) => {
  const kind = isDoc(argument) ? argument.get('$type') : argument;
  if (isDoc(argument) && argument.size !== 1) {
    throw new ServerError('BadValue', `Unrecognized $currentDate option for ${path}: ${show(argument)}`);
  }
  if (typeof kind === 'boolean' || kind === 'date') return (_, { now }) => now;
  if (kind === 'timestamp') {
    return (_, { now }) => Timestamp.fromBits(1, Math.floor(now.getTime() / 1000));
  }
  throw new ServerError(
    'BadValue',
    `${show(argument)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
  );
};

const bitwise: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
};

type Whole = Int32 | bigint;

const isWhole = (value: Value | undefined): value is Whole =>
  value instanceof Int32 || typeof value === 'bigint';

const bit: MakeChange = (argument) => {
  if (!isDoc(argument))
    throw new ServerError('BadValue', 'The $bit modifier is not compatible with this argument');
  const steps = [...argument].map(([name, operand]) => {
    const operate = bitwise[name];
    if (!operate || !isWhole(operand)) {
      throw new ServerError(
        'BadValue',
        `The $bit modifier only supports and, or and xor of integers, not ${name}`,
      );
    }
    return { operate, operand };
  });
  return (current, place) => {
    const start = current === undefined ? new Int32(0) : current;
    if (!isWhole(start)) {
      throw new ServerError('BadValue', `Cannot apply $bit to a value of non-integral type. ${idOf(place)}`);
    }
    return steps.reduce<Whole>((value, { operate, operand }) => {
      const result = operate(BigInt(String(value)), BigInt(String(operand)));
      return value instanceof Int32 && operand instanceof Int32 ? new Int32(Number(result)) : result;
    }, start);
  };
};

/** Operators on one value. Those on arrays are in array-changes.ts. */
export const valueChanges: Readonly<Record<string, MakeChange>> = {
  $set: (argument) => () => argument,
  $setOnInsert: (argument) => () => argument,
  $unset: () => () => undefined,
  $inc: arithmetic('$inc', add, (argument) => argument),
  $mul: arithmetic('$mul', multiply, zeroLike),
  $min: extreme(1),
  $max: extreme(-1),
  $currentDate: currentDate,
  $bit: bit,
};

export function wholeArgument(value: Value | undefined, message: string): number {
  const whole = wholeNumber(value);
  if (whole === null) throw new ServerError('BadValue', message);
  return whole;
}
