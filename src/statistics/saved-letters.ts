import type { Day } from '../domain/clocks/zoned-day.ts';

/** 少写的信: readers who found their answer before they wrote, and said so. */
export interface SavedLetters {
  /** How many, both days included. */
  between(from: Day, to: Day): Promise<number>;
}
