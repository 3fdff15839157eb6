import { askTrees, probabilityOf } from './boosted-trees.ts';
import type { ComparedLetter } from './compared-letter.ts';
import type { GramFrequencies } from './gram-frequencies.ts';
import type { Judgement } from './judgement.ts';
import { traitsOf } from './letter-traits.ts';
import { featuresOf, scriptOf } from './pair-features.ts';
import { reasonsFor } from './reasons.ts';
import type { SameMatterWeights, ScriptWeights } from './same-matter-weights.ts';
import { vetoOf } from './vetoes.ts';
import { tellingBy } from './weighed-grams.ts';

interface Grounds {
  readonly weights: SameMatterWeights;
  readonly frequencies: GramFrequencies;
}

/** The first letter is read once and held beside each of the others; which of two comes first is indifferent. */
export type Judge = (a: ComparedLetter) => (b: ComparedLetter) => Judgement;

/** A pair under a veto may be shown, after all others. */
const MOST_UNDER_VETO = 0.01;

/** Same matter or not, and why. */
export function makeJudge({ weights, frequencies }: Grounds): Judge {
  const telling = tellingBy(frequencies);
  return (letterA) => {
    const a = traitsOf(letterA, telling);
    return (letterB) => {
      const b = traitsOf(letterB, telling);
      const script = weights[scriptOf(a, b)];
      const odds = askTrees(script.trees, featuresOf(a, b));
      const cited = [
        ...a.cites.filter((number) => number === letterB.number),
        ...b.cites.filter((number) => number === letterA.number),
      ];
      // Whoever gives an earlier letter's number knows that it is the same matter; a veto is a guess beside it.
      const veto = cited.length > 0 ? null : vetoOf(a, b);
      return {
        score: veto ? Math.min(probabilityOf(odds), MOST_UNDER_VETO) : probabilityOf(odds),
        verdict: veto ? 'other' : verdictOf(odds, script, cited.length > 0),
        veto: veto?.kind ?? null,
        reasons: reasonsFor(a, b, veto, cited),
        weights: weights.version,
      };
    };
  };
}

/** Whoever gives the number of an earlier letter writes about it, in whatever words: a clerk should see it. */
const verdictOf = (odds: number, { thresholds }: ScriptWeights, isCited: boolean): Judgement['verdict'] => {
  if (odds >= thresholds.same) return 'same';
  return odds >= thresholds.perhaps || isCited ? 'perhaps' : 'other';
};
