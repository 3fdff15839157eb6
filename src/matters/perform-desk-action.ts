import { parseLetterNumber } from '../domain/letters/letter-number.ts';
import { DomainError } from '../domain/domain-error.ts';
import type { Matter } from '../domain/matters/matter.ts';
import { mayRead, type Actor } from '../domain/permissions/permissions.ts';
import { answerFingerprint } from '../domain/replies/answer-fingerprint.ts';
import { replyGuards, type ReplyGuard } from '../domain/replies/reply-guards.ts';
import type { DirectoryStore } from '../directory/directory-store.ts';
import type { ChangeMatter } from './change-matter.ts';
import { DESK_ACTIONS, type DeskActionName, type DeskInput } from './desk-actions.ts';
import type { MatterStore } from './matter-store.ts';

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
}) {
  return async (command: DeskCommand, actor: Actor): Promise<Matter> => {
    const matter = await deps.matters.byId(command.id);
    if (!matter || !mayRead(actor, matter)) throw new DomainError('NOT_FOUND');
    await refuseUnknownUnits(command, deps.directory);
    const decide = DESK_ACTIONS[command.action](command, actor, {
      primary: command.action === 'join' ? await findPrimary(command, deps.matters) : null,
      guards: await guardsFor(matter, deps.matters),
      officePhones: (await deps.directory.units()).map(({ phone }) => phone),
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

async function findPrimary({ id, other }: DeskCommand, matters: MatterStore): Promise<Matter> {
  // One level deep: what others are joined to is not joined itself.
  if (await matters.hasJoined(id)) throw new DomainError('JOIN_NOT_POSSIBLE', { params: { number: other } });
  const number = parseLetterNumber(other);
  const primary = number === null ? null : await matters.byNumber(number);
  if (!primary)
    throw new DomainError('INVALID_INPUT', { fields: [{ field: 'other', rule: 'letterNumber.unknown' }] });
  return primary;
}

async function refuseUnknownUnits(
  command: DeskCommand,
  directory: Pick<DirectoryStore, 'units'>,
): Promise<void> {
  if (command.action !== 'assign') return;
  const known = new Set((await directory.units()).map((unit) => unit.id));
  if (![command.unit, ...command.supporting].every((unit) => known.has(unit))) {
    throw new DomainError('INVALID_INPUT', { fields: [{ field: 'unit', rule: 'unit.unknown' }] });
  }
}
