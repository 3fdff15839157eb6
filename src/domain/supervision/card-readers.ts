import { hasRight, type Actor } from '../permissions/permissions.ts';
import type { Card } from './card.ts';

type Readable = Pick<Card, 'unit' | 'isSecret' | 'accused'>;

/** Which documents somebody may read, as a store can look for them. */
export interface CardScope {
  /** Those addressed to one unit; null: to any. */
  readonly unit: string | null;
  readonly withSecret: boolean;
  /** None of letters that accuse this unit. */
  readonly notAccusing: string | null;
}

/**
 * A unit's people read its own, others by the right to all matters. One about a secret letter: its readers, and the unit
 * addressed; nobody of a unit it accuses, save the leader, to whom all units answer. Null: none at all.
 */
export function cardScope(actor: Actor): CardScope | null {
  const notAccusing = actor.role === 'leader' ? null : actor.unit;
  if (hasRight(actor, 'readAllMatters'))
    return { unit: null, withSecret: hasRight(actor, 'readSecretLetters'), notAccusing };
  if (!hasRight(actor, 'readUnitMatters') || actor.unit === null) return null;
  return { unit: actor.unit, withSecret: true, notAccusing };
}

export function mayReadCard(actor: Actor, card: Readable): boolean {
  const scope = cardScope(actor);
  if (!scope) return false;
  if (scope.unit !== null && scope.unit !== card.unit) return false;
  if (!card.isSecret) return true;
  return scope.withSecret && (scope.notAccusing === null || !card.accused.includes(scope.notAccusing));
}
