import type { LadderRung } from '../domain/clocks/ladder.ts';
import { isSecret } from '../domain/letters/letter.ts';
import type { DirectoryStore } from '../directory/directory-store.ts';
import type { MatterListener } from '../matters/announce.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import type { NoticeStore } from './notice-store.ts';
import { planNotices, type FindRecipients } from './plan-notices.ts';

/** Hears of events and puts what is to be said into the ledger. Sending is another's work. */
export function makeTellPeople(deps: {
  notices: NoticeStore;
  directory: Pick<DirectoryStore, 'peopleOf' | 'person'>;
  matters: Pick<MatterStore, 'byId'>;
  ladder: readonly LadderRung[];
  zone: string;
}): MatterListener {
  const find = makeFindRecipients(deps.directory, deps.matters);
  return async (matter, events) => {
    for (const event of events) {
      await deps.notices.add(
        await planNotices(matter, event, { ladder: deps.ladder, zone: deps.zone, find }),
      );
    }
  };
}

/** Whom a notice means by a role. */
export function makeFindRecipients(
  directory: Pick<DirectoryStore, 'peopleOf' | 'person'>,
  matters: Pick<MatterStore, 'byId'>,
): FindRecipients {
  return async (role, told) => {
    if (role === 'citizen') return [];
    // A joined letter is in the hands of whoever handles its primary.
    const primary = told.joinedTo === null ? null : await matters.byId(told.joinedTo);
    const matter = primary ?? told;
    if (primary && primary.lead === null) return [];
    if (role === 'handler' && matter.handler) {
      const handler = await directory.person(matter.handler);
      return handler ? [handler] : [];
    }
    if (role === 'handler' || role === 'head') {
      // Before a unit has it, the office answers for the clock.
      return matter.lead ? directory.peopleOf(role, matter.lead) : directory.peopleOf('dispatcher');
    }
    if (isSecret(matter.letter) && role === 'deputyLeader') return [];
    return directory.peopleOf(role);
  };
}
