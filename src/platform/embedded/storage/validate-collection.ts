import { decode } from '../bson/codec.js';
import { show, type Doc } from '../bson/values.js';
import { matches } from '../query/filter.js';
import type { Collection } from './collection.js';
import type { StoredIndex } from './stored-index.js';

/** What is wrong with a collection; nothing, when the lists are empty. */
export interface Findings {
  readonly documents: number;
  /** Documents that cannot be read, by their place. */
  readonly corrupt: readonly number[];
  /** Documents that break the collection's rule; they may be older than it. */
  readonly nonCompliant: number;
  readonly indexes: readonly IndexFindings[];
}

export interface IndexFindings {
  readonly name: string;
  readonly entries: number;
  /** Entries that documents should have and do not. */
  readonly missing: number;
  /** Entries no document has. */
  readonly extra: number;
  readonly examples: readonly string[];
}

const mostExamples = 10;

/** Reads every document and looks each of its keys up in every index; what an index holds beyond these is too much. */
export function validateCollection(collection: Collection): Findings {
  const tallies = collection.indexes.map((index) => ({
    index,
    right: 0,
    missing: 0,
    examples: [] as string[],
  }));
  const corrupt: number[] = [];
  let documents = 0;
  let nonCompliant = 0;
  for (const { rid, bytes } of collection.walk(false)) {
    documents += 1;
    const document = readable(bytes);
    if (document === null) {
      corrupt.push(rid);
      continue;
    }
    if (collection.rule && !matches(collection.rule.filter, document)) nonCompliant += 1;
    for (const tally of tallies) {
      const { keys, multikey } = tally.index.keysOf(document);
      const found = keys.filter((key) => tally.index.has(key, rid)).length;
      // An index that does not know of an array in it plans as if there were none.
      const isUnknown = multikey.some((field) => !tally.index.multikey.has(field));
      tally.right += found;
      tally.missing += keys.length - found + (isUnknown ? 1 : 0);
      if ((found < keys.length || isUnknown) && tally.examples.length < mostExamples)
        tally.examples.push(show(document.get('_id')));
    }
  }
  return { documents, corrupt, nonCompliant, indexes: tallies.map(findingsOf) };
}

function findingsOf(tally: {
  readonly index: StoredIndex;
  readonly right: number;
  readonly missing: number;
  readonly examples: readonly string[];
}): IndexFindings {
  const { index, right, missing, examples } = tally;
  const entries = index.size();
  return { name: index.spec.name, entries, missing, extra: entries - right, examples };
}

function readable(bytes: Buffer): Doc | null {
  try {
    return decode(bytes);
  } catch {
    return null;
  }
}
