import {
  extendClock,
  pauseClock,
  restartClock,
  restartSorting,
  resumeClock,
  startClock,
  startUnitClock,
  stopClock,
  takeCardBack,
  type MatterClock,
  type TownTime,
} from '../clocks/matter-clock.ts';
import type { Matter, MatterEvent } from './matter.ts';

/** What an act says that moves a clock: when it was done, and how many days were granted. */
type ClockAct = Pick<MatterEvent, 'at' | 'days' | 'step'>;
type Effect = (clock: MatterClock, act: ClockAct, town: TownTime) => MatterClock;

const stopped: Effect = (clock, { at }, town) => stopClock(clock, at, town);
const paused: Effect = (clock, { at }, town) => pauseClock(clock, at, town);
const resumed: Effect = (clock, { at }, town) => resumeClock(clock, at, town);

/** What each act does to the clock of its matter; what is not named here leaves it alone. */
const EFFECTS: Readonly<Partial<Record<MatterEvent['what'], Effect>>> = {
  askCitizen: paused,
  pause: paused,
  answerQuestion: resumed,
  resume: resumed,
  assign: (clock, act, town) => startUnitClock(resumed(clock, act, town), act.at, town),
  takeBack: (clock, act, town) => restartSorting(resumed(clock, act, town), act.at, town),
  acceptReturn: (clock, { at }, town) => restartSorting(clock, at, town),
  grantExtension: (clock, { at, days = 0 }, town) => extendClock(clock, days, at, town),
  refuse: stopped,
  approve: stopped,
  withdraw: stopped,
  shareAnswer: stopped,
  reopen: (clock, { at }, town) => restartClock(clock, at, town),
  step: (clock, { step }) => (step ? { ...clock, taken: [...clock.taken, step] } : clock),
  withdrawCard: (clock, { step }) => (step ? takeCardBack(clock, step) : clock),
};

/** The clock once `what` was done. */
export const clockAfter = (
  what: MatterEvent['what'],
  clock: MatterClock,
  act: ClockAct,
  town: TownTime,
): MatterClock => EFFECTS[what]?.(clock, act, town) ?? clock;

/** The clock reckoned from nothing but the history, as the town's policy and calendar are now. */
export function reckonClock(
  { history, letter }: Pick<Matter, 'history' | 'letter'>,
  town: TownTime,
): MatterClock {
  let clock = startClock(letter.receivedAt, town);
  // A letter that has the answer of its set goes on from the clock it had, should it leave the set.
  let ownClock: MatterClock | null = null;
  for (const event of history) {
    if (event.what === 'separate') clock = ownClock ?? clock;
    if (event.what === 'separate' || event.what === 'reopen') ownClock = null;
    if (event.what === 'shareAnswer') {
      ownClock ??= clock;
      clock = ownClock;
    }
    clock = clockAfter(event.what, clock, event, town);
  }
  return clock;
}
