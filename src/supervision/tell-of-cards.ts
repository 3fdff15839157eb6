import type { GetTownTimes } from '../clocks/get-town-times.ts';
import type { DirectoryStore } from '../directory/directory-store.ts';
import type { Recipient } from '../domain/clocks/ladder.ts';
import { inWorkingTime } from '../domain/clocks/quiet-hours.ts';
import { dayOf } from '../domain/clocks/zoned-day.ts';
import { standInsOf } from '../domain/directory/stand-in.ts';
import { mayBeTold } from '../domain/permissions/permissions.ts';
import { cardAddress } from '../domain/supervision/card-number.ts';
import type { Card, CardAction, CardEvent } from '../domain/supervision/card.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import { QUEUED, type NoticeTemplate } from '../notices/notice.ts';
import type { NoticeStore } from '../notices/notice-store.ts';
import type { FindRecipients } from '../notices/plan-notices.ts';

/** Who has to hear of it; the steps of the ladder tell of what they issue themselves. */
const TOLD: Readonly<Partial<Record<CardAction | 'issue', readonly [NoticeTemplate, Recipient]>>> = {
  issue: ['orderIssued', 'head'],
  appeal: ['cardAppealed', 'supervisor'],
  answer: ['orderAnswered', 'supervisor'],
  uphold: ['cardDecided', 'head'],
  withdraw: ['cardDecided', 'head'],
  sendBack: ['orderIssued', 'head'],
};

/** Tells whoever has the next word on a document. Told again, it is one notice. */
export function makeTellOfCards(deps: {
  notices: Pick<NoticeStore, 'add'>;
  matters: Pick<MatterStore, 'byId'>;
  directory: Pick<DirectoryStore, 'people'>;
  findRecipients: FindRecipients;
  getTownTimes: GetTownTimes;
}) {
  return async (card: Card, { what, seq, at }: CardEvent): Promise<void> => {
    const told = TOLD[what];
    const matter = told && (await deps.matters.byId(card.matterId));
    if (!told || !matter) return;
    const [template, role] = told;
    const { calendar } = await deps.getTownTimes();
    // The unit the document addresses, whoever has the matter now; the office has no head, and a unit may be without one.
    const ofUnit = await deps.findRecipients(role, { ...matter, lead: card.unit, joinedTo: null });
    const ofOffice = () => deps.findRecipients(role, { ...matter, lead: null, joinedTo: null });
    const found = ofUnit.length > 0 ? ofUnit : await ofOffice();
    const people = standInsOf(found, await deps.directory.people(), dayOf(at, calendar.zone), (person) =>
      mayBeTold(person, matter),
    );
    await deps.notices.add(
      people.map(({ id }) => ({
        ...QUEUED,
        key: `${card.matterId}/${cardAddress(card)}/${seq}-${template}/${id}/mail`,
        matterId: card.matterId,
        number: card.matterNumber,
        template,
        recipient: { role, personId: id },
        channel: 'mail',
        seq,
        dueAt: inWorkingTime(at, calendar),
        plannedAt: at,
      })),
    );
  };
}

export type TellOfCards = ReturnType<typeof makeTellOfCards>;
