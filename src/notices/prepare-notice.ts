import type { DirectoryStore } from '../directory/directory-store.ts';
import type { Matter } from '../domain/matters/matter.ts';
import { mayBeTold } from '../domain/permissions/permissions.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import { othersInSet } from '../matters/others-in-set.ts';
import type { Compose } from './compose-message.ts';
import type { ComposeForFollower } from './follower-notice.ts';
import { mootness } from './mootness.ts';
import type { Notice } from './notice.ts';
import type { StillWanted } from './still-wanted.ts';
import type { Prepared } from './prepared.ts';
import type { ComposeTownNotice } from './town-notice.ts';

export type PrepareNotice = (notice: Notice, now: Date) => Promise<Prepared>;

/** Looks up at the last moment whether a notice is still needed, what it says and where it goes. */
export function makePrepareNotice(deps: {
  matters: Pick<MatterStore, 'byId' | 'joinedTo'>;
  directory: Pick<DirectoryStore, 'person'>;
  compose: Compose;
  composeForFollower: ComposeForFollower;
  composeTownNotice: ComposeTownNotice;
  stillWanted: StillWanted;
}): PrepareNotice {
  return async (notice, now) => {
    if (notice.matterId === null) return deps.composeTownNotice(notice, now);
    const matter = await deps.matters.byId(notice.matterId);
    const unsent = matter ? mootness(notice, matter) : 'moot';
    if (!matter || unsent !== null) return { unsent: unsent ?? 'moot' };
    const unwanted = await deps.stillWanted(notice, matter);
    if (unwanted !== null) return { unsent: unwanted };
    if (notice.recipient.role === 'follower')
      return (await deps.composeForFollower(notice, matter)) ?? { unsent: 'moot' };
    return ofMatter(deps, notice, matter);
  };
}

async function ofMatter(
  deps: Parameters<typeof makePrepareNotice>[0],
  notice: Notice,
  matter: Matter,
): Promise<Prepared> {
  const { personId } = notice.recipient;
  const person = personId ? await deps.directory.person(personId) : null;
  // Of another unit by now, or of one that was accused since.
  if (person && !mayBeTold(person, matter)) return { unsent: 'moot' };
  const to = personId ? person : matter.letter.writer;
  const address = notice.channel === 'mail' ? to?.mail : to?.phone;
  if (!address) return { unsent: 'no address' };
  const others = await othersInSet(deps.matters, matter);
  return { to: address, ...(await deps.compose(notice, matter, person, others)) };
}
