import { policyFor, policyName, type ClockPolicy } from '../domain/clocks/clock-policy.ts';
import { PROFILES } from '../domain/clocks/policy-profiles.ts';
import { DomainError } from '../domain/domain-error.ts';
import type { TownTimes } from '../domain/clocks/town-times.ts';
import type { GetTownTimes } from './get-town-times.ts';
import type { PolicyStore } from './policy-store.ts';
import type { ReckonClocks, ReckoningSum, TimeOf } from './reckon-clocks.ts';
import type { Actor } from '../domain/permissions/permissions.ts';
import type { Clock } from '../platform/clock.ts';

/** A policy as it was typed: which version it becomes is the program's affair. */
export type PolicyDraft = Omit<ClockPolicy, 'version'>;

export interface Adoption {
  /** The last version that was there when the draft was begun (`policyName`); null: none of the town's own. */
  readonly after: string | null;
  /** False: running clocks stay with the policy they began with. */
  readonly movesRunning: boolean;
}

/** A town changes its promises: looked at first, then saved as a new version; running clocks are moved only if asked. */
export function makeChangePolicy(deps: {
  policies: PolicyStore;
  getTownTimes: GetTownTimes & { forget(): void };
  reckonClocks: ReckonClocks;
  clock: Clock;
}) {
  const next = async (draft: PolicyDraft): Promise<ClockPolicy> => {
    const known = [...PROFILES, ...(await deps.policies.all())].filter(({ id }) => id === draft.id);
    return { ...draft, version: Math.max(0, ...known.map(({ version }) => version)) + 1 };
  };
  return {
    /** What moving the running clocks would do. */
    async preview(draft: PolicyDraft): Promise<ReckoningSum> {
      return deps.reckonClocks.preview(by(await next(draft), await deps.getTownTimes()), 'policy');
    },
    /**
     * What moving the running clocks did; null when they stay.
     * @throws DomainError STALE when a version was saved since: somebody else's, or this one, sent twice.
     */
    async adopt(
      draft: PolicyDraft,
      { after, movesRunning }: Adoption,
      actor: Actor,
    ): Promise<ReckoningSum | null> {
      const last = (await deps.policies.all()).at(-1);
      if ((last ? policyName(last) : null) !== after) throw new DomainError('STALE');
      const policy = await next(draft);
      await deps.policies.add(policy, { by: actor.id, at: deps.clock.now() });
      deps.getTownTimes.forget();
      if (!movesRunning) return null;
      return deps.reckonClocks.run(by(policy, await deps.getTownTimes()), 'policy');
    },
  };
}

export type ChangePolicy = ReturnType<typeof makeChangePolicy>;

const by =
  (policy: ClockPolicy, { calendar }: TownTimes): TimeOf =>
  ({ letter }) => ({ policy: policyFor(policy, letter), calendar });
