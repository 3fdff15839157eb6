import type { BoostedTrees } from './boosted-trees.ts';
import type { Script } from './pair-features.ts';

/** Log odds from which on two letters … */
export interface Thresholds {
  /** … are taken for one matter: the best F1 over pairs. */
  readonly same: number;
  /** … are worth a clerk's look: the best F1 over letters that have an earlier one or have none. */
  readonly perhaps: number;
  /** … may be joined with hardly any doubt: four fifths of all true pairs are above it. */
  readonly strict: number;
}

/** What was learnt about one script. */
export interface ScriptWeights {
  readonly trees: BoostedTrees;
  readonly thresholds: Thresholds;
}

/** The weights file: numbers only. Feature names guard against a file that was learnt with other features. */
export interface SameMatterWeights {
  readonly version: string;
  readonly features: Readonly<Record<Script, readonly string[]>>;
  /** For two titles of which one has Chinese characters. */
  readonly han: ScriptWeights;
  readonly latin: ScriptWeights;
}
