import { ServerError } from '../errors.js';
import { Row, type Collection } from '../storage/collection.js';
import { matches, type Filter } from './filter.js';
import { planQuery, type IndexPlan, type Plan, type SortOrder } from './planner.js';
import type { Value } from '../bson/values.js';
import { sortItems, sortKeyOf } from './sort.js';

export interface Query {
  readonly filter: Filter;
  readonly sort: SortOrder;
  readonly skip: number;
  /** null: all */
  readonly limit: number | null;
  readonly hint: Value | undefined;
  readonly deadline: Deadline;
}

/** When a command has to give up, in milliseconds since the epoch; null: never. */
export type Deadline = number | null;

/** What a query had to look at, for explain. */
export interface Effort {
  keys: number;
  documents: number;
}

const wantedOf = ({ skip, limit }: Query): number | null => (limit === null ? null : skip + limit);

export const planOf = (collection: Collection, query: Query): Plan =>
  planQuery(collection, { ...query, limit: wantedOf(query) });

/** The documents of a query, lazily: a consumer may stop, or wait between two of them, at any time. */
export function* findRows(
  collection: Collection,
  query: Query,
  effort: Effort = { keys: 0, documents: 0 },
  plan: Plan = planOf(collection, query),
): Generator<Row> {
  const { sort, skip } = query;
  const found = accepted(walk(collection, plan, effort), query, plan);
  const wanted = wantedOf(query);
  if (plan.isSorted || sort.length === 0) {
    yield* window(found, skip, wanted);
    return;
  }
  const keyOf = sortKeyOf(sort);
  const key = (row: Row): Buffer => {
    const made = keyOf(row.document);
    row.forget();
    return made;
  };
  yield* window(sortItems(found, { key, wanted, sizeOf: ({ bytes }) => bytes.length }), skip, wanted);
}

function* window(rows: Iterable<Row>, skip: number, wanted: number | null): Generator<Row> {
  let passed = 0;
  if (wanted === 0) return;
  for (const row of rows) {
    passed += 1;
    if (passed > skip) yield row;
    if (wanted !== null && passed >= wanted) return;
  }
}

function* accepted(rows: Iterable<Row>, { filter, deadline }: Query, plan: Plan): Generator<Row> {
  const isCertain = plan.kind === 'index' && plan.isExact;
  let looked = 0;
  for (const row of rows) {
    looked += 1;
    if (deadline !== null && looked % 64 === 0) checkDeadline(deadline);
    if (isCertain || matches(filter, row.document)) yield row;
  }
}

export function checkDeadline(deadline: Deadline): void {
  if (deadline !== null && Date.now() > deadline) {
    throw new ServerError('MaxTimeMSExpired', 'operation exceeded time limit');
  }
}

function* walk(collection: Collection, plan: Plan, effort: Effort): Generator<Row> {
  if (plan.kind === 'collection') {
    for (const row of collection.walk(plan.isBackward)) {
      effort.documents += 1;
      yield row;
    }
    return;
  }
  const plans = plan.kind === 'union' ? plan.plans : [plan];
  const seen = new Set<number>();
  const mayRepeat = plans.length > 1 || plans.some(({ index }) => index.multikey.size > 0);
  for (const each of plans) {
    for (const row of walkIndex(each, effort)) {
      if (mayRepeat && seen.has(row.rid)) continue;
      if (mayRepeat) seen.add(row.rid);
      yield row;
    }
  }
}

function* walkIndex({ index, ranges, isBackward }: IndexPlan, effort: Effort): Generator<Row> {
  index.uses.count += 1;
  for (const range of isBackward ? ranges.toReversed() : ranges) {
    for (const { rid, bytes } of index.walk(range, isBackward)) {
      effort.keys += 1;
      effort.documents += 1;
      yield new Row(rid, bytes);
    }
  }
}

/** How many documents pass; an exact index answers without reading them. */
export function countRows(collection: Collection, query: Query): number {
  const { filter, skip, limit } = query;
  const cut = (total: number): number => Math.min(Math.max(total - skip, 0), limit ?? Infinity);
  if (filter.kind === 'and' && filter.parts.length === 0) return cut(collection.count());
  const plan = planOf(collection, query);
  if (plan.kind === 'index' && plan.isExact) {
    plan.index.uses.count += 1;
    return cut(plan.ranges.reduce((total, range) => total + plan.index.count(range, -1), 0));
  }
  let total = 0;
  for (const row of findRows(collection, query, undefined, plan)) total += row.rid > 0 ? 1 : 0;
  return total;
}
