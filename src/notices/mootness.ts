import { appliesIn } from '../domain/clocks/matter-clock.ts';
import { UNIT_STATES, type MatterState } from '../domain/matters/lifecycle.ts';
import type { Matter } from '../domain/matters/matter.ts';
import type { Notice, NoticeTemplate } from './notice.ts';

/** What staff are asked to do, and where that is still to be done: a mail of the evening is read after the holidays. */
const AWAITED_IN: Readonly<Partial<Record<NoticeTemplate, readonly MatterState[]>>> = {
  assigned: UNIT_STATES,
  returnAsked: ['returnAsked'],
  extensionAsked: ['extensionAsked'],
  reopened: ['reopened'],
  sentBack: ['drafted'],
};

/**
 * Why a notice need not be sent any more; null: it must. A step of the ladder says nothing once its matter is answered,
 * paused, joined or due on another day; nobody is asked for what is done, or told of a joining that was undone.
 */
export function mootness(
  { template, recipient, step, clockVersion, seq }: Notice,
  { state, clock, history }: Matter,
): 'moot' | null {
  if (step !== null) {
    if (clockVersion !== null && clockVersion !== clock.version) return 'moot';
    return appliesIn(step, state) ? null : 'moot';
  }
  if (template === 'joined') return state === 'joined' ? null : 'moot';
  if (template === 'separated') return state === 'joined' ? 'moot' : null;
  if (recipient.personId === null) return null;
  const awaited = AWAITED_IN[template];
  if (awaited?.includes(state) === false) return 'moot';
  // Handed on once more since: this one may name people of a unit that has it no longer.
  const handedOn = history.findLast(({ what }) => what === 'assign');
  return template === 'assigned' && handedOn?.seq !== seq ? 'moot' : null;
}
