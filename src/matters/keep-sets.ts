import { DomainError } from '../domain/domain-error.ts';
import { isSecret } from '../domain/letters/letter.ts';
import { isSentAgain } from '../domain/letters/same-person.ts';
import {
  follow,
  isAnswered,
  join,
  joinObstacle,
  passOnNote,
  separate,
  shareAnswer,
} from '../domain/matters/joining.ts';
import { OPEN_STATES } from '../domain/matters/lifecycle.ts';
import type { Matter, MatterEvent } from '../domain/matters/matter.ts';
import { CLOCK } from '../domain/permissions/permissions.ts';
import { oneByOne, type MatterListener } from './announce.ts';
import type { ChangeMatter, Decide } from './change-matter.ts';
import type { MatterStore } from './matter-store.ts';

interface Deps {
  readonly matters: Pick<MatterStore, 'byId' | 'joinedTo' | 'withWords'>;
  readonly changeMatter: ChangeMatter;
  readonly wordsHash: (letter: Matter['letter']) => string;
}

/** After these a set may stand otherwise than the rules of sets want it. */
const STIRRING: readonly MatterEvent['what'][] = ['join', 'follow', 'approve', 'refuse', 'withdraw'];

/**
 * Keeps sets as they should be, whoever changed them and wherever a process died: one level deep, no circle, the answer
 * with every writer, what is said on a joined letter with its handler. Looks at how things stand, not at what was told: to
 * hear of a change twice, or late, does nothing.
 */
export function makeKeepSets(deps: Deps): MatterListener {
  return oneByOne(async (matter, events) => {
    for (const event of events) {
      if (event.what === 'open') await joinSentAgain(deps, matter);
      else if (STIRRING.includes(event.what)) await settle(deps, matter.id);
      else if (event.what === 'addNote' && event.by.role === 'citizen')
        await tellPrimary(deps, matter, event);
    }
  });
}

async function settle(deps: Deps, id: string): Promise<void> {
  const matter = await deps.matters.byId(id);
  if (!matter) return;
  const primary = matter.joinedTo === null ? null : await deps.matters.byId(matter.joinedTo);
  if (primary) await settleUnder(deps, matter, primary);
  else await settleAround(deps, matter);
}

/** `matter` is joined to `primary`. */
async function settleUnder(deps: Deps, matter: Matter, primary: Matter): Promise<void> {
  if (primary.joinedTo === matter.id) {
    // Two clerks joined the two to each other in the same moment: the older letter leads.
    const [elder] = [matter, primary].sort(byAge);
    if (elder) await change(deps, elder.id, (current, now) => separate(current, CLOCK, now));
    await settle(deps, primary.id);
    await settle(deps, matter.id);
    return;
  }
  if (isOver(primary)) await change(deps, matter.id, (current, now) => separate(current, CLOCK, now));
  else if (primary.joinedTo === null)
    await change(deps, matter.id, (current, now, town) => shareAnswer(current, primary, CLOCK, now, town));
  // Whatever was joined to this one goes along to where the set leads.
  const leads = primary.joinedTo === null ? primary : await deps.matters.byId(primary.joinedTo);
  const behind = await deps.matters.joinedTo(matter.id);
  if (leads && !isOver(primary)) {
    for (const one of primary.joinedTo === null ? behind : [matter, ...behind])
      await change(deps, one.id, (current, now) =>
        current.joinedTo === leads.id ? null : follow(current, leads, CLOCK, now),
      );
  }
}

/** `primary` leads, or stands alone. */
async function settleAround(deps: Deps, primary: Matter): Promise<void> {
  if (isAnswered(primary)) {
    for (const { id } of await deps.matters.joinedTo(primary.id))
      await change(deps, id, (current, now, town) => shareAnswer(current, primary, CLOCK, now, town));
  } else if (isOver(primary)) {
    // Its writer withdrew, or it was not accepted: the oldest of the others leads from now on.
    const [next, ...others] = await deps.matters.joinedTo(primary.id);
    if (!next) return;
    await change(deps, next.id, (current, now) => separate(current, CLOCK, now));
    for (const { id } of others) await change(deps, id, (current, now) => follow(current, next, CLOCK, now));
  }
}

const isOver = ({ state, resolution, joinedTo }: Matter): boolean =>
  joinedTo === null && (state === 'notAccepted' || resolution === 'withdrawn');

const byAge = (a: Matter, b: Matter): number =>
  a.letter.receivedAt.getTime() - b.letter.receivedAt.getTime() || (a.number < b.number ? -1 : 1);

/** A letter that its writer sent once more, word for word: joined by itself while the first one is open; a person can undo it. */
async function joinSentAgain(deps: Deps, matter: Matter): Promise<void> {
  if (isSecret(matter.letter) || matter.origin !== null) return;
  const alike = await deps.matters.withWords(deps.wordsHash(matter.letter));
  const before = alike.filter(
    (other) => byAge(other, matter) < 0 && isSentAgain(matter.letter, other.letter),
  );
  const set = await firstOpenSet(deps, matter, before);
  if (!set) return;
  const [primary] = set;
  // Only as it came: whatever a person has done with it since stands.
  await change(deps, matter.id, (current, now) =>
    current.version === 1 ? join(current, set, null, CLOCK, now) : null,
  );
  await change(deps, primary.id, (current, now) => passOnNote(current, matter, { seq: 1 }, CLOCK, now));
}

/** An older one may have been answered and the next be open: the oldest that is open leads. */
async function firstOpenSet(
  { matters }: Deps,
  matter: Matter,
  before: readonly Matter[],
): Promise<[Matter, Matter] | null> {
  for (const first of before) {
    const primary = first.joinedTo === null ? first : await matters.byId(first.joinedTo);
    if (primary && OPEN_STATES.includes(primary.state) && joinObstacle(matter, primary) === null)
      return [primary, first];
  }
  return null;
}

async function tellPrimary(deps: Deps, matter: Matter, note: MatterEvent): Promise<void> {
  const current = await deps.matters.byId(matter.id);
  if (!current?.joinedTo) return;
  await change(deps, current.joinedTo, (primary, now) => passOnNote(primary, matter, note, CLOCK, now));
}

const TRIES = 5;

/** Somebody else was first: looked at again, since the rule holds whatever they did. */
async function change({ matters, changeMatter }: Deps, id: string, decide: Decide): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const seen = await matters.byId(id);
    if (!seen) return;
    try {
      await changeMatter(id, decide, seen.version);
      return;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      // A person moved it where the rule does not reach.
      if (error.code !== 'STALE') return;
      if (tries === TRIES) throw error;
    }
  }
}
