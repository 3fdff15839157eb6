/** The use cases that run by the clock. Each takes the moment and says how much it did. */
export interface Sweeps {
  readonly advanceClocks: (now: Date) => Promise<number>;
  readonly announceLeftovers: (now: Date) => Promise<number>;
  readonly learnUnits: (now: Date) => Promise<number>;
  /** All channels, one after the other: for a town whose clock is moved by hand. */
  readonly deliverNotices: (now: Date) => Promise<number>;
  readonly deliverMail: (now: Date) => Promise<number>;
  readonly deliverSms: (now: Date) => Promise<number>;
  readonly takeInMail: (now: Date) => Promise<number>;
  readonly tellHeads: (now: Date) => Promise<number>;
  readonly checkCalendar: (now: Date) => Promise<number>;
  readonly recountGrams: (now: Date) => Promise<number>;
  readonly linkLetters: (now: Date) => Promise<number>;
}
