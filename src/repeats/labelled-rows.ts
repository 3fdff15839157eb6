/** A letter of a labelled folder, one a line. */
export interface LetterRow {
  readonly id: string;
  readonly title: string;
  /** ISO 8601. */
  readonly date: string;
  readonly body: string;
}

export interface PairRow {
  readonly a: string;
  readonly b: string;
  readonly same: 0 | 1;
  readonly kind: string;
  /** `object/problem` of a true pair. */
  readonly matter: string | null;
}

export interface QueryRow {
  readonly query: string;
  readonly date: string;
  readonly object: string;
  readonly relevant_earlier: readonly string[];
  readonly ignore: readonly string[];
}

/** Two titles in English; their letters are not needed. */
export interface TitlePairRow {
  readonly a: string;
  readonly b: string;
  readonly same: 0 | 1;
  readonly kind: string;
  readonly title_a: string;
  readonly title_b: string;
}
