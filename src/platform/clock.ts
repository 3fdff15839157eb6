/** Where the time comes from. A use case asks once and hands the answer to the domain. */
export interface Clock {
  now(): Date;
  /** A clock that goes by another one looks at that one again. */
  readonly set?: () => Promise<void>;
}

export const systemClock: Clock = { now: () => new Date() };
