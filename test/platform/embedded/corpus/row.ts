import type { Fields } from '../store-under-test.js';

/** Documents with one field each, and which of them (by _id, sorted) a filter finds; a number is the refusal's code. */
export interface FilterTable {
  readonly name: string;
  readonly rows: readonly Fields[];
  readonly cases: readonly FilterCase[];
}

export type FilterCase = readonly [filter: Fields, ids: string | number];

export interface UpdateCase {
  readonly name: string;
  readonly before: Fields;
  readonly update: Fields | Fields[];
  /** The document afterwards, types included, or the code of the refusal, which changes nothing. */
  readonly after: Fields | number;
  readonly filter?: Fields;
  readonly arrayFilters?: Fields[];
}

export interface UpsertCase {
  readonly name: string;
  readonly filter: Fields;
  readonly update: Fields | Fields[];
  readonly after: Fields | number;
  readonly arrayFilters?: Fields[];
}

export interface ProjectionCase {
  readonly projection: Fields;
  readonly before: Fields;
  readonly after: Fields | number;
  readonly filter?: Fields;
}

export interface SortCase {
  readonly name: string;
  readonly rows: readonly Fields[];
  readonly sort: Readonly<Record<string, 1 | -1>>;
  readonly ids: string;
}

export interface PipelineCase {
  readonly name: string;
  readonly rows: readonly Fields[];
  readonly pipeline: Fields[];
  /** What comes out, types included, or the code of the refusal. */
  readonly after: readonly Fields[] | number;
}

/** An expression over one document and its value, type included; a number in a list of its own is a refusal's code. */
export type ExpressionCase = readonly [expression: unknown, value: unknown];

export type ExpressionRefusal = readonly [expression: unknown, code: number];
