/** A name or sentence in both of the town's languages. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}
