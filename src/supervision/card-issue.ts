import type { DirectoryStore } from '../directory/directory-store.ts';
import type { GetTownTimes } from '../clocks/get-town-times.ts';
import type { LadderRung } from '../domain/clocks/ladder.ts';
import type { Matter } from '../domain/matters/matter.ts';
import { mayBeTold } from '../domain/permissions/permissions.ts';
import type { CardKind, Told } from '../domain/supervision/card.ts';
import type { Issue } from '../domain/supervision/issue-card.ts';
import type { FindRecipients } from '../notices/plan-notices.ts';
import type { CardStore } from './card-store.ts';

interface Deps {
  readonly cards: Pick<CardStore, 'nextSequence'>;
  readonly directory: Pick<DirectoryStore, 'peopleOf'>;
  readonly findRecipients: FindRecipients;
  readonly getTownTimes: GetTownTimes;
}

/** Looks up what a new document needs: whom it addresses, who is told of it, and last its number. */
export function makePrepareIssue({ cards, directory, findRecipients, getTownTimes }: Deps) {
  /** `matter` as it was at issue: with the unit that had it then. */
  return async (matter: Matter, kind: CardKind, year: number): Promise<Issue> => {
    const { ladder } = (await getTownTimes()).forMatter(matter).policy;
    return {
      unit: matter.lead ?? (await directory.peopleOf('dispatcher'))[0]?.unit ?? NO_UNIT,
      told: await toldOf(matter, ladder.find(({ step }) => step === kind)?.to ?? [], findRecipients),
      sequence: await cards.nextSequence(kind, year),
    };
  };
}

export type PrepareIssue = ReturnType<typeof makePrepareIssue>;

/** A town whose office has nobody yet. */
const NO_UNIT = 'office';

async function toldOf(matter: Matter, roles: LadderRung['to'], find: FindRecipients): Promise<Told[]> {
  const told = await Promise.all(
    roles.map(async (role) => {
      const found = await find(role, matter);
      return found
        .filter((person) => mayBeTold(person, matter))
        .map(({ unit, post }) => ({ role, unit, post }));
    }),
  );
  return told.flat();
}
