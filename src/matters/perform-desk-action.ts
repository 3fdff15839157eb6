import { parseLetterNumber } from '../domain/letters/letter-number.ts';
import { DomainError } from '../domain/domain-error.ts';
import { reopen } from '../domain/matters/citizen-acts.ts';
import { joinObstacle } from '../domain/matters/joining.ts';
import type { Matter } from '../domain/matters/matter.ts';
import { assertAllowed, isAllowed } from '../domain/matters/transition.ts';
import { mayRead, type Actor } from '../domain/permissions/permissions.ts';
import { answerFingerprint } from '../domain/replies/answer-fingerprint.ts';
import { replyGuards, type ReplyGuard } from '../domain/replies/reply-guards.ts';
import type { DirectoryStore } from '../directory/directory-store.ts';
import type { CompareLetters } from './compare-letters.ts';
import type { ChangeMatter } from './change-matter.ts';
import { DESK_ACTIONS, type DeskActionName, type DeskInput } from './desk-actions.ts';
import type { MatterStore } from './matter-store.ts';
import { othersInSet } from './others-in-set.ts';

/** A form of the desk that passed its check. `other` is the number of the matter to join. */
export interface DeskCommand extends DeskInput {
  readonly id: string;
  readonly action: DeskActionName;
  readonly seenVersion: number;
  readonly other: string;
}

/** The desk's one use case: look up what the action needs, then change the matter. */
export function makePerformDeskAction(deps: {
  matters: MatterStore;
  directory: Pick<DirectoryStore, 'units'>;
  changeMatter: ChangeMatter;
  compareLetters: CompareLetters;
}) {
  return async (command: DeskCommand, actor: Actor): Promise<Matter> => {
    const matter = await deps.matters.byId(command.id);
    if (!matter || !mayRead(actor, matter)) throw new DomainError('NOT_FOUND');
    // Before anything is changed: to join may open the other matter anew.
    if (matter.version !== command.seenVersion) throw new DomainError('STALE');
    await refuseUnknownUnits(command, deps.directory);
    const set = command.other === '' ? null : await findSet(command.other, actor, deps.matters);
    const decide = DESK_ACTIONS[command.action](command, actor, {
      set: set && command.action === 'join' ? await openedAnew(deps.changeMatter, matter, set, actor) : set,
      evidence: set && (await deps.compareLetters(matter, set[0])),
      guards: await guardsFor(matter, deps.matters),
      officePhones: (await deps.directory.units()).map(({ phone }) => phone),
      others: (await othersInSet(deps.matters, matter)).map(({ letter }) => letter.writer),
    });
    return deps.changeMatter(command.id, decide, command.seenVersion);
  };
}

export type PerformDeskAction = ReturnType<typeof makePerformDeskAction>;

/** Guards that fire on the open round's text; shown on the page and heeded when it is sent on. */
export async function guardsFor(
  matter: Matter,
  matters: Pick<MatterStore, 'isAnsweredWith'>,
): Promise<ReplyGuard[]> {
  const round = matter.rounds.at(-1);
  if (!round || !['drafted', 'inReview'].includes(matter.state)) return [];
  const isUsedElsewhere = await matters.isAnsweredWith(answerFingerprint(round.text), matter.id);
  return replyGuards(round.text, { ...matter.letter, number: matter.number }, isUsedElsewhere);
}

/** The matter a clerk named, with its set. What this person may not read is not there. */
async function findSet(
  typed: string,
  actor: Actor,
  matters: Pick<MatterStore, 'byNumber' | 'joinedTo'>,
): Promise<[Matter, ...Matter[]]> {
  const number = parseLetterNumber(typed);
  const primary = number === null ? null : await matters.byNumber(number);
  if (!primary || !mayRead(actor, primary))
    throw new DomainError('INVALID_INPUT', { fields: [{ field: 'other', rule: 'letterNumber.unknown' }] });
  return [primary, ...(await matters.joinedTo(primary.id))];
}

/** Somebody writes again after having had the answer: the matter gets a new round, and the letter joins that. */
async function openedAnew(
  changeMatter: ChangeMatter,
  matter: Matter,
  [primary, ...others]: readonly [Matter, ...Matter[]],
  actor: Actor,
): Promise<readonly [Matter, ...Matter[]]> {
  if (joinObstacle(matter, primary, others) !== 'newRound' || !isAllowed(primary, 'reopen', actor))
    return [primary, ...others];
  assertAllowed(matter, 'join', actor);
  const reopened = await changeMatter(
    primary.id,
    (current, now, town) => reopen(current, matter.number, actor, now, town),
    primary.version,
  );
  return [reopened, ...others];
}

async function refuseUnknownUnits(
  command: DeskCommand,
  directory: Pick<DirectoryStore, 'units'>,
): Promise<void> {
  const { action } = command;
  if (action !== 'assign' && action !== 'nameAccused') return;
  const named = action === 'assign' ? [command.unit, ...command.supporting] : command.accused;
  const known = new Set((await directory.units()).map((unit) => unit.id));
  if (!named.every((unit) => known.has(unit))) {
    const field = action === 'assign' ? 'unit' : 'accused';
    throw new DomainError('INVALID_INPUT', { fields: [{ field, rule: 'unit.unknown' }] });
  }
}
