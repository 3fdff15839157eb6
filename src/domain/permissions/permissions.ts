import type { Letter } from '../letters/letter.ts';
import { isSecret } from '../letters/letter.ts';

export const ROLES = [
  'citizen',
  'dispatcher',
  'handler',
  'head',
  'deputyLeader',
  'supervisor',
  'leader',
  'administrator',
  'auditor',
  'clock',
] as const;
export type Role = (typeof ROLES)[number];

/** Whoever does something: a person signed in, the citizen with the code, or the town's clock. */
export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** The unit a member of staff belongs to; null for citizens and the clock. */
  readonly unit: string | null;
}

export const CLOCK: Actor = { id: 'clock', name: 'clock', role: 'clock', unit: null };

/** Whoever holds number and code. The history says "the writer", never a name. */
export const CITIZEN: Actor = { id: 'citizen', name: '', role: 'citizen', unit: null };

export type Right =
  | 'readAllMatters'
  | 'readUnitMatters'
  | 'readSecretLetters'
  | 'seeContactData'
  | 'workAtDesk'
  | 'publishNotices'
  // 监察: decides about cards and gives 督办 orders.
  | 'superviseCards'
  // Says the unit's side of a card.
  | 'explainCards'
  // Appeals against a card and answers an order, in the name of the unit.
  | 'answerForUnit'
  | 'administer';

/** One table: role → rights. */
const RIGHTS: Readonly<Record<Role, readonly Right[]>> = {
  citizen: [],
  // Cards for what no unit has yet are addressed to the office.
  dispatcher: [
    'readAllMatters',
    'readSecretLetters',
    'seeContactData',
    'workAtDesk',
    'publishNotices',
    'explainCards',
    'answerForUnit',
  ],
  handler: ['readUnitMatters', 'seeContactData', 'workAtDesk', 'explainCards'],
  head: ['readUnitMatters', 'seeContactData', 'workAtDesk', 'explainCards', 'answerForUnit'],
  deputyLeader: ['readAllMatters', 'workAtDesk'],
  supervisor: ['readAllMatters', 'readSecretLetters', 'workAtDesk', 'superviseCards'],
  leader: ['readAllMatters', 'readSecretLetters', 'workAtDesk'],
  administrator: ['administer'],
  auditor: ['readAllMatters', 'workAtDesk'],
  // The clock closes and resumes secret letters like any other.
  clock: ['readAllMatters', 'readSecretLetters'],
};

export const hasRight = (actor: Pick<Actor, 'role'>, right: Right): boolean =>
  RIGHTS[actor.role].includes(right);

interface Readable {
  readonly letter: Pick<Letter, 'kind'>;
  readonly lead: string | null;
  readonly supporting: readonly string[];
  readonly accused: readonly string[];
}

/**
 * Whether staff may open a matter. A secret letter is open to its office, its readers and the unit that handles it, but
 * to nobody of a unit it accuses, whatever else they may read. The leader, to whom all units answer, is the exception.
 */
export function mayRead(actor: Pick<Actor, 'role' | 'unit'>, matter: Readable): boolean {
  const isOwnUnit =
    actor.unit !== null && (matter.lead === actor.unit || matter.supporting.includes(actor.unit));
  if (isSecret(matter.letter)) {
    if (actor.unit !== null && actor.role !== 'leader' && matter.accused.includes(actor.unit)) return false;
    if (hasRight(actor, 'readSecretLetters')) return true;
    return hasRight(actor, 'readUnitMatters') && matter.lead === actor.unit && actor.unit !== null;
  }
  if (hasRight(actor, 'readAllMatters')) return true;
  return hasRight(actor, 'readUnitMatters') && isOwnUnit;
}

/** Whether somebody may hear that something happened to a matter: of a secret letter, only who may open it. */
export const mayBeTold = (person: Pick<Actor, 'role' | 'unit'>, matter: Readable): boolean =>
  !isSecret(matter.letter) || mayRead(person, matter);
