import { keyOf, type Direction } from '../bson/index-key.js';
import { wholeNumber } from '../bson/numbers.js';
import { checkPath, keyTuples, splitPath } from '../bson/paths.js';
import { isDoc, show, type Doc } from '../bson/values.js';
import { notSupported, ServerError } from '../errors.js';
import type { SortOrder } from './planner.js';

/** Reads `{ a: 1, "b.c": -1 }`. */
export function readSort(sort: Doc): SortOrder {
  return [...sort].map(([path, given]): readonly [string, Direction] => {
    if (isDoc(given)) throw notSupported(`sorting by ${show(given)}`);
    const direction = wholeNumber(given);
    if (direction !== 1 && direction !== -1) {
      throw new ServerError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    }
    if (path === '$natural') {
      if (sort.size > 1)
        throw new ServerError('BadValue', '$natural sort cannot be set to a value other than -1 or 1.');
      return [path, direction];
    }
    checkPath(path);
    if (path.startsWith('$'))
      throw new ServerError(16410, `FieldPath field names may not start with '$': ${path}`);
    return [path, direction];
  });
}

/** The bytes a document sorts by: of an array its least element counts ascending, its greatest descending. */
export function sortKeyOf(order: SortOrder): (document: Doc) => Buffer {
  const paths = order.map(([path]) => splitPath(path));
  const directions = order.map(([, direction]) => direction);
  return (document) => {
    const keys = keyTuples(document, paths).tuples.map((tuple) => keyOf(tuple, directions));
    return keys.reduce((least, key) => (Buffer.compare(key, least) < 0 ? key : least));
  };
}

interface Sorted<T> {
  readonly key: Buffer;
  readonly item: T;
}

const byKey = <T>(a: Sorted<T>, b: Sorted<T>): number => Buffer.compare(a.key, b.key);

/** Sorts in memory, keeping only the first `wanted` (null: all). Equal keys keep their order of arrival. */
export function sortItems<T>(
  items: Iterable<T>,
  { key, wanted, sizeOf }: { key: (item: T) => Buffer; wanted: number | null; sizeOf: (item: T) => number },
): T[] {
  let kept: Sorted<T>[] = [];
  let bytes = 0;
  for (const item of items) {
    kept.push({ key: key(item), item });
    bytes += sizeOf(item);
    if (wanted !== null && kept.length >= wanted * 2 + 1000) {
      kept = kept.sort(byKey).slice(0, wanted);
      bytes = kept.reduce((sum, each) => sum + sizeOf(each.item), 0);
    }
    if (bytes > maxSortBytes) {
      throw new ServerError(
        'QueryExceededMemoryLimit',
        `Sort exceeded memory limit of ${maxSortBytes} bytes`,
      );
    }
  }
  const sorted = kept.sort(byKey).map(({ item }) => item);
  return wanted === null ? sorted : sorted.slice(0, wanted);
}

const maxSortBytes = 100 * 1024 * 1024;
