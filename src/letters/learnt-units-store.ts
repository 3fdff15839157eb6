import type { Day } from '../domain/clocks/zoned-day.ts';
import type { PackedClassifier } from '../domain/routing/packed-classifier.ts';

/** What was learnt of the town's units, and when. */
export interface LearntUnits {
  /** The town's day. */
  readonly learntOn: Day;
  /** How many letters it was learnt from. */
  readonly letters: number;
  /** Null: too few letters, or of one unit only. */
  readonly classifier: PackedClassifier | null;
}

/** Shared by all processes of a town; the last night's learning only. */
export interface LearntUnitsStore {
  /** The day alone, which is quickly read. Null: nothing was learnt yet. */
  learntOn(): Promise<Day | null>;
  read(): Promise<LearntUnits | null>;
  save(learnt: LearntUnits): Promise<void>;
}
