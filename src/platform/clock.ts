/** Where the time comes from. A use case asks once and hands the answer to the domain. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is moved: for tests and for replaying a demonstration year. */
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
