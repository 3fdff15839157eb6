import { doc, RawDocument, type Doc } from '../bson/values.js';
import { ServerError } from '../errors.js';

const firstBatchSize = 101;

/** A reply may not exceed what a client accepts as one document. */
const maxBatchBytes = 16 * 1024 * 1024;

const idleMs = 10 * 60_000;

interface Cursor {
  readonly id: bigint;
  readonly namespace: string;
  readonly documents: Iterator<RawDocument>;
  /** Already taken from `documents`, but did not fit the last batch. */
  next: RawDocument | null;
  usedAt: number;
}

export interface Opening {
  readonly namespace: string;
  readonly documents: Iterable<RawDocument>;
  /** null: the customary 101 */
  readonly batchSize: number | null;
  /** What does not fit the first batch is not wanted. */
  readonly isSingleBatch?: boolean;
}

/** Results that clients fetch in batches. A result that fits its first batch leaves no cursor. */
export class Cursors {
  private readonly open = new Map<bigint, Cursor>();
  private lastId = BigInt(Date.now()) << 16n;

  /** How many are open. */
  get count(): number {
    return this.open.size;
  }

  /** The `cursor` field of a reply. */
  start({ namespace, documents, batchSize, isSingleBatch = false }: Opening): Doc {
    this.lastId += 1n;
    const cursor: Cursor = {
      id: this.lastId,
      namespace,
      documents: documents[Symbol.iterator](),
      next: null,
      usedAt: Date.now(),
    };
    const { batch, isDone } = take(cursor, batchSize ?? firstBatchSize);
    if (isDone || isSingleBatch) cursor.documents.return?.();
    else this.open.set(cursor.id, cursor);
    return doc({ firstBatch: batch, id: isDone || isSingleBatch ? 0n : cursor.id, ns: namespace });
  }

  more(id: bigint, namespace: string, batchSize: number | null): Doc {
    const cursor = this.open.get(id);
    if (!cursor) throw new ServerError('CursorNotFound', `cursor id ${id} not found`);
    if (cursor.namespace !== namespace) {
      throw new ServerError(
        'Unauthorized',
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      );
    }
    cursor.usedAt = Date.now();
    try {
      const { batch, isDone } = take(cursor, batchSize === null || batchSize === 0 ? Infinity : batchSize);
      if (isDone) this.open.delete(id);
      return doc({ nextBatch: batch, id: isDone ? 0n : id, ns: namespace });
    } catch (error) {
      this.open.delete(id);
      throw error;
    }
  }

  /** False when there is no such cursor. */
  kill(id: bigint): boolean {
    this.open.get(id)?.documents.return?.();
    return this.open.delete(id);
  }

  killIdle(now: number): void {
    for (const { id, usedAt } of this.open.values()) if (now - usedAt > idleMs) this.kill(id);
  }

  /** Ends the cursors over a collection that is no more (or over all databases of a rolled back write). */
  killOver(isGone: (namespace: string) => boolean): void {
    for (const { id, namespace } of this.open.values()) if (isGone(namespace)) this.kill(id);
  }
}

function take(cursor: Cursor, most: number): { batch: RawDocument[]; isDone: boolean } {
  const batch: RawDocument[] = [];
  let bytes = 0;
  for (;;) {
    const next = cursor.next ?? pull(cursor);
    cursor.next = null;
    if (next === null) return { batch, isDone: true };
    if (batch.length >= most || (batch.length > 0 && bytes + next.bytes.length > maxBatchBytes)) {
      cursor.next = next;
      return { batch, isDone: false };
    }
    batch.push(next);
    bytes += next.bytes.length;
  }
}

function pull(cursor: Cursor): RawDocument | null {
  const step = cursor.documents.next();
  return step.done === true ? null : step.value;
}
