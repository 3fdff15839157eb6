import { openSteps } from '../domain/clocks/matter-clock.ts';
import { OFFICE_STATES } from '../domain/matters/lifecycle.ts';
import type { Matter } from '../domain/matters/matter.ts';
import type { Wording } from './wording.ts';

/** The clock with its sum, so that anyone can reckon it again. */
export function clockView({ clock, state }: Matter, wording: Wording) {
  const { reply } = clock;
  const ahead = new Set(openSteps(clock, state).map(({ step }) => step));
  return {
    policy: clock.policy,
    startedAt: clock.startedAt,
    startedOn: reply.startedOn,
    startsAt: reply.startedAt ?? null,
    dueOn: reply.dueOn,
    dueAt: reply.dueAt,
    limit: { amount: reply.limit.amount, unit: reply.limit.unit },
    isProvisional: reply.isProvisional,
    counted: reply.arithmetic.reduce((sum, span) => sum + (span.isCounted ? span.days : 0), 0),
    spans: reply.arithmetic.map(({ from, to, days, isCounted, why, name }) => ({
      from,
      to,
      days,
      isCounted,
      why,
      festival: wording.festival(name),
    })),
    adjustments: clock.adjustments.map(({ why, on, before, after }) => ({ why, on, before, after })),
    // Only what still lies ahead of this matter.
    sortBy: OFFICE_STATES.includes(state) ? clock.sort.dueAt : null,
    signBy: state === 'assigned' ? (clock.sign?.dueAt ?? null) : null,
    returnBy: state === 'assigned' || state === 'signedFor' ? (clock.returnable?.dueAt ?? null) : null,
    waitsUntil: clock.waitsUntil,
    closesAt: state === 'answered' ? clock.closesAt : null,
    // What was taken, and what still lies ahead in this state; a step that has become pointless is neither.
    ladder: clock.plan
      .filter(({ step }) => clock.taken.includes(step) || ahead.has(step))
      .map(({ step, at }) => ({ step, at, isTaken: clock.taken.includes(step) })),
  };
}
