import { ServerError } from '../errors.js';
import { isDoc, type Doc, type Value } from './values.js';

const arrayIndex = /^(?:0|[1-9]\d*)$/;

export const isArrayIndex = (name: string): boolean => arrayIndex.test(name);

/** "a.b.0" in its parts. */
export type Path = readonly string[];

export const splitPath = (path: string): Path => path.split('.');

/** Sees a value a path leads to (undefined: nothing there) and the index taken in the outermost array (-1: none). */
export type Visitor = (value: Value | undefined, index: number) => boolean;

/**
 * Offers every value the path leads to, as MongoDB's matcher traverses arrays: an array on the way stands for
 * each of its documents and, where the path names an index, for that element; an array at the end stands for
 * its elements (only if `intoLeaf`) and for itself. Stops at, and returns, the first `true`.
 */
export function visit(document: Doc, path: Path, intoLeaf: boolean, visitor: Visitor): boolean {
  return visitFrom(document, 0, -1, { path, intoLeaf, visitor });
}

interface Visit {
  readonly path: Path;
  readonly intoLeaf: boolean;
  readonly visitor: Visitor;
}

function visitFrom(start: Doc, from: number, index: number, visiting: Visit): boolean {
  const { path, intoLeaf, visitor } = visiting;
  let value: Value | undefined = start;
  for (let at = from; at < path.length; at += 1) {
    if (Array.isArray(value)) return visitElements(value, at, index, visiting);
    value = isDoc(value) ? value.get(path[at] ?? '') : undefined;
    if (value === undefined) return visitor(undefined, index);
  }
  if (!intoLeaf || !Array.isArray(value)) return visitor(value, index);
  return value.some((element, at) => visitor(element, index === -1 ? at : index)) || visitor(value, index);
}

function visitElements(values: readonly Value[], at: number, index: number, visiting: Visit): boolean {
  const { path, visitor } = visiting;
  const part = path[at] ?? '';
  const named = isArrayIndex(part) ? Number(part) : -1;
  return values.some((element, position) => {
    const outermost = index === -1 ? position : index;
    if (isDoc(element) && visitFrom(element, at, outermost, visiting)) return true;
    if (position !== named) return false;
    if (at + 1 === path.length) return visitor(element, outermost);
    if (isDoc(element)) return visitFrom(element, at + 1, outermost, visiting);
    return Array.isArray(element) && visitElements(element, at + 1, outermost, visiting);
  });
}

/** As aggregation reads "$a.b": through arrays of documents into an array of the values found; never by index. */
export function valueAt(start: Value | undefined, path: Path, from = 0): Value | undefined {
  let value = start;
  for (let at = from; at < path.length; at += 1) {
    if (Array.isArray(value)) {
      const found = value.map((element) => (isDoc(element) ? valueAt(element, path, at) : undefined));
      return found.filter((element) => element !== undefined);
    }
    if (!isDoc(value)) return undefined;
    value = value.get(path[at] ?? '');
  }
  return value;
}

/** Field paths an index, a sort or a projection may name. */
export function checkPath(path: string): void {
  if (path === '') throw new ServerError(40352, 'FieldPath cannot be constructed with empty string');
  if (path.endsWith('.')) throw new ServerError(40353, "FieldPath must not end with a '.'.");
  if (path.startsWith('.') || path.includes('..')) {
    throw new ServerError(15998, `FieldPath field names may not be empty strings: ${path}`);
  }
}

interface Branch {
  readonly value: Value | undefined;
  /** Parts of the path already taken. */
  readonly at: number;
  /** The value stands for itself, even if it is an array. */
  readonly done: boolean;
}

/** What one document contributes to an index. */
export interface KeyTuples {
  /** One value per field in each tuple; `undefined` is the entry of an empty array, a missing field is null. */
  readonly tuples: readonly (readonly (Value | undefined)[])[];
  /** Every indexed field is missing: a sparse index leaves the document out. */
  readonly nothing: boolean;
  /** Which fields went through an array. */
  readonly multikey: readonly number[];
}

/** All value tuples a document has under an index over `paths`. Two arrays side by side are refused, as in MongoDB. */
export function keyTuples(document: Doc, paths: readonly Path[]): KeyTuples {
  const tuples: (Value | undefined)[][] = [];
  const multikey = new Set<number>();
  let found = false;
  const expand = (branches: readonly Branch[]): void => {
    const moved = branches.map((branch, field) => advance(branch, paths[field] ?? []));
    const arrays = moved.flatMap(({ value, done }, field) => (!done && Array.isArray(value) ? [field] : []));
    const [first, ...rest] = arrays;
    if (first === undefined) {
      found ||= moved.some(({ value, done }) => value !== undefined || done);
      tuples.push(moved.map(({ value, done }) => (value === undefined && !done ? null : value)));
      return;
    }
    const values = moved[first]?.value;
    if (rest.some((field) => moved[field]?.value !== values)) throw parallel(paths, arrays);
    for (const field of arrays) multikey.add(field);
    for (const element of Array.isArray(values) && values.length > 0 ? values : [undefined]) {
      expand(
        moved.map((branch, field) =>
          arrays.includes(field) ? enter(branch, element, paths[field]) : branch,
        ),
      );
    }
  };
  expand(paths.map(() => ({ value: document, at: 0, done: false })));
  return { tuples, nothing: !found, multikey: [...multikey] };
}

/** One element of the array a branch stands at; an array directly inside an array hides what a longer path seeks. */
function enter({ at }: Branch, element: Value | undefined, path: Path = []): Branch {
  if (at === path.length) return { value: element, at, done: true };
  return { value: Array.isArray(element) ? undefined : element, at, done: false };
}

function advance(branch: Branch, path: Path): Branch {
  let { value, at } = branch;
  if (branch.done) return branch;
  while (at < path.length && (isDoc(value) || namesElement(value, path[at]))) {
    value = isDoc(value) ? value.get(path[at] ?? '') : value[Number(path[at])];
    at += 1;
  }
  if (Array.isArray(value)) return { value, at, done: false };
  return { value: at === path.length ? value : undefined, at, done: false };
}

/** "0" behind an array is its first element, unless the elements have fields of that name. */
const namesElement = (value: Value | undefined, part = ''): value is Value[] =>
  Array.isArray(value) && isArrayIndex(part) && !value.some((element) => isDoc(element) && element.has(part));

function parallel(paths: readonly Path[], fields: readonly number[]): ServerError {
  const names = fields.map((field) => `[${paths[field]?.at(-1) ?? ''}]`).toReversed();
  return new ServerError('CannotIndexParallelArrays', `cannot index parallel arrays ${names.join(' ')}`);
}
