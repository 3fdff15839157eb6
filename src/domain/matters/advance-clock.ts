import { bears, nextStepAt, openSteps, type TownTime } from '../clocks/matter-clock.ts';
import { CLOCK } from '../permissions/permissions.ts';
import { clockAfter } from './clock-acts.ts';
import { close } from './filing-away.ts';
import type { Change, Matter } from './matter.ts';
import { answerQuestion } from './sorting.ts';
import { append } from './transition.ts';
import { resume } from './unit-work.ts';

/**
 * The one thing that is due for a matter at `now`, or null. Call again with the result until null: missed steps
 * are caught up one by one, in order, and each is an event of its own.
 */
export function advanceClock(matter: Matter, now: Date, town: TownTime): Change | null {
  const at = nextStepAt(matter.clock, matter.state);
  if (!at || at > now) return null;
  if (matter.state === 'answered') return close(matter, CLOCK, now);
  if (matter.state === 'paused') return resume(matter, '', CLOCK, now, town);
  if (matter.state === 'asked') return answerQuestion(matter, '', CLOCK, now, town);
  const step = openSteps(matter.clock, matter.state)[0]?.step;
  if (!step) return null;
  const clock = clockAfter('step', matter.clock, { at: now, step }, town);
  return append(matter, 'step', CLOCK, now, matter.state, { clock }, { step, clockVersion: clock.version });
}

/** The highest card a matter bears now. */
export function cardOf({ clock }: Pick<Matter, 'clock'>): 'red' | 'yellow' | null {
  if (bears(clock, 'redCard')) return 'red';
  return bears(clock, 'yellowCard') ? 'yellow' : null;
}
