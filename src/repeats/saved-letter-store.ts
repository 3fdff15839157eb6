import type { Day } from '../domain/clocks/zoned-day.ts';

/** A letter that was not written because an answer was there already. No text and no person: a day and an answer. */
export interface SavedLetter {
  /** Hash of the key of the draft it would have come from. */
  readonly draft: string;
  readonly day: Day;
  /** Number of the answer. */
  readonly number: string;
}

export interface SavedLetterStore {
  /** The first answer a draft is saved by stands. */
  add(saved: SavedLetter): Promise<void>;
  remove(draft: string): Promise<void>;
  /** How many, both days included. */
  between(from: Day, to: Day): Promise<number>;
}
