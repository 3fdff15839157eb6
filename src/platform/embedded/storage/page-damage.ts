import type { DatabaseSyncInstance } from '@photostructure/sqlite';

/** What SQLite finds wrong with its own pages; null when they are whole. Reads the file once, some 1.5 GB a second. */
export function structuralDamage(sqlite: DatabaseSyncInstance): string | null {
  const row: unknown = sqlite.prepare('PRAGMA quick_check(1)').get();
  const found = typeof row === 'object' && row !== null ? Object.values(row)[0] : undefined;
  return found === 'ok' ? null : String(found).replaceAll(/\s+/g, ' ').trim();
}
