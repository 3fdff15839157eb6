import { isDoc, show, typeName, type Doc, type Value } from '../bson/values.js';
import { ServerError } from '../errors.js';
import { isNullish, truthy, withVariables, type Form } from './expression-types.js';

/** The named arguments of an expression; an unknown or a missing one is an error. */
export function namedArguments(
  argument: Value,
  name: string,
  allowed: { readonly needed: readonly string[]; readonly optional?: readonly string[] },
): Doc {
  if (!isDoc(argument))
    throw new ServerError('FailedToParse', `${name} only supports an object as its argument`);
  for (const key of argument.keys()) {
    if (!allowed.needed.includes(key) && !allowed.optional?.includes(key)) {
      throw new ServerError('FailedToParse', `Unrecognized argument to ${name}: ${key}`);
    }
  }
  for (const key of allowed.needed) {
    if (!argument.has(key)) throw new ServerError('FailedToParse', `Missing '${key}' parameter to ${name}`);
  }
  return argument;
}

const part = (named: Doc, key: string): Value => named.get(key) ?? null;

const cond: Form = (argument, compile, name) => {
  if (Array.isArray(argument) && argument.length !== 3) {
    throw new ServerError(
      16020,
      `Expression $cond takes exactly 3 arguments. ${argument.length} were passed in.`,
    );
  }
  const [condition, then, otherwise] = Array.isArray(argument)
    ? argument.map(compile)
    : ['if', 'then', 'else'].map((key) =>
        compile(part(namedArguments(argument, name, { needed: ['if', 'then', 'else'] }), key)),
      );
  return (context) => (truthy(condition?.(context)) ? then?.(context) : otherwise?.(context));
};

const choose: Form = (argument, compile, name) => {
  const named = namedArguments(argument, name, { needed: ['branches'], optional: ['default'] });
  const list = part(named, 'branches');
  if (!Array.isArray(list) || list.length === 0) {
    throw new ServerError(40068, '$switch requires at least one branch.');
  }
  const branches = list.map((branch) => {
    const given = namedArguments(branch, '$switch branch', { needed: ['case', 'then'] });
    return [compile(part(given, 'case')), compile(part(given, 'then'))] as const;
  });
  const fallback = named.has('default') ? compile(part(named, 'default')) : null;
  return (context) => {
    const branch = branches.find(([condition]) => truthy(condition(context)));
    if (branch) return branch[1](context);
    if (fallback) return fallback(context);
    throw new ServerError(
      40066,
      '$switch could not find a matching branch for an input, and no default was specified.',
    );
  };
};

const listOf = (argument: Value): readonly Value[] => (Array.isArray(argument) ? argument : [argument]);

const every: Form = (argument, compile) => {
  const parts = listOf(argument).map(compile);
  return (context) => parts.every((each) => truthy(each(context)));
};

const some: Form = (argument, compile) => {
  const parts = listOf(argument).map(compile);
  return (context) => parts.some((each) => truthy(each(context)));
};

const not: Form = (argument, compile) => {
  const [only, second] = listOf(argument);
  if (only === undefined || second !== undefined) {
    throw new ServerError(16020, 'Expression $not takes exactly 1 arguments.');
  }
  const inner = compile(only);
  return (context) => !truthy(inner(context));
};

const ifNull: Form = (argument, compile) => {
  const parts = listOf(argument).map(compile);
  if (parts.length < 2) throw new ServerError(1257300, '$ifNull needs at least two arguments');
  return (context) => {
    let result: Value | undefined;
    for (const each of parts) {
      result = each(context);
      if (!isNullish(result)) return result;
    }
    return result;
  };
};

const letIn: Form = (argument, compile, name) => {
  const named = namedArguments(argument, name, { needed: ['vars', 'in'] });
  const vars = part(named, 'vars');
  if (!isDoc(vars)) throw new ServerError('FailedToParse', '$let needs an object for vars');
  const compiled = [...vars].map(([key, value]) => ({ key, value: compile(value) }));
  const inside = compile(part(named, 'in'));
  return (context) =>
    inside(
      withVariables(
        context,
        compiled.map(({ key, value }) => [key, value(context)] as const),
      ),
    );
};

function arrayInput(value: Value | undefined, name: string): readonly Value[] | null {
  if (isNullish(value)) return null;
  if (Array.isArray(value)) return value;
  throw new ServerError(
    name === '$filter' ? 28651 : name === '$map' ? 16883 : 40080,
    `input to ${name} must be an array not ${typeName(value)}`,
  );
}

const nameOf = (named: Doc): string => {
  const given = named.get('as') ?? 'this';
  if (typeof given !== 'string' || !/^[a-z\u0080-\uffff]\w*$/u.test(given)) {
    throw new ServerError('FailedToParse', `${show(given)} is not a valid name for a variable`);
  }
  return given;
};

const map: Form = (argument, compile, name) => {
  const named = namedArguments(argument, name, { needed: ['input', 'in'], optional: ['as'] });
  const input = compile(part(named, 'input'));
  const inside = compile(part(named, 'in'));
  const as = nameOf(named);
  return (context) =>
    arrayInput(input(context), name)?.map((value) => inside(withVariables(context, [[as, value]])) ?? null) ??
    null;
};

const filter: Form = (argument, compile, name) => {
  const named = namedArguments(argument, name, { needed: ['input', 'cond'], optional: ['as'] });
  const input = compile(part(named, 'input'));
  const condition = compile(part(named, 'cond'));
  const as = nameOf(named);
  return (context) =>
    arrayInput(input(context), name)?.filter((value) =>
      truthy(condition(withVariables(context, [[as, value]]))),
    ) ?? null;
};

const reduce: Form = (argument, compile, name) => {
  const named = namedArguments(argument, name, { needed: ['input', 'initialValue', 'in'] });
  const input = compile(part(named, 'input'));
  const initial = compile(part(named, 'initialValue'));
  const inside = compile(part(named, 'in'));
  return (context) => {
    const values = arrayInput(input(context), name);
    if (values === null) return null;
    let result = initial(context);
    for (const value of values)
      result = inside(
        withVariables(context, [
          ['this', value],
          ['value', result],
        ]),
      );
    return result;
  };
};

/** Expressions that do not simply evaluate all their arguments. */
export const forms: Readonly<Record<string, Form>> = {
  $literal: (argument) => () => argument,
  $cond: cond,
  $switch: choose,
  $and: every,
  $or: some,
  $not: not,
  $ifNull: ifNull,
  $let: letIn,
  $map: map,
  $filter: filter,
  $reduce: reduce,
};
