import type { Matter } from '../domain/matters/matter.ts';
import type { ChangeMatter } from '../matters/change-matter.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import { othersInSet } from '../matters/others-in-set.ts';
import { CITIZEN_ACTIONS, type CitizenActionName, type CitizenInput } from './citizen-actions.ts';

/** What the writer does with number and code. A rating is of the one answer of a set, and counts once for a person. */
export function makeActAsWriter(deps: {
  matters: Pick<MatterStore, 'byId' | 'joinedTo'>;
  changeMatter: ChangeMatter;
}) {
  return async (matter: Matter, action: CitizenActionName, input: CitizenInput): Promise<Matter> => {
    const set = action === 'rate' ? await othersInSet(deps.matters, matter) : [];
    return deps.changeMatter(matter.id, CITIZEN_ACTIONS[action](input, set));
  };
}
