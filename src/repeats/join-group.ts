import { DomainError } from '../domain/domain-error.ts';
import type { Matter } from '../domain/matters/matter.ts';
import { mayRead, type Actor } from '../domain/permissions/permissions.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import type { DeskCommand, PerformDeskAction } from '../matters/perform-desk-action.ts';

/** A letter of the group as whoever joins it saw it. */
export interface SeenLetter {
  readonly id: string;
  readonly version: number;
}

export interface JoinedGroup {
  readonly primary: string;
  /** Numbers. Letters of a set come along with the matter that led it. */
  readonly joined: readonly string[];
  readonly refused: readonly { readonly number: string; readonly because: DomainError }[];
}

/** 合并为一件: joins the rest of a group to where its largest set leads, or to its oldest letter. */
export function makeJoinGroup(deps: {
  matters: Pick<MatterStore, 'byIds'>;
  performDeskAction: PerformDeskAction;
}) {
  return async (group: readonly SeenLetter[], actor: Actor): Promise<JoinedGroup> => {
    const letters = await readable(group.map(({ id }) => id));
    const missing = letters.flatMap(({ joinedTo }) => joinedTo ?? []);
    const known = new Map([...letters, ...(await readable(missing))].map((each) => [each.id, each]));
    const leading = [...known.values()].filter(({ joinedTo }) => joinedTo === null);
    const [primary, ...others] = leading.sort(
      (a, b) =>
        setSize(b, letters) - setSize(a, letters) ||
        a.letter.receivedAt.getTime() - b.letter.receivedAt.getTime(),
    );
    if (!primary) throw new DomainError('NOT_FOUND');
    const joined: string[] = [];
    const refused: { number: string; because: DomainError }[] = [];
    for (const { id, number, version } of others) {
      const seenVersion = group.find((each) => each.id === id)?.version ?? version;
      try {
        await deps.performDeskAction({ ...NOTHING_TYPED, id, seenVersion, other: primary.number }, actor);
        joined.push(number);
      } catch (error) {
        // One letter that cannot be joined is no reason to leave the others.
        if (!(error instanceof DomainError)) throw error;
        refused.push({ number, because: error });
      }
    }
    return { primary: primary.number, joined, refused };

    async function readable(ids: readonly string[]): Promise<Matter[]> {
      return (await deps.matters.byIds([...new Set(ids)])).filter((matter) => mayRead(actor, matter));
    }
  };
}

export type JoinGroup = ReturnType<typeof makeJoinGroup>;

const setSize = ({ id }: Matter, letters: readonly Matter[]): number =>
  letters.filter(({ joinedTo }) => joinedTo === id).length;

const NOTHING_TYPED: Omit<DeskCommand, 'id' | 'seenVersion' | 'other'> = {
  action: 'join',
  text: '',
  unit: '',
  supporting: [],
  accused: [],
  ground: 'litigation',
  resolution: 'solved',
  days: 0,
  confirmation: '',
};
