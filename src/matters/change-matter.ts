import type { GetTownTimes } from '../clocks/get-town-times.ts';
import type { TownTime } from '../domain/clocks/matter-clock.ts';
import { DomainError } from '../domain/domain-error.ts';
import type { Change, Matter } from '../domain/matters/matter.ts';
import type { Clock } from '../platform/clock.ts';
import { newsOf, type Announce } from './announce.ts';
import type { MatterStore } from './matter-store.ts';

/** One decision about one matter: a pure function of the matter, the moment and the town's rules about time. Null: as it is. */
export type Decide = (matter: Matter, now: Date, town: TownTime) => Change | null;

export interface ChangeMatterDeps {
  readonly matters: MatterStore;
  readonly clock: Clock;
  readonly getTownTimes: GetTownTimes;
  readonly announce: Announce;
}

/**
 * Load, decide, write over the version that was read, announce. `seenVersion` is the version on the page the decision
 * was made from; @throws DomainError NOT_FOUND, STALE, and whatever the decision refuses.
 */
export function makeChangeMatter({ matters, clock, getTownTimes, announce }: ChangeMatterDeps) {
  return async (id: string, decide: Decide, seenVersion?: number): Promise<Matter> => {
    const before = await matters.byId(id);
    if (!before) throw new DomainError('NOT_FOUND');
    if (seenVersion !== undefined && seenVersion !== before.version) throw new DomainError('STALE');
    const times = await getTownTimes();
    const change = decide(before, clock.now(), times.forMatter(before));
    if (!change) return before;
    await matters.save(change);
    await announce([newsOf(change)]);
    return change.matter;
  };
}

export type ChangeMatter = ReturnType<typeof makeChangeMatter>;
