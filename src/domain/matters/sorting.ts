import { pauseClock, resumeClock, startUnitClock, stopClock, type TownTime } from '../clocks/matter-clock.ts';
import { DomainError } from '../domain-error.ts';
import { isSecret } from '../letters/letter.ts';
import type { Actor } from '../permissions/permissions.ts';
import type { Change, Matter } from './matter.ts';
import type { RefusalGround } from './refusal-grounds.ts';
import { assertAllowed, transition } from './transition.ts';

/** What the mailbox office does with a letter before a unit has it. */

export const takeForSorting = (matter: Matter, actor: Actor, now: Date): Change =>
  transition(matter, 'takeForSorting', actor, now);

/** The office asks the citizen something; the reply clock waits for the answer. */
export const askCitizen = (
  matter: Matter,
  question: string,
  actor: Actor,
  now: Date,
  town: TownTime,
): Change =>
  transition(
    matter,
    'askCitizen',
    actor,
    now,
    { clock: pauseClock(matter.clock, now, town) },
    { text: question },
  );

export const answerQuestion = (
  matter: Matter,
  text: string,
  actor: Actor,
  now: Date,
  town: TownTime,
): Change =>
  transition(matter, 'answerQuestion', actor, now, { clock: resumeClock(matter.clock, now, town) }, { text });

/** 不予受理, with a coded ground and where to turn instead. */
export function refuse(
  matter: Matter,
  input: { ground: RefusalGround; text: string },
  actor: Actor,
  now: Date,
  town: TownTime,
): Change {
  const patch = { refusal: { ...input, at: now }, clock: stopClock(matter.clock, now, town) };
  return transition(matter, 'refuse', actor, now, patch, { text: input.text });
}

/** 批转: one lead unit, any number of supporting ones. Handing on again moves the lead. */
export function assign(
  matter: Matter,
  input: { unit: string; supporting: readonly string[]; text: string },
  actor: Actor,
  now: Date,
  town: TownTime,
): Change {
  const patch = {
    lead: input.unit,
    supporting: input.supporting.filter((unit) => unit !== input.unit),
    handler: null,
    clock: startUnitClock(resumeClock(matter.clock, now, town), now, town),
  };
  return transition(matter, 'assign', actor, now, patch, { unit: input.unit, text: input.text });
}

/** 归并: points this matter at another, one level deep. */
export function join(matter: Matter, primary: Matter, actor: Actor, now: Date): Change {
  assertAllowed(matter, 'join', actor);
  const isPossible =
    primary.id !== matter.id &&
    primary.joinedTo === null &&
    primary.origin === null &&
    primary.resolution !== 'withdrawn' &&
    !isSecret(matter.letter) &&
    !isSecret(primary.letter) &&
    primary.state !== 'notAccepted';
  if (!isPossible) throw new DomainError('JOIN_NOT_POSSIBLE', { params: { number: primary.number } });
  return transition(matter, 'join', actor, now, { joinedTo: primary.id }, { other: primary.number });
}

export const separate = (matter: Matter, actor: Actor, now: Date): Change =>
  transition(matter, 'separate', actor, now, { joinedTo: null });
