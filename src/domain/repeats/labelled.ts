/** Two letters of which somebody said whether they are about one matter. */
export interface LabelledPair {
  /** What each letter is about: an estate, a road, an affair. */
  readonly objects: readonly [ofA: string, ofB: string];
  readonly isSame: boolean;
  readonly kind: string;
  /** Null under a veto: nothing can be learnt from it. */
  readonly features: readonly number[] | null;
}

/** A letter with what retrieval finds for it, the most alike first. */
export interface LabelledQuery {
  readonly object: string;
  /** Earlier letters on its matter; none: nobody should be alerted. */
  readonly earlier: ReadonlySet<string>;
  readonly candidates: readonly { readonly id: string; readonly features: readonly number[] | null }[];
}

export interface Labelled {
  readonly pairs: readonly LabelledPair[];
  readonly queries: readonly LabelledQuery[];
}
