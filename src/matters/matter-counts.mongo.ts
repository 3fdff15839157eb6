import type { QueryFilter } from 'mongoose';
import { MATTER_STATES, type MatterState } from '../domain/matters/lifecycle.ts';
import type { matterModel, MatterRow } from './matter.schema.ts';
import type { Worklist } from './matter-store.ts';

/** How many matters a list has. Everything is counted by what it lacks: nothing need be read for that. */
export function matterCounts(matters: ReturnType<typeof matterModel>) {
  const hiddenFrom = async (
    withSecret: boolean,
    notAccusing: string | null,
    filter: QueryFilter<MatterRow> = {},
  ): Promise<number> => {
    if (!withSecret) return matters.countDocuments(secret(filter));
    return notAccusing === null ? 0 : matters.countDocuments(secret({ ...filter, accused: notAccusing }));
  };
  return {
    async ofList(worklist: Worklist): Promise<number> {
      const { states, unit, withSecret, notAccusing = null, awaitsPublication = false } = worklist;
      if (states.length > 0 || unit !== null || awaitsPublication) {
        return matters.countDocuments(worklistFilter(worklist));
      }
      return (await matters.estimatedDocumentCount()) - (await hiddenFrom(withSecret, notAccusing));
    },

    /** Of all units, without the archive. */
    async byState(
      withSecret: boolean,
      notAccusing: string | null,
    ): Promise<ReadonlyMap<MatterState, number>> {
      const counts = await Promise.all(
        MATTER_STATES.filter((state) => state !== 'archived').map(async (state) => {
          const hidden = await hiddenFrom(withSecret, notAccusing, { state });
          return [state, (await matters.countDocuments({ state })) - hidden] as const;
        }),
      );
      return new Map(counts.filter(([, count]) => count > 0));
    },
  };
}

/** Secret letters are few, and have an index of their own. */
const secret = (filter: QueryFilter<MatterRow> = {}): QueryFilter<MatterRow> => ({
  ...filter,
  'letter.kind': 'report',
});

export function worklistFilter({
  states,
  unit,
  withSecret,
  notAccusing = null,
  awaitsPublication = false,
}: Pick<
  Worklist,
  'states' | 'unit' | 'withSecret' | 'notAccusing' | 'awaitsPublication'
>): QueryFilter<MatterRow> {
  return {
    ...(states.length > 0 ? { state: { $in: [...states] } } : {}),
    // A secret letter is its lead unit's alone: a supporting unit does not even see that there is one.
    ...(unit === null
      ? {}
      : { $or: [{ lead: unit }, { supporting: unit, 'letter.kind': { $ne: 'report' } }] }),
    ...(withSecret && !awaitsPublication ? {} : { 'letter.kind': { $ne: 'report' } }),
    ...(withSecret && notAccusing !== null ? { accused: { $ne: notAccusing } } : {}),
    ...(awaitsPublication ? { publication: null, 'letter.wish': { $ne: 'private' } } : {}),
  };
}
