import { appliesIn } from '../domain/clocks/matter-clock.ts';
import { UNIT_STATES } from '../domain/matters/lifecycle.ts';
import type { Matter } from '../domain/matters/matter.ts';
import type { Notice } from './notice.ts';

/**
 * Why a notice need not be sent any more; null: it must. A step of the ladder says nothing once its matter is answered,
 * paused, joined or due on another day; what staff were to do nothing once it is done, or another's to do.
 */
export function mootness(notice: Notice, matter: Matter): string | null {
  if (notice.step !== null) {
    if (notice.clockVersion !== null && notice.clockVersion !== matter.clock.version) return 'moot';
    return appliesIn(notice.step, matter.state) ? null : 'moot';
  }
  return notice.recipient.personId !== null && isDone(notice, matter) ? 'moot' : null;
}

function isDone({ template, seq }: Notice, { state, history }: Matter): boolean {
  if (template === 'returnAsked' || template === 'extensionAsked') return state !== template;
  if (template !== 'assigned') return false;
  return !UNIT_STATES.includes(state) || history.some((event) => event.what === 'assign' && event.seq > seq);
}
