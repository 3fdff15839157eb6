/** Where the time comes from. A use case asks once and hands the answer to the domain. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
