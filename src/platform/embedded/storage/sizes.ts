import type { Collection } from './collection.js';
import type { Database } from './database.js';
import { isRow } from './stored-index.js';

/** What a collection takes, in bytes. Reads all its pages. */
export interface Sizes {
  /** The documents as a client sends them. */
  readonly documents: number;
  /** The pages they lie on. */
  readonly storage: number;
  /** The pages of each index, by name. */
  readonly indexes: ReadonlyMap<string, number>;
}

export function sizesOf({ sqlite }: Database, { id, indexes }: Collection): Sizes {
  const number = (sql: string, ...values: string[]): number => {
    const row: unknown = sqlite.prepare(sql).get(...values);
    return isRow(row) ? Number(row['n'] ?? 0) : 0;
  };
  const pages = (table: string): number =>
    number('SELECT sum(pgsize) AS n FROM dbstat WHERE name = ? AND aggregate = TRUE', table);
  return {
    documents: number(`SELECT sum(length(doc)) AS n FROM d_${id}`),
    storage: pages(`d_${id}`),
    indexes: new Map(indexes.map((index) => [index.spec.name, pages(`i_${index.id}`)])),
  };
}
