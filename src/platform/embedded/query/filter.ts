import { BSONRegExp } from 'bson';
import { isDoc, type Doc, type Value } from '../bson/values.js';
import { isArrayIndex, splitPath, visit, type Path } from '../bson/paths.js';
import { compileExpression } from '../aggregate/expression.js';
import { truthy, type Environment } from '../aggregate/expression-types.js';
import { notSupported, ServerError } from '../errors.js';
import { leafOperators, patternTest, readPattern, type Test } from './operators.js';

/** One test on what a path leads to. `operator` and `operand` are what the planner reads. */
export interface Leaf {
  readonly kind: 'leaf';
  readonly path: string;
  readonly parts: Path;
  readonly operator: string;
  readonly operand: Value;
  /** Whether an array at the end of the path is tested element by element as well. */
  readonly intoLeaf: boolean;
  readonly test: Test;
  /** What $elemMatch demands of one element, for the planner. */
  readonly within?: Filter;
}

export type Filter =
  | Leaf
  | { readonly kind: 'and' | 'or' | 'nor'; readonly parts: readonly Filter[] }
  | { readonly kind: 'not'; readonly part: Filter }
  | { readonly kind: 'expression'; readonly accepts: (document: Doc) => boolean };

/** What $expr may refer to besides the document. */
export const emptyEnvironment = (): Environment => ({ now: new Date(), variables: new Map() });

/** Reads a filter document. Everything MongoDB or this store does not know is an error, never ignored. */
export function compileFilter(filter: Doc, environment: Environment = emptyEnvironment()): Filter {
  const parts: Filter[] = [];
  for (const [name, value] of filter) {
    if (name === '$comment') continue;
    parts.push(name.startsWith('$') ? topLevel(name, value, environment) : onPath(name, value, environment));
  }
  const [only, second] = parts;
  return only && !second ? only : { kind: 'and', parts };
}

function topLevel(name: string, value: Value, environment: Environment): Filter {
  switch (name) {
    case '$and':
    case '$or':
    case '$nor': {
      const kind = name === '$and' ? 'and' : name === '$or' ? 'or' : 'nor';
      return { kind, parts: clauses(name, value).map((clause) => compileFilter(clause, environment)) };
    }
    case '$expr': {
      const expression = compileExpression(value);
      return { kind: 'expression', accepts: (root) => truthy(expression({ root, environment })) };
    }
    case '$where':
    case '$text':
    case '$jsonSchema':
      throw notSupported(name);
    default:
      throw new ServerError('BadValue', `unknown top level operator: ${name}`);
  }
}

function clauses(name: string, value: Value): Doc[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw new ServerError('BadValue', `${name} argument must be a non-empty array`);
  }
  return value.map((clause) => {
    if (!isDoc(clause)) throw new ServerError('BadValue', `${name} argument's entries must be objects`);
    return clause;
  });
}

/** `{ $gt: 1 }` is an expression, `{ x: 1 }` and the DBRef `{ $ref, $id }` are values. */
export function isOperatorDoc(value: Value | undefined): value is Doc {
  if (!isDoc(value)) return false;
  const first = value.keys().next().value;
  return first?.startsWith('$') === true && first !== '$ref' && first !== '$id' && first !== '$db';
}

function onPath(path: string, value: Value, environment: Environment): Filter {
  if (isOperatorDoc(value)) return operators(path, value, environment);
  if (value instanceof BSONRegExp) return leaf(path, '$regex', value, patternTest(value));
  return leaf(path, '$eq', value);
}

function leaf(path: string, operator: string, operand: Value, test?: Test): Leaf {
  const made = test ?? leafOperators[operator]?.(operand, path);
  if (!made) throw new ServerError('BadValue', `unknown operator: ${operator}`);
  return {
    kind: 'leaf',
    path,
    parts: splitPath(path),
    operator,
    operand,
    intoLeaf: operator !== '$size',
    test: made,
  };
}

function operators(path: string, value: Doc, environment: Environment): Filter {
  const parts: Filter[] = [];
  for (const [operator, operand] of value) {
    if (operator === '$options') {
      if (!value.has('$regex')) throw new ServerError('BadValue', '$options needs a $regex');
    } else if (operator === '$regex') parts.push(regex(path, operand, value.get('$options')));
    else parts.push(onOperator({ path, operator, operand, environment }));
  }
  const [only, second] = parts;
  return only && !second ? only : { kind: 'and', parts };
}

function regex(path: string, operand: Value, options: Value | undefined): Leaf {
  if (options !== undefined && typeof options !== 'string') {
    throw new ServerError('BadValue', '$options has to be a string');
  }
  if (operand instanceof BSONRegExp) {
    if (options !== undefined && operand.options !== '') {
      throw new ServerError(51075, 'options set in both $regex and $options');
    }
    const merged = options === undefined ? operand : readPattern(operand.pattern, options);
    return leaf(path, '$regex', merged, patternTest(merged));
  }
  if (typeof operand !== 'string') throw new ServerError('BadValue', '$regex has to be a string');
  const pattern = readPattern(operand, options ?? '');
  return leaf(path, '$regex', pattern, patternTest(pattern));
}

interface Operation {
  readonly path: string;
  readonly operator: string;
  readonly operand: Value;
  readonly environment: Environment;
}

function onOperator(operation: Operation): Filter {
  const { path, operator, operand, environment } = operation;
  switch (operator) {
    case '$ne':
      if (operand instanceof BSONRegExp) throw new ServerError('BadValue', "Can't have regex as arg to $ne.");
      return { kind: 'not', part: leaf(path, '$eq', operand) };
    case '$nin':
      return { kind: 'not', part: leaf(path, '$in', operand) };
    case '$not':
      return { kind: 'not', part: negated(path, operand, environment) };
    case '$exists': {
      const exists = leaf(path, operator, operand);
      return truthy(operand) ? exists : { kind: 'not', part: exists };
    }
    case '$all':
      return all(operation);
    case '$elemMatch':
      return elemMatch(path, operand, environment);
    default:
      return leaf(path, operator, operand);
  }
}

function negated(path: string, operand: Value, environment: Environment): Filter {
  if (operand instanceof BSONRegExp || isOperatorDoc(operand)) return onPath(path, operand, environment);
  throw new ServerError('BadValue', '$not needs a regex or a document');
}

function all({ path, operand, environment }: Operation): Filter {
  if (!Array.isArray(operand)) throw new ServerError('BadValue', '$all needs an array');
  const parts = operand.map((wanted): Filter => {
    if (isDoc(wanted) && wanted.has('$elemMatch')) return operators(path, wanted, environment);
    if (isOperatorDoc(wanted)) throw new ServerError('BadValue', 'no $ expressions in $all');
    return onPath(path, wanted, environment);
  });
  // $all of nothing matches nothing.
  return parts.length === 0 ? { kind: 'or', parts } : { kind: 'and', parts };
}

function elemMatch(path: string, operand: Value, environment: Environment): Leaf {
  if (!isDoc(operand)) throw new ServerError('BadValue', '$elemMatch needs an Object');
  const accepts = elementTest(operand, environment);
  const test: Test = (value) => Array.isArray(value) && value.some(accepts);
  const within = isElementOperators(operand) ? undefined : compileFilter(operand, environment);
  const made = { ...leaf(path, '$elemMatch', operand, test), intoLeaf: false };
  return within ? { ...made, within } : made;
}

const isElementOperators = (operand: Doc): boolean =>
  isOperatorDoc(operand) && !['$and', '$or', '$nor', '$expr'].includes(operand.keys().next().value ?? '');

/** The condition of $elemMatch and $pull on one element: operators on the element itself, or a filter on its fields. */
export function elementTest(condition: Doc, environment: Environment): (element: Value) => boolean {
  if (isElementOperators(condition)) {
    const filter = operators('', condition, environment);
    return (element) => holds(filter, new Map(), (tested) => tested.test(element));
  }
  const filter = compileFilter(condition, environment);
  return (element) => {
    if (isDoc(element)) return matches(filter, element);
    // MongoDB sees an array in an array as a document whose names are the indexes.
    return (
      Array.isArray(element) && matches(filter, new Map(element.map((value, at) => [String(at), value])))
    );
  };
}

export const matches = (filter: Filter, document: Doc): boolean =>
  holds(filter, document, ({ parts, intoLeaf, test }) => visit(document, parts, intoLeaf, test));

function holds(filter: Filter, document: Doc, judge: (tested: Leaf) => boolean): boolean {
  switch (filter.kind) {
    case 'leaf':
      return judge(filter);
    case 'and':
      return filter.parts.every((part) => holds(part, document, judge));
    case 'or':
      return filter.parts.some((part) => holds(part, document, judge));
    case 'nor':
      return !filter.parts.some((part) => holds(part, document, judge));
    case 'not':
      return !holds(filter.part, document, judge);
    case 'expression':
      return filter.accepts(document);
    default:
      return filter satisfies never;
  }
}

/** Which element of the array the matching document was chosen by: what `$` in an update or projection stands for. */
export function matchedIndex(filter: Filter, document: Doc, arrayPath: string): number | null {
  if (filter.kind === 'leaf') return leafIndex(filter, document, arrayPath);
  if (filter.kind !== 'and' && filter.kind !== 'or') return null;
  for (const part of filter.parts) {
    const index = matches(part, document) ? matchedIndex(part, document, arrayPath) : null;
    if (index !== null) return index;
  }
  return null;
}

function leafIndex(tested: Leaf, document: Doc, arrayPath: string): number | null {
  if (tested.path !== arrayPath && !tested.path.startsWith(`${arrayPath}.`)) return null;
  const rest = tested.path.slice(arrayPath.length + 1).split('.')[0] ?? '';
  if (isArrayIndex(rest)) return Number(rest);
  let found: number | null = null;
  visit(document, tested.parts, tested.intoLeaf, (value, index) => {
    if (tested.operator === '$elemMatch' && Array.isArray(value)) {
      const at = value.findIndex((element) => tested.test([element]));
      if (at >= 0) found = index >= 0 ? index : at;
    } else if (index >= 0 && tested.test(value)) found = index;
    return found !== null;
  });
  return found;
}
