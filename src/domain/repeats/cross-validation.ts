import type { Judged } from './accuracy.ts';
import { splitByObject } from './folds.ts';
import type { Labelled } from './labelled.ts';
import { learnScript } from './learn-weights.ts';
import type { Script } from './pair-features.ts';

/** Each object judged by weights that were learnt, thresholds and all, without it. */
export const crossValidate = (labelled: Labelled, script: Script, folds: number, seed: number): Judged[] =>
  splitByObject(labelled, folds, seed).map(({ judged, learnt }) => ({
    ...judged,
    weights: learnScript(learnt, script),
  }));
