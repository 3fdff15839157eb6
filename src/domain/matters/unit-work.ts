import type { TownTime } from '../clocks/matter-clock.ts';
import { DomainError } from '../domain-error.ts';
import type { Actor } from '../permissions/permissions.ts';
import { clockAfter } from './clock-acts.ts';
import type { Change, Matter } from './matter.ts';
import { assertAllowed, transition } from './transition.ts';

/** What the lead unit does between receipt and draft, and what the office decides of its wishes. */

/** After this many returns the office's word is final. */
export const MOST_RETURNS = 2;

export const signFor = (matter: Matter, actor: Actor, now: Date): Change =>
  transition(matter, 'signFor', actor, now);

/** 退件: asked for with a reason, within the days the policy gives, and twice at most. */
export function askReturn(
  matter: Matter,
  input: { text: string; unit: string },
  actor: Actor,
  now: Date,
): Change {
  assertAllowed(matter, 'askReturn', actor);
  const isTooLate = matter.clock.returnable !== null && now > matter.clock.returnable.dueAt;
  if (matter.returns >= MOST_RETURNS || isTooLate) throw new DomainError('RETURN_NOT_POSSIBLE');
  const told = { text: input.text, ...(input.unit ? { unit: input.unit } : {}) };
  return transition(matter, 'askReturn', actor, now, {}, told);
}

/** The office sorts it anew, with its full time for sorting. */
export const acceptReturn = (matter: Matter, actor: Actor, now: Date, town: TownTime): Change =>
  transition(matter, 'acceptReturn', actor, now, {
    returns: matter.returns + 1,
    clock: clockAfter('acceptReturn', matter.clock, { at: now }, town),
    lead: null,
    supporting: [],
    handler: null,
  });

export const declineReturn = (matter: Matter, text: string, actor: Actor, now: Date): Change =>
  transition(matter, 'declineReturn', actor, now, { returns: matter.returns + 1 }, { text });

export const takeInHand = (matter: Matter, actor: Actor, now: Date): Change =>
  transition(matter, 'takeInHand', actor, now, { handler: actor.id });

export const pause = (matter: Matter, question: string, actor: Actor, now: Date, town: TownTime): Change =>
  transition(
    matter,
    'pause',
    actor,
    now,
    { clock: clockAfter('pause', matter.clock, { at: now }, town) },
    { text: question },
  );

export const resume = (matter: Matter, text: string, actor: Actor, now: Date, town: TownTime): Change =>
  transition(
    matter,
    'resume',
    actor,
    now,
    { clock: clockAfter('resume', matter.clock, { at: now }, town) },
    { text },
  );

/** 延期: asked before the reply is due, all extensions together within the policy's bound. */
export function askExtension(
  matter: Matter,
  input: { days: number; text: string },
  actor: Actor,
  now: Date,
  { policy }: TownTime,
): Change {
  assertAllowed(matter, 'askExtension', actor);
  if (!Number.isInteger(input.days) || input.days < 1) {
    throw new DomainError('INVALID_INPUT', {
      fields: [{ field: 'days', rule: 'number.min', params: { limit: 1 } }],
    });
  }
  if (now > matter.clock.reply.dueAt) throw new DomainError('EXTENSION_TOO_LATE');
  const left = policy.longestExtension - matter.clock.extendedBy;
  if (input.days > left) throw new DomainError('EXTENSION_TOO_LONG', { params: { left } });
  return transition(matter, 'askExtension', actor, now, {}, { days: input.days, text: input.text });
}

export function grantExtension(matter: Matter, actor: Actor, now: Date, town: TownTime): Change {
  const days = matter.history.findLast(({ what }) => what === 'askExtension')?.days ?? 0;
  return transition(
    matter,
    'grantExtension',
    actor,
    now,
    { clock: clockAfter('grantExtension', matter.clock, { at: now, days }, town) },
    { days },
  );
}

export const declineExtension = (matter: Matter, text: string, actor: Actor, now: Date): Change =>
  transition(matter, 'declineExtension', actor, now, {}, { text });
