/** Why two letters are, or are not, about the same matter: what a clerk reads beside them. */
export const REASON_KINDS = [
  'sameWording',
  'sameName',
  'samePlace',
  'sameProblem',
  'sameNumber',
  'backReference',
  'citesNumber',
  'otherName',
  'otherPlace',
  'otherProblem',
  'otherNumber',
  'oppositeDemand',
] as const;
export type ReasonKind = (typeof REASON_KINDS)[number];

/** Disagreements after which two letters are never taken for one matter, however alike they read. */
export const VETOES = ['otherPlace', 'otherNumber', 'oppositeDemand'] as const;
export type Veto = (typeof VETOES)[number];

export interface Reason {
  readonly kind: ReasonKind;
  /** The names, places, numbers or words that agree or differ, as they stand in the folded letters; at most five. */
  readonly words: readonly string[];
}

/** What is thought of two letters. Stored with every decision about them. */
export interface Judgement {
  /** From 0 to 1: how sure it is that an officer would join them. */
  readonly score: number;
  /** `same`: above the threshold of joining. `perhaps`: worth showing. */
  readonly verdict: 'same' | 'perhaps' | 'other';
  readonly veto: Veto | null;
  /** The weightiest first; at most six. */
  readonly reasons: readonly Reason[];
  /** Version of the weights that judged. */
  readonly weights: string;
}
