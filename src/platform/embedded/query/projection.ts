import { compileExpression } from '../aggregate/expression.js';
import { truthy, type Environment, type Expression } from '../aggregate/expression-types.js';
import { isNumeric, wholeNumber } from '../bson/numbers.js';
import { checkPath, splitPath, valueAt } from '../bson/paths.js';
import { isDoc, show, type Doc, type Value } from '../bson/values.js';
import { ServerError } from '../errors.js';
import { elementTest, matchedIndex, type Filter } from './filter.js';

/** What happens to the value at a path. `shape` gets the value there and the whole document. */
type Leaf =
  | { readonly kind: 'include' | 'exclude' }
  | { readonly kind: 'compute'; readonly expression: Expression }
  | {
      readonly kind: 'shape';
      readonly shape: (value: Value, root: Doc) => Value | undefined;
      readonly keepsOthers: boolean;
    };

interface Branch {
  readonly kind: 'branch';
  readonly children: Map<string, Branch | Leaf>;
}

export type Projection = (document: Doc) => Doc;

export interface ProjectionRequest {
  readonly environment: Environment;
  /** The filter of a find, whose projection may use `.$`, $elemMatch and $slice; null in a pipeline. */
  readonly find: Filter | null;
}

const branch = (): Branch => ({ kind: 'branch', children: new Map() });

export function compileProjection(spec: Doc, request: ProjectionRequest): Projection {
  if (spec.size === 0) {
    if (request.find) return (document) => document;
    throw new ServerError(
      51272,
      'Invalid $project :: caused by :: projection specification must have at least one field',
    );
  }
  const tree = branch();
  for (const [path, value] of spec) plant(tree, path, value, request);
  const isInclusion = readMode(tree);
  const id = tree.children.get('_id');
  // Unless it is spoken of, an inclusion keeps the _id.
  if (isInclusion && !id) tree.children.set('_id', { kind: 'include' });
  if (id?.kind === 'exclude' && isInclusion) tree.children.delete('_id');
  if (id?.kind === 'include' && !isInclusion) tree.children.delete('_id');
  return (document) => {
    const context = { root: document, environment: request.environment };
    const made = isInclusion ? included(document, tree, document) : excluded(document, tree, document);
    compute(made, tree, (expression) => expression(context));
    return made;
  };
}

/** $addFields and $set: everything is kept, the computed fields are set. */
export function compileAddition(spec: Doc, environment: Environment): Projection {
  const tree = branch();
  const plantComputed = (parent: Branch, path: string, value: Value): void => {
    checkPath(path);
    if (isDoc(value) && !isOperator(value) && value.size > 0) {
      const child = descend(parent, splitPath(path));
      for (const [name, inner] of value) plantComputed(child, name, inner);
    } else put(parent, path, { kind: 'compute', expression: compileExpression(value) });
  };
  for (const [path, value] of spec) plantComputed(tree, path, value);
  return (document) => {
    const made = new Map(document);
    compute(made, tree, (expression) => expression({ root: document, environment }));
    return made;
  };
}

const isOperator = (value: Doc): boolean => value.keys().next().value?.startsWith('$') === true;

function plant(parent: Branch, path: string, value: Value, request: ProjectionRequest): void {
  if (request.find && path.endsWith('.$')) {
    const arrayPath = path.slice(0, -2);
    put(parent, arrayPath, { kind: 'shape', shape: positional(request.find, arrayPath), keepsOthers: false });
    return;
  }
  checkPath(path);
  if (path.startsWith('$') || path.includes('.$'))
    throw new ServerError(16410, `FieldPath field names may not start with '$': ${path}`);
  if (typeof value === 'boolean' || isNumeric(value))
    put(parent, path, { kind: truthy(value) ? 'include' : 'exclude' });
  else if (isDoc(value) && !isOperator(value)) {
    if (value.size === 0)
      throw new ServerError(
        51270,
        'An empty sub-projection is not a valid value. Found empty object at path',
      );
    const child = descend(parent, splitPath(path));
    for (const [name, inner] of value) plant(child, name, inner, request);
  } else
    put(
      parent,
      path,
      shapeOf(path, value, request) ?? { kind: 'compute', expression: compileExpression(value) },
    );
}

function shapeOf(path: string, value: Value, { find, environment }: ProjectionRequest): Leaf | null {
  if (!find || !isDoc(value) || value.size !== 1) return null;
  const slice = value.get('$slice');
  // With a path as its first argument $slice is the aggregation expression.
  if (slice !== undefined && !(Array.isArray(slice) && !isNumeric(slice[0]))) {
    return { kind: 'shape', shape: sliced(slice), keepsOthers: true };
  }
  const condition = value.get('$elemMatch');
  if (condition === undefined) return null;
  if (!isDoc(condition)) throw new ServerError(31274, 'elemMatch: Invalid argument, object required');
  const test = elementTest(condition, environment);
  if (path.includes('.')) throw new ServerError(31275, 'Cannot use $elemMatch projection on a nested field.');
  // Computed, because the field comes after those that are only kept.
  const expression: Expression = ({ root }) => {
    const found = valueAt(root, [path]);
    const first = Array.isArray(found) ? found.find(test) : undefined;
    return first === undefined ? undefined : [first];
  };
  return { kind: 'compute', expression };
}

function sliced(argument: Value): (value: Value) => Value {
  const [first, second] = Array.isArray(argument) ? argument : [argument];
  const n = wholeNumber(first);
  const count = second === undefined ? null : wholeNumber(second);
  if (
    n === null ||
    (Array.isArray(argument) && argument.length !== 2) ||
    (second !== undefined && (count === null || count <= 0))
  ) {
    throw new ServerError(
      28667,
      `Invalid $slice syntax. The given syntax { $slice: ${show(argument)} } did not match the find() syntax`,
    );
  }
  return (value) => {
    if (!Array.isArray(value)) return value;
    if (count === null) return n >= 0 ? value.slice(0, n) : value.slice(n);
    const start = n >= 0 ? n : Math.max(value.length + n, 0);
    return value.slice(start, start + count);
  };
}

function positional(filter: Filter, arrayPath: string): (value: Value, root: Doc) => Value {
  return (value, root) => {
    if (!Array.isArray(value)) return value;
    const element = value[matchedIndex(filter, root, arrayPath) ?? -1];
    if (element !== undefined) return [element];
    throw new ServerError(
      51246,
      "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
    );
  };
}

function descend(parent: Branch, parts: readonly string[]): Branch {
  let here = parent;
  for (const part of parts) {
    const next = here.children.get(part) ?? branch();
    if (next.kind !== 'branch') {
      const path = parts.join('.');
      throw new ServerError(31249, `Path collision at ${path} remaining portion ${part}`);
    }
    here.children.set(part, next);
    here = next;
  }
  return here;
}

function put(parent: Branch, path: string, leaf: Leaf): void {
  const parts = splitPath(path);
  const name = parts.at(-1) ?? '';
  const holder = descend(parent, parts.slice(0, -1));
  if (holder.children.has(name)) throw new ServerError(31250, `Path collision at ${path}`);
  holder.children.set(name, leaf);
}

/** Whether the projection names what to keep (true) or what to leave out. The _id does not decide unless alone. */
function readMode(tree: Branch): boolean {
  let keeps: string | null = null;
  let drops: string | null = null;
  const look = (node: Branch | Leaf, path: string): void => {
    if (node.kind === 'branch')
      for (const [name, child] of node.children) look(child, `${path}${path && '.'}${name}`);
    else if (path === '_id' && node.kind !== 'compute') return;
    else if (node.kind === 'exclude') drops ??= path;
    else if (node.kind !== 'shape' || !node.keepsOthers) keeps ??= path;
  };
  look(tree, '');
  if (keeps !== null && drops !== null) {
    const [first] = tree.children.values();
    throw first?.kind === 'exclude'
      ? new ServerError(31253, `Cannot do inclusion on field ${String(keeps)} in exclusion projection`)
      : new ServerError(31254, `Cannot do exclusion on field ${String(drops)} in inclusion projection`);
  }
  if (keeps !== null) return true;
  return drops === null && tree.children.get('_id')?.kind === 'include';
}

function included(document: Doc, { children }: Branch, root: Doc): Doc {
  const made: Doc = new Map();
  for (const [name, value] of document) {
    const child = children.get(name);
    if (!child) continue;
    const kept = keep(value, child, root, included);
    if (kept !== undefined) made.set(name, kept);
  }
  return made;
}

function excluded(document: Doc, { children }: Branch, root: Doc): Doc {
  const made: Doc = new Map();
  for (const [name, value] of document) {
    const child = children.get(name);
    const kept = child ? keep(value, child, root, excluded) : value;
    if (kept !== undefined) made.set(name, kept);
  }
  return made;
}

type Project = (document: Doc, branch: Branch, root: Doc) => Doc;

function keep(value: Value, child: Branch | Leaf, root: Doc, project: Project): Value | undefined {
  switch (child.kind) {
    case 'include':
      return value;
    case 'exclude':
    case 'compute':
      return undefined;
    case 'shape':
      return child.shape(value, root);
    case 'branch':
      if (isDoc(value)) return project(value, child, root);
      if (Array.isArray(value)) {
        return value
          .map((element) => keep(element, child, root, project))
          .filter((element) => element !== undefined);
      }
      // Something other than a document has no such field: an inclusion drops it, an exclusion keeps it.
      return project === excluded ? value : undefined;
    default:
      return child satisfies never;
  }
}

type Evaluate = (expression: Expression) => Value | undefined;

function compute(target: Doc, { children }: Branch, evaluate: Evaluate): void {
  for (const [name, child] of children) {
    if (child.kind === 'compute') {
      const value = evaluate(child.expression);
      if (value === undefined) target.delete(name);
      else target.set(name, value);
    } else if (child.kind === 'branch' && computes(child)) {
      target.set(name, computeInside(target.get(name), child, evaluate));
    }
  }
}

const computes = (node: Branch | Leaf): boolean =>
  node.kind === 'compute' || (node.kind === 'branch' && [...node.children.values()].some(computes));

function computeInside(value: Value | undefined, child: Branch, evaluate: Evaluate): Value {
  if (Array.isArray(value)) return value.map((element) => computeInside(element, child, evaluate));
  const inner: Doc = new Map(isDoc(value) ? value : []);
  compute(inner, child, evaluate);
  return inner;
}
