import type { Letter } from '../letters/letter.ts';

/**
 * Brings two ways of writing one thing together: NFKC, simplified characters, lower case. The tables of characters are a
 * library's, so it is handed in.
 */
export type Fold = (text: string) => string;

/** What is compared of a letter, folded. */
export interface ComparedLetter {
  readonly title: string;
  readonly body: string;
  readonly place: string;
  /** As printed on the receipt, where the letter has one: others may cite it. */
  readonly number?: string;
}

/** `number`: the one that others may cite it by, where it has been received. */
export const comparedLetter = (
  { title, body, place }: Pick<Letter, 'title' | 'body' | 'place'>,
  fold: Fold,
  number?: string,
): ComparedLetter => ({
  title: fold(title),
  body: fold(body),
  place: fold(place),
  ...(number !== undefined && { number }),
});
