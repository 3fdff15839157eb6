import { restartClock, stopClock, type TownTime } from '../clocks/matter-clock.ts';
import { DomainError } from '../domain-error.ts';
import type { Actor } from '../permissions/permissions.ts';
import type { Change, Matter, Rating } from './matter.ts';
import { assertAllowed, transition } from './transition.ts';

/** What the writer may do with number and code. */

export const addNote = (matter: Matter, text: string, actor: Actor, now: Date): Change =>
  transition(matter, 'addNote', actor, now, {}, { text });

/** One rating an answer: the first one stands. */
export function rate(matter: Matter, input: Omit<Rating, 'at'>, actor: Actor, now: Date): Change {
  assertAllowed(matter, 'rate', actor);
  if (!matter.answer)
    throw new DomainError('ILLEGAL_ACTION', { params: { action: 'rate', state: matter.state } });
  if (matter.rating) throw new DomainError('ALREADY_RATED');
  return transition(matter, 'rate', actor, now, { rating: { ...input, at: now } });
}

/** The answer did not settle it. The next answer may be rated anew. */
export const reopen = (matter: Matter, text: string, actor: Actor, now: Date, town: TownTime): Change =>
  transition(
    matter,
    'reopen',
    actor,
    now,
    { rating: null, resolution: null, clock: restartClock(matter.clock, now, town) },
    { text },
  );

export const withdraw = (matter: Matter, text: string, actor: Actor, now: Date, town: TownTime): Change =>
  transition(
    matter,
    'withdraw',
    actor,
    now,
    { resolution: 'withdrawn', clock: stopClock(matter.clock, now, town) },
    { text },
  );
