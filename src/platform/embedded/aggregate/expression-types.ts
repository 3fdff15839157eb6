import { isNumeric, toDouble } from '../bson/numbers.js';
import type { Doc, Value } from '../bson/values.js';

/** What an expression may refer to besides its document. */
export interface Environment {
  readonly now: Date;
  /** Names without `$$`, as set by `let`, $let, $map, $filter and $reduce. */
  readonly variables: ReadonlyMap<string, Value | undefined>;
}

export interface Context {
  readonly root: Doc;
  readonly environment: Environment;
}

/** `undefined` is a missing value. */
export type Expression = (context: Context) => Value | undefined;

export type Compile = (value: Value) => Expression;

/** A form decides itself which of its arguments to evaluate, and with which variables. */
export type Form = (argument: Value, compile: Compile, name: string) => Expression;

/** A function of its evaluated arguments. */
export type Call = (values: readonly (Value | undefined)[], name: string) => Value | undefined;

export interface Operator {
  readonly least: number;
  readonly most: number;
  readonly call: Call;
}

export const isNullish = (value: Value | undefined): value is null | undefined =>
  value === undefined || value === null;

/** As $cond and $and judge: false, null, missing and any zero are false, all else (NaN too) is true. */
export const truthy = (value: Value | undefined): boolean =>
  !isNullish(value) && value !== false && !(isNumeric(value) && toDouble(value) === 0);

export const withVariables = (
  { root, environment }: Context,
  added: Iterable<readonly [string, Value | undefined]>,
): Context => ({
  root,
  environment: { now: environment.now, variables: new Map([...environment.variables, ...added]) },
});
