import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Collection } from './collection.js';

/** What SQLite finds wrong with its own pages; null when they are whole. Reads the file once, some 1.5 GB a second. */
export function structuralDamage(sqlite: DatabaseSyncInstance): string | null {
  const row: unknown = sqlite.prepare('PRAGMA quick_check(1)').get();
  const found = typeof row === 'object' && row !== null ? Object.values(row)[0] : undefined;
  return found === 'ok' ? null : String(found).replaceAll(/\s+/g, ' ').trim();
}

/** The first index whose entries cannot belong to the documents there are; null when all agree. */
export function indexDamage(collections: Iterable<Collection>): string | null {
  for (const collection of collections) {
    const documents = collection.count();
    for (const index of collection.indexes) {
      const { sparse, partial, name } = index.spec;
      // These leave documents out; how many is known to nobody but the documents.
      if (sparse || partial) continue;
      const entries = index.size();
      const isWrong = index.multikey.size > 0 ? entries < documents : entries !== documents;
      if (isWrong)
        return `index ${name} of ${collection.namespace} has ${entries} entries for ${documents} documents`;
    }
  }
  return null;
}
