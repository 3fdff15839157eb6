import type { Direction } from '../bson/index-key.js';
import { equal } from '../bson/order.js';
import { isDoc, type Value } from '../bson/values.js';
import { ServerError } from '../errors.js';
import type { Collection } from '../storage/collection.js';
import type { Range, StoredIndex } from '../storage/stored-index.js';
import { boundsOf, intersect } from './bounds.js';
import type { Filter, Leaf } from './filter.js';

/** How the documents of a query are come by. */
export type Plan =
  | { readonly kind: 'collection'; readonly isBackward: boolean; readonly isSorted: boolean }
  | IndexPlan
  | { readonly kind: 'union'; readonly plans: readonly IndexPlan[]; readonly isSorted: false };

export interface IndexPlan {
  readonly kind: 'index';
  readonly index: StoredIndex;
  readonly ranges: readonly Range[];
  readonly isBackward: boolean;
  /** The entries come in the order asked for. */
  readonly isSorted: boolean;
  /** Every document found passes the whole filter. */
  readonly isExact: boolean;
  /** Leading fields held to certain values or a range; 0: the whole index is walked for its order. */
  readonly bounded: number;
}

/** A sort as read from its document: path and direction. */
export type SortOrder = readonly (readonly [path: string, direction: Direction])[];

export interface Question {
  readonly filter: Filter;
  readonly sort: SortOrder;
  /** How many documents are wanted; null: all. */
  readonly limit: number | null;
  readonly hint: Value | undefined;
}

/** More combinations of $in values than this are not spelled out as ranges. */
const mostRanges = 1000;

/** Counting the entries of a candidate stops here; beyond, all candidates look alike. */
const mostCounted = 1000;

export function planQuery(collection: Collection, question: Question): Plan {
  const { filter, sort, hint } = question;
  const natural = naturalOrder(sort, hint);
  if (natural !== null) {
    return {
      kind: 'collection',
      isBackward: natural === -1,
      isSorted: sort.length === 0 || sort[0]?.[0] === '$natural',
    };
  }
  const leaves = conjuncts(filter);
  if (hint !== undefined) return hinted(collection, leaves, question);
  const candidates = collection.indexes
    .map((index) => planIndex(index, leaves, question))
    .filter((plan) => plan !== null)
    .filter((plan) => plan.bounded > 0 || (plan.isSorted && sort.length > 0));
  const best = cheapest(candidates, collection, question);
  if (best && best.bounded > 0) return best;
  return (
    union(collection, leaves, question) ??
    best ?? { kind: 'collection', isBackward: false, isSorted: sort.length === 0 }
  );
}

function naturalOrder(sort: SortOrder, hint: Value | undefined): Direction | null {
  const [first] = sort;
  if (first?.[0] === '$natural') return first[1];
  if (isDoc(hint) && hint.has('$natural')) return 1;
  return null;
}

function hinted(collection: Collection, leaves: readonly Filter[], question: Question): Plan {
  const { hint } = question;
  const index = collection.indexes.find(
    ({ spec }) => spec.name === hint || (isDoc(hint) && equal(spec.key, hint)),
  );
  if (!index) {
    throw new ServerError(
      'BadValue',
      'error processing query: planner returned error: hint provided does not correspond to an existing index',
    );
  }
  const plan = planIndex(index, leaves, question, true);
  if (!plan)
    throw new ServerError(
      'BadValue',
      `the hinted index ${index.spec.name} does not hold every document asked for`,
    );
  return plan;
}

/** The tests a document has to pass all of. */
export function conjuncts(filter: Filter): readonly Filter[] {
  return filter.kind === 'and' ? filter.parts.flatMap(conjuncts) : [filter];
}

/** Conditions inside $elemMatch hold for some element, hence as conditions on the whole path, singly. */
function leavesOn(path: string, filters: readonly Filter[]): Leaf[] {
  return filters.flatMap((filter): Leaf[] => {
    if (filter.kind !== 'leaf') return [];
    if (filter.path === path) return [filter];
    if (!filter.within || !path.startsWith(`${filter.path}.`)) return [];
    return leavesOn(path.slice(filter.path.length + 1), conjuncts(filter.within));
  });
}

function planIndex(
  index: StoredIndex,
  filters: readonly Filter[],
  question: Question,
  whole = false,
): IndexPlan | null {
  const { spec, multikey } = index;
  if (
    spec.partial &&
    !conjuncts(spec.partial).every((part) => filters.some((filter) => implies(filter, part)))
  )
    return null;
  let ranges: readonly Range[] = [{ from: Buffer.alloc(0), to: Buffer.of(0xff) }];
  let bounded = 0;
  let isOpen = true;
  let arrays = 0;
  const used = new Set<Filter>();
  const fixed = new Set<number>();
  for (const [at, path] of [...spec.key.keys()].entries()) {
    // Two fields that went through an array may owe their values to different elements.
    if (multikey.has(at)) arrays += 1;
    const isUsable: boolean = isOpen && !(multikey.has(at) && arrays > 1);
    const bounds: FieldBounds | null = isUsable ? fieldBounds(leavesOn(path, filters), index, at) : null;
    if (!bounds || ranges.length * bounds.ranges.length > mostRanges) break;
    ranges = ranges.flatMap((range) => bounds.ranges.map((inner) => nested(range, inner, bounded === 0)));
    for (const leaf of bounds.exact) used.add(leaf);
    isOpen = bounds.isPoints;
    if (bounds.isPoints && bounds.ranges.length <= 1) fixed.add(at);
    bounded += 1;
  }
  if (spec.sparse && !whole && !excludesMissing(index, filters)) return null;
  const order = sortedBy(index, fixed, question.sort);
  return {
    kind: 'index',
    index,
    ranges,
    bounded,
    isBackward: order === -1,
    isSorted: order !== null,
    // Held to one value, an array's field brings each document once: its keys are distinct.
    isExact: [...multikey].every((at) => fixed.has(at)) && filters.every((filter) => used.has(filter)),
  };
}

/** Ranges of the leading fields are points; what follows them narrows within. */
function nested(range: Range, inner: Range, isFirst: boolean): Range {
  if (isFirst) return inner;
  return { from: Buffer.concat([range.from, inner.from]), to: Buffer.concat([range.from, inner.to]) };
}

interface FieldBounds {
  readonly ranges: readonly Range[];
  readonly isPoints: boolean;
  readonly exact: readonly Leaf[];
}

function fieldBounds(leaves: readonly Leaf[], index: StoredIndex, at: number): FieldBounds | null {
  const direction = index.spec.directions[at] ?? 1;
  const all = leaves.flatMap((leaf) => {
    const bounds = boundsOf(leaf, direction);
    return bounds ? [{ leaf, bounds }] : [];
  });
  const [first] = all.toSorted((a, b) => weight(a.bounds) - weight(b.bounds));
  if (!first) return null;
  const { bounds, leaf } = first;
  // With arrays each condition may be met by another element, so only one of them can bound the walk.
  if (bounds.isPoints || index.multikey.has(at)) {
    return { ranges: bounds.ranges, isPoints: bounds.isPoints, exact: bounds.isExact ? [leaf] : [] };
  }
  return {
    ranges: all.map((each) => each.bounds.ranges).reduce(intersect),
    isPoints: false,
    exact: all.filter((each) => each.bounds.isExact).map((each) => each.leaf),
  };
}

const weight = ({ isPoints, ranges }: { isPoints: boolean; ranges: readonly Range[] }): number =>
  isPoints ? ranges.length : mostRanges + 1;

/** A sparse index lacks documents without any of its fields; some condition must rule these out. */
function excludesMissing(index: StoredIndex, filters: readonly Filter[]): boolean {
  return [...index.spec.key.keys()].some((path) =>
    filters.some(
      (filter) =>
        filter.kind === 'leaf' && filter.path === path && !filter.test(undefined) && !filter.test(null),
    ),
  );
}

/** Whether passing `filter` means passing `part` of a partial index. */
function implies(filter: Filter, part: Filter): boolean {
  if (part.kind === 'or') return part.parts.some((each) => implies(filter, each));
  if (part.kind === 'and') return part.parts.every((each) => implies(filter, each));
  if (filter.kind !== 'leaf' || part.kind !== 'leaf' || filter.path !== part.path) return false;
  if (filter.operator === part.operator && equal(filter.operand, part.operand)) return true;
  if (filter.operator === '$eq')
    return !Array.isArray(filter.operand) && filter.operand !== null && part.test(filter.operand);
  if (filter.operator === '$in') {
    return (
      Array.isArray(filter.operand) && filter.operand.every((value) => boundable(value) && part.test(value))
    );
  }
  return part.operator === '$exists' && !filter.test(undefined);
}

const boundable = (value: Value): boolean => value !== null && !Array.isArray(value);

/** Whether the index yields the sort: 1 forward, -1 backward, null not. Fields held to one value do not matter. */
function sortedBy(index: StoredIndex, fixed: ReadonlySet<number>, sort: SortOrder): Direction | null {
  const { key, directions } = index.spec;
  const fields = [...key.keys()];
  const fixedPaths = new Set([...fixed].filter((at) => !index.multikey.has(at)).map((at) => fields[at]));
  const wanted = sort.filter(([path]) => !fixedPaths.has(path));
  let order: Direction | null = null;
  let taken = 0;
  for (const [at, field] of fields.entries()) {
    const next = wanted[taken];
    if (!next) break;
    if (next[0] !== field) {
      if (fixed.has(at)) continue;
      return null;
    }
    if (index.multikey.has(at)) return null;
    const direction: Direction = next[1] === directions[at] ? 1 : -1;
    if (order !== null && order !== direction) return null;
    order = direction;
    taken += 1;
  }
  return taken === wanted.length ? (order ?? 1) : null;
}

function cheapest(plans: readonly IndexPlan[], collection: Collection, question: Question): IndexPlan | null {
  const [only, second] = plans;
  if (!only || !second) return only ?? null;
  const unique = plans.find(
    ({ index, bounded, ranges }) =>
      index.spec.unique && bounded === index.spec.key.size && ranges.length === 1,
  );
  if (unique) return unique;
  return (
    plans
      .map((plan) => ({ plan, cost: costOf(plan, collection, question) }))
      .toSorted((a, b) => a.cost - b.cost)[0]?.plan ?? null
  );
}

/** Entries to be read, roughly; an order that must be made afterwards costs all of them. */
function costOf(plan: IndexPlan, collection: Collection, { sort, limit }: Question): number {
  let entries = 0;
  for (const range of plan.ranges) {
    if (entries < mostCounted) entries += plan.index.count(range, mostCounted - entries);
  }
  if (entries >= mostCounted)
    entries = plan.bounded > 0 ? mostCounted : Math.max(mostCounted, collection.count());
  const stopsEarly = plan.isSorted && limit !== null;
  if (stopsEarly && plan.isExact) entries = Math.min(entries, limit);
  const sorting = sort.length > 0 && !plan.isSorted ? 1 : 0;
  return entries * (1 + sorting) - plan.bounded / 10 - (plan.isExact ? 0.05 : 0);
}

/** A disjunction whose every branch has an index is the union of the branches. */
function union(collection: Collection, filters: readonly Filter[], question: Question): Plan | null {
  for (const filter of filters) {
    if (filter.kind !== 'or' || filter.parts.length === 0) continue;
    const others = filters.filter((other) => other !== filter);
    const plans = filter.parts.map((part) => {
      const leaves = [...conjuncts(part), ...others];
      const found = collection.indexes
        .map((index) => planIndex(index, leaves, { ...question, sort: [] }))
        .filter((plan) => plan !== null);
      return cheapest(
        found.filter(({ bounded }) => bounded > 0),
        collection,
        question,
      );
    });
    const indexed = plans.filter((plan) => plan !== null);
    if (indexed.length === plans.length) return { kind: 'union', plans: indexed, isSorted: false };
  }
  return null;
}
