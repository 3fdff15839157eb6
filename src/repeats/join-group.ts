import { DomainError } from '../domain/domain-error.ts';
import { joinObstacle } from '../domain/matters/joining.ts';
import type { Matter } from '../domain/matters/matter.ts';
import { isAllowed } from '../domain/matters/transition.ts';
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

/**
 * 合并为一件: joins the rest of a group to the matter to which most of it can be joined; of equals to where the largest set
 * leads, or to the oldest letter.
 */
export function makeJoinGroup(deps: {
  matters: Pick<MatterStore, 'byIds'>;
  performDeskAction: PerformDeskAction;
}) {
  return async (group: readonly SeenLetter[], actor: Actor): Promise<JoinedGroup> => {
    const letters = await readable(group.map(({ id }) => id));
    const missing = letters.flatMap(({ joinedTo }) => joinedTo ?? []);
    const known = new Map([...letters, ...(await readable(missing))].map((each) => [each.id, each]));
    const leading = [...known.values()].filter(({ joinedTo }) => joinedTo === null);
    const [primary, ...others] = leading
      .map((matter) => ({ matter, places: [mayFollow(matter, leading, actor), setSize(matter, letters)] }))
      .sort((a, b) => compare(b.places, a.places) || byAge(a.matter, b.matter))
      .map(({ matter }) => matter);
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

/** How many of the others could be joined to it. */
const mayFollow = (primary: Matter, others: readonly Matter[], actor: Actor): number =>
  others.filter((other) => isAllowed(other, 'join', actor) && joinObstacle(other, primary) === null).length;

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

const compare = (a: readonly number[], b: readonly number[]): number =>
  a.map((each, index) => each - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0;

const byAge = (a: Matter, b: Matter): number =>
  a.letter.receivedAt.getTime() - b.letter.receivedAt.getTime() || (a.number < b.number ? -1 : 1);
