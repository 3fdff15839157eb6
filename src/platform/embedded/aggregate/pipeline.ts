import { Int32 } from 'bson';
import { wholeNumber } from '../bson/numbers.js';
import { integer, isDoc, show, type Doc, type Value } from '../bson/values.js';
import { ServerError } from '../errors.js';
import { compileFilter, matches, type Filter } from '../query/filter.js';
import { checkDeadline, countRows, findRows, type Query } from '../query/find.js';
import type { SortOrder } from '../query/planner.js';
import { readSort, sortItems, sortKeyOf } from '../query/sort.js';
import type { Collection } from '../storage/collection.js';
import { documentStage, needsDoc, stageEntry } from './document-stages.js';
import { compileBucket, compileGroup } from './group.js';
import { compileLookup } from './lookup.js';
import type { Setting } from './setting.js';
import { compileUnwind } from './unwind.js';

export type Stage = (documents: Iterable<Doc>) => Iterable<Doc>;

type MakeStage = (argument: Value, setting: Setting) => Stage;

const amount = (argument: Value, name: string, least: number): number => {
  const whole = wholeNumber(argument);
  if (whole === null || whole < least) {
    throw new ServerError(
      name === '$limit' ? 15958 : 5107200,
      `invalid argument to ${name} stage: ${show(argument)}`,
    );
  }
  return whole;
};

const match: MakeStage = (argument, { environment }) => {
  const filter = compileFilter(needsDoc(argument, '$match', 15959), environment);
  return function* matching(documents) {
    for (const document of documents) if (matches(filter, document)) yield document;
  };
};

function readOrder(argument: Value): SortOrder {
  const order = readSort(needsDoc(argument, '$sort', 15973));
  if (order.length === 0) throw new ServerError(15976, '$sort stage must have at least one sort key');
  // Documents in flight have no natural order.
  if (order[0]?.[0] === '$natural')
    throw new ServerError(16410, "FieldPath field names may not start with '$': $natural");
  return order;
}

const sort: MakeStage = (argument) => {
  const order = readOrder(argument);
  // Nothing is known about the size of a document in flight; a stored one is a few hundred bytes.
  return (documents) => sortItems(documents, { key: sortKeyOf(order), wanted: null, sizeOf: () => 512 });
};

const limit: MakeStage = (argument) => {
  const most = amount(argument, '$limit', 1);
  return function* limiting(documents) {
    let passed = 0;
    for (const document of documents) {
      yield document;
      passed += 1;
      if (passed >= most) return;
    }
  };
};

const skip: MakeStage = (argument) => {
  const most = amount(argument, '$skip', 0);
  return function* skipping(documents) {
    let passed = 0;
    for (const document of documents) {
      passed += 1;
      if (passed > most) yield document;
    }
  };
};

const count: MakeStage = (argument) => {
  if (typeof argument !== 'string' || argument === '' || argument.startsWith('$') || argument.includes('.')) {
    throw new ServerError(40156, 'the count field must be a non-empty string without $ and .');
  }
  return (documents) => {
    let total = 0;
    for (const document of documents) total += document.size >= 0 ? 1 : 0;
    return total === 0 ? [] : [new Map([[argument, integer(total)]])];
  };
};

const sortByCount: MakeStage = (argument, setting) => {
  const one: Value = new Map([['$sum', new Int32(1)]]);
  const group = compileGroup(
    new Map([
      ['_id', argument],
      ['count', one],
    ]),
    setting.environment,
  );
  const bySize = sort(new Map([['count', new Int32(-1)]]), setting);
  return (documents) => bySize(group(documents));
};

const facet: MakeStage = (argument, setting) => {
  const spec = needsDoc(argument, '$facet', 40169);
  if (spec.size === 0) throw new ServerError(40169, 'the $facet specification must be a non-empty object');
  const facets = [...spec].map(([name, stages]) => {
    if (!Array.isArray(stages))
      throw new ServerError(40170, `arguments to $facet must be arrays, ${name} is none`);
    if (stages.some((stage) => stageEntry(stage)[0] === '$facet')) {
      throw new ServerError(40600, '$facet is not allowed to be used within a $facet stage');
    }
    return { name, run: compileStages(stages, setting) };
  });
  return (documents) => {
    const all = [...documents];
    return [new Map(facets.map(({ name, run }) => [name, [...run(all)]]))];
  };
};

const stages: Readonly<Record<string, MakeStage>> = {
  $match: match,
  $sort: sort,
  $limit: limit,
  $skip: skip,
  $count: count,
  $sortByCount: sortByCount,
  $facet: facet,
  $group: (argument, { environment }) => compileGroup(needsDoc(argument, '$group', 15947), environment),
  $bucket: (argument, { environment }) => compileBucket(needsDoc(argument, '$bucket', 40201), environment),
  $unwind: (argument) => compileUnwind(argument),
  $lookup: (argument, setting) =>
    compileLookup(needsDoc(argument, '$lookup', 'FailedToParse'), setting, runOn),
};

function compileStage(stage: Value, setting: Setting): Stage {
  const [name, argument] = stageEntry(stage);
  const each = documentStage(name, argument, setting.environment);
  if (each) {
    return function* mapping(documents) {
      for (const document of documents) yield each(document);
    };
  }
  const make = stages[name];
  if (make) return make(argument, setting);
  if (name === '$changeStream') {
    throw new ServerError(40573, 'The $changeStream stage is only supported on replica sets');
  }
  if (name === '$out' || name === '$merge')
    throw new ServerError(40601, `${name} can only be the final stage in the pipeline`);
  if (name === '$collStats' || name === '$indexStats')
    throw new ServerError(40602, `${name} is only valid as the first stage in a pipeline`);
  throw new ServerError(40324, `Unrecognized pipeline stage name: '${name}'`);
}

/** The stages one after the other, over whatever documents come. */
export function compileStages(given: readonly Value[], setting: Setting): Stage {
  const compiled = given.map((stage) => compileStage(stage, setting));
  return (documents) => compiled.reduce((flow, stage) => stage(flow), documents);
}

interface Head {
  readonly query: Query;
  readonly rest: readonly Value[];
}

/** The stages at the beginning that a query can do, with its indexes: $match, then $sort, then $skip and $limit. */
function splitHead(given: readonly Value[], setting: Setting): Head {
  const { environment, hint, deadline } = setting;
  const filters: Filter[] = [];
  let query: Query = {
    filter: { kind: 'and', parts: filters },
    sort: [],
    skip: 0,
    limit: null,
    hint,
    deadline,
  };
  let taken = 0;
  for (const stage of given) {
    const [name, argument] = stageEntry(stage);
    const isFresh = query.limit === null && query.skip === 0;
    if (name === '$match' && isFresh && query.sort.length === 0) {
      filters.push(compileFilter(needsDoc(argument, name, 15959), environment));
    } else if (name === '$sort' && isFresh && query.sort.length === 0) {
      query = { ...query, sort: readOrder(argument) };
    } else if (name === '$skip' && isFresh) query = { ...query, skip: amount(argument, name, 0) };
    else if (name === '$limit' && query.limit === null)
      query = { ...query, limit: amount(argument, name, 1) };
    else break;
    taken += 1;
  }
  const [only, second] = filters;
  return { query: only && !second ? { ...query, filter: only } : query, rest: given.slice(taken) };
}

/** `{ $group: { _id: 1, n: { $sum: 1 } } }`, which is how drivers count documents. */
function counts(rest: readonly Value[]): { id: Value; name: string } | null {
  const [stage, second] = rest;
  const spec = isDoc(stage) && second === undefined ? stage.get('$group') : undefined;
  if (!isDoc(spec) || spec.size !== 2) return null;
  const id = spec.get('_id');
  const [name, given] = [...spec].find(([each]) => each !== '_id') ?? [];
  const isConstant = id === null || wholeNumber(id) !== null;
  const sum = isDoc(given) && given.size === 1 ? given.get('$sum') : undefined;
  if (id === undefined || !isConstant || name === undefined || !(sum instanceof Int32) || sum.value !== 1)
    return null;
  return { id, name };
}

/** Runs a pipeline over a collection (null: one that does not exist). */
export function runOn(
  collection: Collection | null,
  given: readonly Value[],
  setting: Setting,
): Iterable<Doc> {
  const { query, rest } = splitHead(given, setting);
  const counted = counts(rest);
  if (counted && collection) {
    const total = countRows(collection, query);
    return total === 0
      ? []
      : [
          new Map<string, Value>([
            ['_id', counted.id],
            [counted.name, integer(total)],
          ]),
        ];
  }
  return compileStages(rest, setting)(collection ? documentsOf(collection, query) : []);
}

function* documentsOf(collection: Collection, query: Query): Generator<Doc> {
  let seen = 0;
  for (const { document } of findRows(collection, query)) {
    seen += 1;
    if (seen % 256 === 0) checkDeadline(query.deadline);
    yield document;
  }
}

export const headQuery = (given: readonly Value[], setting: Setting): Query =>
  splitHead(given, setting).query;
