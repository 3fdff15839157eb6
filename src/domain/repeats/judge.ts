import { askTrees } from './boosted-trees.ts';
import type { ComparedLetter } from './compared-letter.ts';
import type { GramFrequencies } from './gram-frequencies.ts';
import type { Judgement } from './judgement.ts';
import { traitsOf } from './letter-traits.ts';
import { logistic, logOdds } from './logistic.ts';
import { featuresOf } from './pair-features.ts';
import { reasonsFor } from './reasons.ts';
import type { SameMatterWeights, ScriptWeights } from './same-matter-weights.ts';
import { vetoOf } from './vetoes.ts';

interface Grounds {
  readonly weights: SameMatterWeights;
  readonly frequencies: GramFrequencies;
}

export type Judge = (a: ComparedLetter) => (b: ComparedLetter) => Judgement;

/** A vetoed pair may be shown, last; it is never above this. */
const MOST_OF_A_VETOED = 0.05;

/** Same matter or not. The first letter is read once and held beside each of the others; which comes first is indifferent. */
export const makeJudge =
  ({ weights, frequencies }: Grounds): Judge =>
  (letterA) => {
    const a = traitsOf(letterA, frequencies);
    return (letterB) => {
      const b = traitsOf(letterB, frequencies);
      const script = isChinese(a.title) || isChinese(b.title) ? weights.han : weights.latin;
      const odds = scoreOf(script, featuresOf(a, b));
      const veto = vetoOf(a, b);
      const { same, perhaps } = script.thresholds;
      return {
        score: veto ? Math.min(logistic(odds), MOST_OF_A_VETOED) : logistic(odds),
        verdict: veto || odds < perhaps ? 'other' : odds < same ? 'perhaps' : 'same',
        veto: veto?.veto ?? null,
        reasons: reasonsFor(a, b, veto),
        weights: weights.version,
      };
    };
  };

/** Log odds that the letters with these features are about one matter. */
export const scoreOf = ({ logistic: line, trees }: ScriptWeights, features: readonly number[]): number =>
  (logOdds(line, features) + askTrees(trees, features)) / 2;

const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);
