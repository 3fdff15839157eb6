import type { LadderStep } from '../clocks/ladder.ts';
import type { Actor } from '../permissions/permissions.ts';
import type { Change, Matter } from './matter.ts';
import { append } from './transition.ts';

/**
 * The supervisor took a card back: the matter bears it no longer, wherever cards are counted. Null when the clock has moved
 * on since, so that the matter bears none of that version, or when it was taken back before.
 */
export function withdrawCard(
  matter: Matter,
  card: { readonly step: LadderStep; readonly clockVersion: number | null },
  actor: Actor,
  now: Date,
): Change | null {
  const { clock } = matter;
  const isBorne = clock.version === card.clockVersion && clock.taken.includes(card.step);
  if (!isBorne || clock.withdrawn?.includes(card.step)) return null;
  return append(
    matter,
    'withdrawCard',
    actor,
    now,
    matter.state,
    { clock: { ...clock, withdrawn: [...(clock.withdrawn ?? []), card.step] } },
    { step: card.step, clockVersion: clock.version },
  );
}
