import type { Labelled, LabelledPair } from './labelled.ts';
import { oddsOf, VETOED } from './learn-weights.ts';
import type { ScriptWeights } from './same-matter-weights.ts';

export interface F1 {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface PairAccuracy extends F1 {
  /** Share of different matters on one object or topic that the strict threshold joins, and the recall there. */
  readonly falseJoinsSameObject: number;
  readonly strictRecall: number;
  /** Of the true pairs in other words. */
  readonly recallParaphrase: number;
}

export interface Accuracy {
  readonly pairs: PairAccuracy;
  /** Share of the letters with an earlier one that have it among the five best. */
  readonly top5: number;
  readonly alert: F1;
}

/** Labels, and the weights they are judged with. */
export interface Judged extends Labelled {
  readonly weights: ScriptWeights;
}

const SHOWN = 5;

/** Over several sets at once, each with its own weights: the folds of a cross-validation, or one set. */
export function accuracyOf(sets: readonly Judged[]): Accuracy {
  const pairs = sets.flatMap((set) => set.pairs.map((pair) => judged(pair, set.weights)));
  const queries = sets.flatMap((set) => set.queries.map((query) => answered(query, set.weights)));
  const same = pairs.filter(({ isSame }) => isSame);
  const sameObject = pairs.filter(({ isSame, kind }) => !isSame && kind === 'same_object_or_topic');
  const repeats = queries.filter(({ isRepeat }) => isRepeat);
  return {
    pairs: {
      ...f1Of(pairs.map(({ isSame, isJoined }) => [isSame, isJoined])),
      falseJoinsSameObject: share(sameObject, ({ isJoinedStrictly }) => isJoinedStrictly),
      strictRecall: share(same, ({ isJoinedStrictly }) => isJoinedStrictly),
      recallParaphrase: share(
        same.filter(({ kind }) => kind === 'paraphrase'),
        ({ isJoined }) => isJoined,
      ),
    },
    top5: share(repeats, ({ isFound }) => isFound),
    alert: f1Of(queries.map(({ isRepeat, isAlerted }) => [isRepeat, isAlerted])),
  };
}

function judged({ features, isSame, kind }: LabelledPair, { trees, thresholds }: ScriptWeights) {
  const odds = oddsOf(trees, features);
  return { isSame, kind, isJoined: odds >= thresholds.same, isJoinedStrictly: odds >= thresholds.strict };
}

function answered(
  { candidates, earlier }: Labelled['queries'][number],
  { trees, thresholds }: ScriptWeights,
) {
  const ranked = candidates
    .map(({ id, features }) => ({ id, odds: oddsOf(trees, features) }))
    // Of equal ones the more alike stays before the other.
    .sort((a, b) => b.odds - a.odds);
  return {
    isRepeat: earlier.size > 0,
    isFound: ranked.slice(0, SHOWN).some(({ id }) => earlier.has(id)),
    isAlerted: (ranked[0]?.odds ?? VETOED) >= thresholds.perhaps,
  };
}

function f1Of(answers: readonly (readonly [isTrue: boolean, isSaid: boolean])[]): F1 {
  const hits = answers.filter(([isTrue, isSaid]) => isTrue && isSaid).length;
  const said = answers.filter(([, isSaid]) => isSaid).length;
  const all = answers.filter(([isTrue]) => isTrue).length;
  return {
    precision: said === 0 ? 0 : hits / said,
    recall: all === 0 ? 0 : hits / all,
    f1: said + all === 0 ? 0 : (2 * hits) / (said + all),
  };
}

const share = <Item>(items: readonly Item[], is: (item: Item) => boolean): number =>
  items.length === 0 ? 0 : items.filter(is).length / items.length;
