import { DomainError } from '../domain-error.ts';
import { mayRead, type Actor } from '../permissions/permissions.ts';
import { ACTIONS, LIFECYCLE, type ActionName, type MatterState } from './lifecycle.ts';
import type { Change, Matter, MatterEvent } from './matter.ts';

type Subject = Pick<Matter, 'state' | 'lead' | 'supporting' | 'accused' | 'letter'>;

/** Whether the table lets `actor` do `action` now. Facts beyond state, role and unit are the action's own business. */
export function isAllowed(matter: Subject, action: ActionName, actor: Actor): boolean {
  const row = LIFECYCLE[action];
  if (!row.from.includes(matter.state) || !row.who.includes(actor.role)) return false;
  const isUnitRole = actor.role === 'handler' || actor.role === 'head';
  if (row.ofLeadUnit && isUnitRole && (actor.unit === null || actor.unit !== matter.lead)) return false;
  return actor.role === 'citizen' || mayRead(actor, matter);
}

/** The buttons of a page. */
export const allowedActions = (matter: Subject, actor: Actor): ActionName[] =>
  ACTIONS.filter((action) => isAllowed(matter, action, actor));

type Told = Omit<MatterEvent, 'seq' | 'what' | 'at' | 'by' | 'from' | 'to'>;

/** @throws DomainError ILLEGAL_ACTION when nobody of this role may do it now, FORBIDDEN when others may. */
export function assertAllowed(matter: Subject, action: ActionName, actor: Actor): void {
  if (isAllowed(matter, action, actor)) return;
  const row = LIFECYCLE[action];
  const isKnown = row.who.includes(actor.role) && row.from.includes(matter.state);
  throw new DomainError(isKnown ? 'FORBIDDEN' : 'ILLEGAL_ACTION', {
    params: { action, state: matter.state },
  });
}

/** One step of the lifecycle: checks the table, moves the state, appends the event. The only way a matter changes state. */
export function transition(
  matter: Matter,
  action: ActionName,
  actor: Actor,
  now: Date,
  patch: Partial<Matter> = {},
  told: Told = {},
): Change {
  assertAllowed(matter, action, actor);
  const to = targetOf(matter, action);
  const leavesTrace = LIFECYCLE[action].to !== 'same' && LIFECYCLE[action].to !== 'before';
  return append(
    matter,
    action,
    actor,
    now,
    to,
    { stateBefore: leavesTrace ? matter.state : matter.stateBefore, ...patch },
    told,
  );
}

/** Appends an event without moving the state: for the ladder's steps, which are no one's action. */
export function append(
  matter: Matter,
  what: MatterEvent['what'],
  actor: Actor,
  now: Date,
  to: MatterState,
  patch: Partial<Matter>,
  told: Told,
): Change {
  const event: MatterEvent = {
    seq: matter.version + 1,
    what,
    at: now,
    by: { id: actor.id, name: actor.name, role: actor.role, unit: actor.unit },
    from: matter.state,
    to,
    ...told,
  };
  const changed: Matter = {
    ...matter,
    ...patch,
    state: to,
    version: event.seq,
    history: [...matter.history, event],
    changedAt: now,
  };
  return { before: matter, matter: changed, event };
}

function targetOf(matter: Matter, action: ActionName): MatterState {
  const { to } = LIFECYCLE[action];
  if (to === 'same') return matter.state;
  if (to !== 'before') return to;
  if (!matter.stateBefore)
    throw new DomainError('ILLEGAL_ACTION', { params: { action, state: matter.state } });
  return matter.stateBefore;
}
