/** Keyed hashes under the installation's own secret; what they hide cannot be read back from the store. */
export interface Secrets {
  /** Of a form's key: finds its draft and, once sent, its matter. */
  keyHash(key: string): string;
  /** The secret code that belongs to a form's key: the same form always yields the same code, so none need be stored. */
  codeFor(key: string): string;
  codeHash(number: string, code: string): string;
}
