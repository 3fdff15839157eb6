import type { Matter } from '../domain/matters/matter.ts';
import type { MatterStore } from './matter-store.ts';

/** The other letters of a matter's set, the primary first. */
export async function othersInSet(
  matters: Pick<MatterStore, 'byId' | 'joinedTo'>,
  matter: Matter,
): Promise<readonly Matter[]> {
  const leads = matter.joinedTo === null ? matter : await matters.byId(matter.joinedTo);
  if (!leads) return [];
  return [leads, ...(await matters.joinedTo(leads.id))].filter(({ id }) => id !== matter.id);
}
