import { splitPath } from '../bson/paths.js';
import { show, type Doc } from '../bson/values.js';
import { ServerError } from '../errors.js';
import { compileFilter, matches, type Filter } from '../query/filter.js';
import type { Positions } from './apply-at.js';

/** Reads arrayFilters; each must be named by a `$[identifier]` of the paths, and each of these by a filter. */
export function compileArrayFilters(filters: readonly Doc[], paths: readonly string[]): Positions['chosen'] {
  const tests = new Map<string, Filter>();
  for (const given of filters) {
    const filter = compileFilter(given);
    const [identifier, second] = new Set(pathsOf(filter).map((path) => splitPath(path)[0] ?? ''));
    if (identifier === undefined || second !== undefined || !/^[a-z][a-zA-Z0-9]*$/.test(identifier)) {
      throw new ServerError(
        'FailedToParse',
        `Error parsing array filter: expected a single top-level field name in ${show(given)}`,
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
