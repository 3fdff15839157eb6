import type { Clock } from '../../src/platform/clock.ts';

/** A clock that stands still until it is moved: the tests' own. */
export interface MovableClock extends Clock {
  moveTo(instant: Date): void;
}

export function movableClock(start: Date): MovableClock {
  let instant = start;
  return {
    now: () => instant,
    moveTo(to) {
      instant = to;
    },
  };
}
