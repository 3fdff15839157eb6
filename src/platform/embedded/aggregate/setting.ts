import type { Value } from '../bson/values.js';
import type { Deadline } from '../query/find.js';
import type { Store } from '../storage/store.js';
import type { Environment } from './expression-types.js';

/** What stages need besides their documents. */
export interface Setting {
  readonly store: Store;
  readonly db: string;
  readonly environment: Environment;
  readonly deadline: Deadline;
  readonly hint: Value | undefined;
}
