/** The use cases that run by the clock. Each takes the moment and says how much it did. */
export interface Sweeps {
  readonly advanceClocks: (now: Date) => Promise<number>;
  readonly announceLeftovers: (now: Date) => Promise<number>;
  readonly deliverNotices: (now: Date) => Promise<number>;
  readonly recountGrams: (now: Date) => Promise<number>;
}
