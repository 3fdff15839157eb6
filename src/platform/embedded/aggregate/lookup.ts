import { splitPath, valueAt } from '../bson/paths.js';
import { isDoc, show, type Doc, type Value } from '../bson/values.js';
import { ServerError } from '../errors.js';
import type { Collection } from '../storage/collection.js';
import { compileAddition } from '../query/projection.js';
import { compileExpression } from './expression.js';
import type { Setting } from './setting.js';
import { sourceOf } from './source.js';

type Run = (collection: Collection | null, stages: readonly Value[], setting: Setting) => Iterable<Doc>;

const fail = (message: string): ServerError => new ServerError('FailedToParse', message);

const known = new Set(['from', 'as', 'localField', 'foreignField', 'let', 'pipeline']);

/** $lookup by equality, by pipeline, or both. The equality is a $match of its own and so uses an index. */
export function compileLookup(
  spec: Doc,
  setting: Setting,
  run: Run,
): (documents: Iterable<Doc>) => Iterable<Doc> {
  for (const name of spec.keys()) if (!known.has(name)) throw fail(`unknown argument to $lookup: ${name}`);
  const text = (name: string): string | null => {
    const value = spec.get(name);
    if (value !== undefined && typeof value !== 'string')
      throw fail(`$lookup argument '${name}' must be a string, found ${show(value)}`);
    return value ?? null;
  };
  const from = text('from');
  const as = text('as');
  const localField = text('localField');
  const foreignField = text('foreignField');
  const pipeline = spec.get('pipeline');
  if (from === null || as === null) throw fail("must specify 'from' and 'as' fields for a $lookup");
  if ((localField === null) !== (foreignField === null) || (localField === null && pipeline === undefined)) {
    throw fail('$lookup requires both localField and foreignField, or a pipeline');
  }
  if (pipeline !== undefined && !Array.isArray(pipeline))
    throw fail("'pipeline' option must be specified as an array");
  const vars = spec.get('let');
  if (vars !== undefined && (!isDoc(vars) || pipeline === undefined))
    throw fail('$lookup argument let must be an object beside a pipeline');
  const variables = [...(isDoc(vars) ? vars : [])].map(([name, value]) => ({
    name,
    value: compileExpression(value),
  }));
  const foreign = sourceOf(setting.store, setting.db, from);
  const localPath = splitPath(localField ?? '');
  return function* joining(documents) {
    for (const root of documents) {
      const { environment } = setting;
      const context = { root, environment };
      const bound = new Map([
        ...environment.variables,
        ...variables.map(({ name, value }) => [name, value(context)] as const),
      ]);
      const stages = foreignField === null ? [] : [equality(foreignField, valueAt(root, localPath))];
      const inner: Setting = {
        ...setting,
        hint: undefined,
        environment: { now: environment.now, variables: bound },
      };
      const found = [...run(foreign.collection, [...foreign.stages, ...stages, ...(pipeline ?? [])], inner)];
      yield compileAddition(new Map([[as, new Map([['$literal', found]])]]), environment)(root);
    }
  };
}

/** A local array stands for its elements; a missing local field looks for null. */
function equality(path: string, value: Value | undefined): Doc {
  const condition: Doc = Array.isArray(value) ? new Map([['$in', value]]) : new Map([['$eq', value ?? null]]);
  return new Map([['$match', new Map([[path, condition]])]]);
}
