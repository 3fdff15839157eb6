import type { TownTime } from '../clocks/matter-clock.ts';
import { DomainError } from '../domain-error.ts';
import { isSecret } from '../letters/letter.ts';
import type { Actor } from '../permissions/permissions.ts';
import { clockAfter } from './clock-acts.ts';
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
    { clock: clockAfter('askCitizen', matter.clock, { at: now }, town) },
    { text: question },
  );

export const answerQuestion = (
  matter: Matter,
  text: string,
  actor: Actor,
  now: Date,
  town: TownTime,
): Change =>
  transition(
    matter,
    'answerQuestion',
    actor,
    now,
    { clock: clockAfter('answerQuestion', matter.clock, { at: now }, town) },
    { text },
  );

/** 不予受理, with a coded ground and where to turn instead. */
export function refuse(
  matter: Matter,
  input: { ground: RefusalGround; text: string },
  actor: Actor,
  now: Date,
  town: TownTime,
): Change {
  const patch = {
    refusal: { ...input, at: now },
    clock: clockAfter('refuse', matter.clock, { at: now }, town),
  };
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
  if ([input.unit, ...input.supporting].some((unit) => matter.accused.includes(unit)))
    throw new DomainError('ACCUSED_UNIT');
  const patch = {
    lead: input.unit,
    supporting: input.supporting.filter((unit) => unit !== input.unit),
    handler: null,
    clock: clockAfter('assign', matter.clock, { at: now }, town),
  };
  return transition(matter, 'assign', actor, now, patch, { unit: input.unit, text: input.text });
}

/** The office takes a matter back from a unit and sorts it anew; the reply clock runs on. */
export const takeBack = (matter: Matter, text: string, actor: Actor, now: Date, town: TownTime): Change =>
  transition(
    matter,
    'takeBack',
    actor,
    now,
    {
      clock: clockAfter('takeBack', matter.clock, { at: now }, town),
      lead: null,
      supporting: [],
      handler: null,
    },
    { text, ...(matter.lead && { unit: matter.lead }) },
  );

/**
 * 被举报单位: whom a report is about. From here on these units cannot be given it and nobody of theirs can open it.
 * A unit that has it must be parted from it first.
 */
export function nameAccused(matter: Matter, units: readonly string[], actor: Actor, now: Date): Change {
  assertAllowed(matter, 'nameAccused', actor);
  if (!isSecret(matter.letter))
    throw new DomainError('ILLEGAL_ACTION', { params: { action: 'nameAccused', state: matter.state } });
  if (units.some((unit) => unit === matter.lead || matter.supporting.includes(unit)))
    throw new DomainError('ACCUSED_HAS_IT');
  return transition(matter, 'nameAccused', actor, now, { accused: [...new Set(units)] });
}
