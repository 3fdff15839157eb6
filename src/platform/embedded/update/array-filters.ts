import { splitPath } from '../bson/paths.js';
import { isDoc, show, type Doc, type Value } from '../bson/values.js';
import { ServerError } from '../errors.js';
import { compileFilter, matches, type Filter } from '../query/filter.js';

/** Whether the filter of an identifier takes an element. */
export type Chooser = (identifier: string, element: Value) => boolean;

/** The element at a path without wildcards. */
export const elementAt = (document: Doc, path: string): Value | undefined =>
  splitPath(path).reduce<Value | undefined>(
    (value, part) =>
      isDoc(value) ? value.get(part) : Array.isArray(value) ? value[Number(part)] : undefined,
    document,
  );

/** Reads arrayFilters; each must be named by a `$[identifier]` of the paths, and each of these by a filter. */
export function compileArrayFilters(filters: readonly Doc[], paths: readonly string[]): Chooser {
  const tests = new Map<string, Filter>();
  for (const given of filters) {
    const filter = compileFilter(given);
    const [identifier, second] = new Set(pathsOf(filter).map((path) => splitPath(path)[0] ?? ''));
    if (identifier === undefined || second !== undefined) {
      throw new ServerError(
        'FailedToParse',
        `Error parsing array filter: expected a single top-level field name in ${show(given)}`,
      );
    }
    if (!/^[a-z][a-zA-Z0-9]*$/.test(identifier)) {
      throw new ServerError(
        'BadValue',
        `Error parsing array filter: the top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${identifier}'`,
      );
    }
    if (tests.has(identifier)) {
      throw new ServerError(
        'FailedToParse',
        `Found multiple array filters with the same top-level field name ${identifier}`,
      );
    }
    if (!paths.some((path) => splitPath(path).includes(`$[${identifier}]`))) {
      throw new ServerError(
        'FailedToParse',
        `The array filter for identifier '${identifier}' was not used in the update`,
      );
    }
    tests.set(identifier, filter);
  }
  for (const path of paths) {
    const unknown = splitPath(path).find((part) => /^\$\[.+\]$/.test(part) && !tests.has(part.slice(2, -1)));
    if (unknown)
      throw new ServerError(
        'BadValue',
        `No array filter found for identifier '${unknown.slice(2, -1)}' in path '${path}'`,
      );
  }
  return (identifier, element) => {
    const test = tests.get(identifier);
    return test !== undefined && matches(test, new Map([[identifier, element]]));
  };
}

function pathsOf(filter: Filter): string[] {
  if (filter.kind === 'leaf') return [filter.path];
  if (filter.kind === 'not') return pathsOf(filter.part);
  return filter.kind === 'expression' ? [''] : filter.parts.flatMap(pathsOf);
}
