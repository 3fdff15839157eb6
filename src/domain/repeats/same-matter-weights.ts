import type { BoostedTrees } from './boosted-trees.ts';
import type { Logistic } from './logistic.ts';

/** What was learnt about one script: numbers only. Scores are mean log odds of the line and of the trees. */
export interface ScriptWeights {
  readonly logistic: Logistic;
  readonly trees: BoostedTrees;
  /** Scores from which two letters are `same`, are worth showing (`perhaps`), and are safe to join at a recall of .75. */
  readonly thresholds: { readonly same: number; readonly perhaps: number; readonly strict: number };
}

/** The weights file. Feature names guard against a file that was learnt with other features. */
export interface SameMatterWeights {
  readonly version: string;
  readonly features: readonly string[];
  /** For titles in Chinese characters, and for all others. */
  readonly han: ScriptWeights;
  readonly latin: ScriptWeights;
}
