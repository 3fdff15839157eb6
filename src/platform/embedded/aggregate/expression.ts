import { splitPath, valueAt } from '../bson/paths.js';
import { isDoc, type Doc, type Value } from '../bson/values.js';
import { ServerError } from '../errors.js';
import { arrayOperators } from './array-operators.js';
import { dateForms } from './date-forms.js';
import { forms } from './expression-forms.js';
import type { Context, Expression, Form, Operator } from './expression-types.js';
import { numberOperators } from './number-operators.js';
import { textOperators } from './text-operators.js';

const operators: ReadonlyMap<string, Operator> = new Map(
  Object.entries({ ...numberOperators, ...textOperators, ...arrayOperators }),
);

const allForms: ReadonlyMap<string, Form> = new Map(Object.entries({ ...forms, ...dateForms }));

/** Compiles an aggregation expression. An unknown operator is refused with code 168, as MongoDB does. */
export function compileExpression(value: Value): Expression {
  if (typeof value === 'string') return value.startsWith('$') ? reference(value) : () => value;
  if (Array.isArray(value)) {
    const elements = value.map(compileExpression);
    return (context) => elements.map((element) => element(context) ?? null);
  }
  if (!isDoc(value)) return () => value;
  const [first] = value;
  return first?.[0].startsWith('$') ? operation(value, first[0], first[1]) : object(value);
}

function object(value: Doc): Expression {
  const fields = [...value].map(([name, inner]) => {
    if (name.includes('.'))
      throw new ServerError(16412, `FieldPath field names may not contain '.': ${name}`);
    return { name, expression: compileExpression(inner) };
  });
  return (context) => {
    const made: Doc = new Map();
    for (const { name, expression } of fields) {
      const result = expression(context);
      if (result !== undefined) made.set(name, result);
    }
    return made;
  };
}

function operation(value: Doc, name: string, argument: Value): Expression {
  if (value.size > 1) {
    throw new ServerError(15983, 'an expression specification must contain exactly one field');
  }
  const form = allForms.get(name);
  if (form) return form(argument, compileExpression, name);
  const operator = operators.get(name);
  if (!operator) throw new ServerError('InvalidPipelineOperator', `Unrecognized expression '${name}'`);
  const given = (Array.isArray(argument) ? argument : [argument]).map(compileExpression);
  if (given.length < operator.least || given.length > operator.most) {
    const expected =
      operator.most === operator.least ? `exactly ${operator.least}` : `at least ${operator.least}`;
    throw new ServerError(
      16020,
      `Expression ${name} takes ${expected} arguments. ${given.length} were passed in.`,
    );
  }
  return (context) =>
    operator.call(
      given.map((each) => each(context)),
      name,
    );
}

function reference(text: string): Expression {
  if (text === '$') throw new ServerError(16872, "'$' by itself is not a valid FieldPath");
  if (!text.startsWith('$$')) {
    const path = checked(text.slice(1));
    return ({ root }) => valueAt(root, path);
  }
  const [name = '', ...rest] = checked(text.slice(2));
  return (context) => valueAt(variable(name, context), rest);
}

function checked(text: string): readonly string[] {
  const path = splitPath(text);
  if (path.some((part) => part === '' || part.startsWith('$'))) {
    throw new ServerError(16410, `'$${text}' is not a valid field path`);
  }
  return path;
}

function variable(name: string, { root, environment }: Context): Value | undefined {
  switch (name) {
    case 'ROOT':
    case 'CURRENT':
      return root;
    case 'NOW':
      return environment.now;
    case 'REMOVE':
      return undefined;
    default:
      if (!environment.variables.has(name)) {
        throw new ServerError(17276, `Use of undefined variable: ${name}`);
      }
      return environment.variables.get(name);
  }
}
