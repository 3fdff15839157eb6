import { splitPath, type Path } from '../bson/paths.js';
import { isDoc, show, type Doc, type Value } from '../bson/values.js';
import { ServerError } from '../errors.js';

interface Unwinding {
  readonly path: Path;
  readonly indexField: string | null;
  readonly keepsEmpty: boolean;
}

function read(argument: Value): Unwinding {
  const given: Doc = isDoc(argument) ? argument : new Map([['path', argument]]);
  for (const name of given.keys()) {
    if (!['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'].includes(name)) {
      throw new ServerError(28811, `unrecognized option to $unwind stage: ${name}`);
    }
  }
  const path = given.get('path');
  if (typeof path !== 'string')
    throw new ServerError(28808, `expected a string as the path for $unwind stage, got ${show(path)}`);
  if (!path.startsWith('$') || path.length < 2)
    throw new ServerError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  const indexField = given.get('includeArrayIndex') ?? null;
  if (
    indexField !== null &&
    (typeof indexField !== 'string' ||
      indexField === '' ||
      indexField.startsWith('$') ||
      indexField.includes('.'))
  ) {
    throw new ServerError(
      28822,
      `includeArrayIndex option to $unwind stage is not a usable field name: ${show(indexField)}`,
    );
  }
  return {
    path: splitPath(path.slice(1)),
    indexField,
    keepsEmpty: given.get('preserveNullAndEmptyArrays') === true,
  };
}

/** The value at a path through documents only; an array on the way ends it. */
function valueIn(document: Doc, path: Path): Value | undefined {
  return path.reduce<Value | undefined>(
    (value, part) => (isDoc(value) ? value.get(part) : undefined),
    document,
  );
}

/** A copy with another value at the path (undefined: without). Only what is on the way is copied. */
function withValue(document: Doc, path: Path, value: Value | undefined): Doc {
  const [name = '', ...rest] = path;
  const made = new Map(document);
  const inner = made.get(name);
  const next = rest.length > 0 && isDoc(inner) ? withValue(inner, rest, value) : value;
  if (next === undefined) made.delete(name);
  else made.set(name, next);
  return made;
}

export function compileUnwind(argument: Value): (documents: Iterable<Doc>) => Iterable<Doc> {
  const { path, indexField, keepsEmpty } = read(argument);
  const indexed = (document: Doc, index: bigint | null): Doc =>
    indexField === null ? document : new Map(document).set(indexField, index);
  return function* unwinding(documents) {
    for (const document of documents) {
      const value = valueIn(document, path);
      if (Array.isArray(value) && value.length > 0) {
        for (const [at, element] of value.entries())
          yield indexed(withValue(document, path, element), BigInt(at));
      } else if (value !== undefined && value !== null && !Array.isArray(value))
        yield indexed(document, null);
      else if (keepsEmpty)
        yield indexed(Array.isArray(value) ? withValue(document, path, undefined) : document, null);
    }
  };
}
