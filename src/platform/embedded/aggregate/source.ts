import type { Value } from '../bson/values.js';
import { ServerError } from '../errors.js';
import type { Collection } from '../storage/collection.js';
import type { Store } from '../storage/store.js';

/** Where documents come from: a collection (null: one that does not exist), and the stages of the views over it. */
export interface Source {
  readonly collection: Collection | null;
  readonly stages: readonly Value[];
}

/** MongoDB's limit, which also ends views that lead back to themselves. */
const deepestView = 20;

export function sourceOf(store: Store, db: string, name: string): Source {
  let stages: readonly Value[] = [];
  let at = name;
  for (let depth = 0; depth <= deepestView; depth += 1) {
    const view = store.view(db, at);
    if (!view) return { collection: store.find(db, at), stages };
    stages = [...view.pipeline, ...stages];
    at = view.on;
  }
  throw new ServerError(
    'ViewDepthLimitExceeded',
    `View depth too deep or view cycle detected; ${db}.${name} exceeds ${deepestView} views`,
  );
}
