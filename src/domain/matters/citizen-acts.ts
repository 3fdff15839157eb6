import type { TownTime } from '../clocks/matter-clock.ts';
import { DomainError } from '../domain-error.ts';
import type { Actor } from '../permissions/permissions.ts';
import { isSamePerson } from '../letters/same-person.ts';
import { clockAfter } from './clock-acts.ts';
import type { ActionName } from './lifecycle.ts';
import type { Change, Matter, Rating } from './matter.ts';
import { assertAllowed, isAllowed, transition } from './transition.ts';

/** What the writer may do with number and code. */

export const addNote = (matter: Matter, text: string, actor: Actor, now: Date): Change =>
  transition(matter, 'addNote', actor, now, {}, { text });

/** The answer a writer has: to the own matter, or the one given to the set. */
export const answerHad = (matter: Matter): Matter['answer'] | Matter['sharedAnswer'] =>
  matter.joinedTo === null ? matter.answer : matter.sharedAnswer;

/**
 * One rating an answer and a person: the first one stands. `set`: the other letters that have the same answer; somebody
 * who wrote two of them rates once.
 */
export function rate(
  matter: Matter,
  input: Omit<Rating, 'at'>,
  actor: Actor,
  now: Date,
  set: readonly Pick<Matter, 'letter' | 'rating'>[] = [],
): Change {
  assertAllowed(matter, 'rate', actor);
  if (!answerHad(matter)) throw illegal('rate', matter);
  if (hasRated(matter, set)) throw new DomainError('ALREADY_RATED');
  return transition(matter, 'rate', actor, now, { rating: { ...input, at: now } });
}

/** Whether a rating is awaited: what an invitation asks before it goes. */
export const mayRate = (
  matter: Matter,
  set: readonly Pick<Matter, 'letter' | 'rating'>[],
  actor: Actor,
): boolean =>
  isAllowed(matter, 'rate', actor) &&
  answerHad(matter) !== null &&
  matter.resolution !== 'withdrawn' &&
  !hasRated(matter, set);

/** The first rating stands, whichever of their letters a person gave it with. */
export const hasRated = (
  { letter, rating }: Pick<Matter, 'letter' | 'rating'>,
  set: readonly Pick<Matter, 'letter' | 'rating'>[],
): boolean =>
  rating !== null ||
  set.some((other) => other.rating !== null && isSamePerson(other.letter.writer, letter.writer));

/** The answer did not settle it. The next answer may be rated anew; a joined letter goes on alone. */
export function reopen(matter: Matter, text: string, actor: Actor, now: Date, town: TownTime): Change {
  assertAllowed(matter, 'reopen', actor);
  if (matter.joinedTo !== null && !matter.sharedAnswer) throw illegal('reopen', matter);
  return transition(
    matter,
    'reopen',
    actor,
    now,
    {
      rating: null,
      resolution: null,
      joinedTo: null,
      sharedAnswer: null,
      clock: clockAfter('reopen', matter.clock, { at: now }, town),
    },
    { text },
  );
}

export function withdraw(matter: Matter, text: string, actor: Actor, now: Date, town: TownTime): Change {
  assertAllowed(matter, 'withdraw', actor);
  if (matter.sharedAnswer) throw illegal('withdraw', matter);
  return transition(
    matter,
    'withdraw',
    actor,
    now,
    {
      resolution: 'withdrawn',
      joinedTo: null,
      clock: clockAfter('withdraw', matter.clock, { at: now }, town),
    },
    { text },
  );
}

const illegal = (action: ActionName, { state }: Matter): DomainError =>
  new DomainError('ILLEGAL_ACTION', { params: { action, state } });
