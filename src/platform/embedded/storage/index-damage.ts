import type { Collection } from './collection.js';

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
