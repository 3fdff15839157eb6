import type { ClockPolicy } from '../domain/clocks/clock-policy.ts';

/** Who saved something, and when. */
export interface SavedBy {
  readonly by: string;
  readonly at: Date;
}

/** One version of the town's policies, with who made it. */
export interface SavedPolicy extends SavedBy {
  readonly policy: ClockPolicy;
}

/** Every version of the town's policies: matters that began under one are reckoned by it for good. */
export interface PolicyStore {
  /** In the order in which they were saved. */
  all(): Promise<ClockPolicy[]>;
  /** The same, with who saved each. */
  versions(): Promise<SavedPolicy[]>;
  /** @throws DomainError STALE when this version is there already. */
  add(policy: ClockPolicy, saved: SavedBy): Promise<void>;
}
