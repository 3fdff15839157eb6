/** Keyed hashes under the installation's own secret; what they hide cannot be read back from the store. */
export interface Secrets {
  /** Of a form's key: finds its draft and, once sent, its matter. */
  keyHash(key: string): string;
  /** The secret code that belongs to a form's key: the same form always yields the same code, so none need be stored. */
  codeFor(key: string): string;
  codeHash(number: string, code: string): string;
  /** Of a letter's words: finds the same letter sent once more, and gives nothing away. */
  wordsHash(words: string): string;
}
