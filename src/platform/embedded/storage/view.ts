import { isDoc, typeName, type Doc, type Value } from '../bson/values.js';
import { ServerError } from '../errors.js';

/** A stored pipeline that is read as if it were a collection. */
export interface View {
  readonly db: string;
  readonly name: string;
  readonly on: string;
  readonly pipeline: readonly Value[];
}

/** The view that options of the catalogue describe; null when they are a collection's. */
export function readView(db: string, name: string, options: Doc): View | null {
  const on = options.get('viewOn');
  const pipeline = options.get('pipeline') ?? [];
  if (on === undefined) {
    if (options.has('pipeline'))
      throw new ServerError('InvalidOptions', "'pipeline' requires 'viewOn' to also be specified");
    return null;
  }
  if (typeof on !== 'string' || on === '')
    throw new ServerError('BadValue', "'viewOn' must be the name of a collection or view");
  if (!Array.isArray(pipeline) || !pipeline.every(isDoc))
    throw new ServerError(
      'TypeMismatch',
      `'pipeline' must be an array of objects, not ${typeName(pipeline)}`,
    );
  return { db, name, on, pipeline };
}
