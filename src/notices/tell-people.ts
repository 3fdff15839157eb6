import type { GetTownTimes } from '../clocks/get-town-times.ts';
import { dayOf } from '../domain/clocks/zoned-day.ts';
import { standInsOf } from '../domain/directory/stand-in.ts';
import { mayBeTold } from '../domain/permissions/permissions.ts';
import type { DirectoryStore } from '../directory/directory-store.ts';
import type { MatterListener } from '../matters/announce.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import type { MessageWishStore } from './message-wish-store.ts';
import type { NoticeStore } from './notice-store.ts';
import { planNotices, type FindRecipients } from './plan-notices.ts';

/** Hears of events and puts what is to be said into the ledger. Sending is another's work. */
export function makeTellPeople(deps: {
  notices: NoticeStore;
  directory: Pick<DirectoryStore, 'people' | 'peopleOf' | 'person'>;
  matters: Pick<MatterStore, 'byId'>;
  getTownTimes: GetTownTimes;
  wishes: Pick<MessageWishStore, 'of'>;
}): MatterListener {
  const find = makeFindRecipients(deps.directory, deps.matters);
  return async (news) => {
    const times = await deps.getTownTimes();
    const people = await deps.directory.people();
    const planned = await Promise.all(
      news.flatMap(({ matter, events }) => {
        const { policy, calendar } = times.forMatter(matter);
        return events.map((event) => {
          // Whoever is away is not told: it is for those who stand in for them.
          const present: FindRecipients = async (role, told) =>
            standInsOf(await find(role, told), people, dayOf(event.at, calendar.zone), (person) =>
              mayBeTold(person, told),
            );
          return planNotices(matter, event, {
            ladder: policy.ladder,
            calendar,
            find: present,
            wishes: deps.wishes,
          });
        });
      }),
    );
    await deps.notices.add(planned.flat());
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
    return directory.peopleOf(role);
  };
}
