import type { LadderStep } from '../clocks/ladder.ts';
import { bears, takeCardBack } from '../clocks/matter-clock.ts';
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
  if (clock.version !== card.clockVersion || !bears(clock, card.step)) return null;
  return append(
    matter,
    'withdrawCard',
    actor,
    now,
    matter.state,
    { clock: takeCardBack(clock, card.step) },
    { step: card.step, clockVersion: clock.version },
  );
}
