import { appliesIn } from '../domain/clocks/matter-clock.ts';
import type { Matter } from '../domain/matters/matter.ts';
import type { Notice } from './notice.ts';

/**
 * Why a notice need not be sent any more; null: it must. A step of the ladder says nothing once its matter is answered,
 * paused, joined or due on another day.
 */
export function mootness(notice: Notice, matter: Matter): string | null {
  if (notice.step === null) return null;
  if (notice.clockVersion !== null && notice.clockVersion !== matter.clock.version) return 'moot';
  return appliesIn(notice.step, matter.state) ? null : 'moot';
}
