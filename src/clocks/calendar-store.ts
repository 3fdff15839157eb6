import type { CalendarYear, TownDay } from '../domain/clocks/working-calendar.ts';
import type { Day } from '../domain/clocks/zoned-day.ts';
import type { SavedBy } from './policy-store.ts';

/** What the town knows of working days beyond the years the program ships. */
export interface CalendarStore {
  years(): Promise<(CalendarYear & SavedBy)[]>;
  /** Takes the place of what was known of that year. */
  saveYear(year: CalendarYear, saved: SavedBy): Promise<void>;
  /** The town's own days, in order: a typhoon, a local festival, a day worked for it. */
  townDays(): Promise<(TownDay & SavedBy)[]>;
  saveTownDay(day: TownDay, saved: SavedBy): Promise<void>;
  removeTownDay(day: Day): Promise<void>;
  /** By which calendar the running clocks were last reckoned; null: never. */
  reckonedBy(): Promise<string | null>;
  setReckonedBy(calendar: string): Promise<void>;
}
