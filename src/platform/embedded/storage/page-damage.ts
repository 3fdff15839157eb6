import type { DatabaseSyncInstance } from '@photostructure/sqlite';

/** What SQLite finds wrong with its own pages; null when they are whole. Reads the file once, some 1.5 GB a second. */
export const structuralDamage = (sqlite: DatabaseSyncInstance): string | null =>
  found(sqlite, 'PRAGMA quick_check(1)');

/** The same for the pages of one table. */
export const tableDamage = (sqlite: DatabaseSyncInstance, table: string): string | null =>
  found(sqlite, `PRAGMA quick_check(${table})`);

function found(sqlite: DatabaseSyncInstance, check: string): string | null {
  const row: unknown = sqlite.prepare(check).get();
  const said = typeof row === 'object' && row !== null ? Object.values(row)[0] : undefined;
  return said === 'ok' ? null : String(said).replaceAll(/\s+/g, ' ').trim();
}
