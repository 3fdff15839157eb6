import { compareStrings } from '../bson/order.js';
import { checkPath, isArrayIndex, splitPath } from '../bson/paths.js';
import { ServerError } from '../errors.js';

/** Whether two update paths are the same or one lies inside the other. */
export const isInside = (path: string, other: string): boolean =>
  path === other || path.startsWith(`${other}.`) || other.startsWith(`${path}.`);

export function checkUpdatePath(path: string): void {
  if (path === '') throw new ServerError('EmptyFieldName', 'An empty update path is not valid.');
  if (path.startsWith('.') || path.endsWith('.') || path.includes('..')) {
    throw new ServerError(
      'EmptyFieldName',
      `The update path '${path}' contains an empty field name, which is not allowed.`,
    );
  }
  checkPath(path);
  const [first = '', ...rest] = splitPath(path);
  if (first === '$' || first.startsWith('$[')) {
    throw new ServerError(
      'BadValue',
      `Cannot have positional (i.e. '$') element in the first position in path '${path}'`,
    );
  }
  for (const part of [first, ...rest]) {
    if (part.startsWith('$') && part !== '$' && !/^\$\[[a-z0-9A-Z]*\]$/.test(part)) {
      throw new ServerError(
        'DollarPrefixedFieldName',
        `The dollar ($) prefixed field '${part}' in '${path}' is not valid for storage.`,
      );
    }
  }
}

export function checkConflicts(paths: readonly string[]): void {
  for (const [at, path] of paths.entries()) {
    const other = paths.slice(0, at).find((earlier) => isInside(path, earlier));
    if (other !== undefined) throw conflict(path, path.length < other.length ? path : other);
  }
}

export const conflict = (path: string, at: string): ServerError =>
  new ServerError(
    'ConflictingUpdateOperators',
    `Updating the path '${path}' would create a conflict at '${at}'`,
  );

/** New fields arrive in this order, as in MongoDB: by name, positions by number. */
export function comparePaths(a: string, b: string): number {
  const others = splitPath(b);
  for (const [at, part] of splitPath(a).entries()) {
    const other = others[at];
    if (other === undefined) return 1;
    const difference =
      isArrayIndex(part) && isArrayIndex(other) ? Number(part) - Number(other) : compareStrings(part, other);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
