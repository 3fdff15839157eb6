/** In how many of a town's letters a pair of characters (or a word of another script) stands: what makes a word telling. */
export interface GramFrequencies {
  /** How many letters were counted. */
  readonly letters: number;
  /** 0 for one that was never counted. */
  of(gram: string): number;
}
