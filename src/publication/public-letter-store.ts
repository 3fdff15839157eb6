import type { LetterKind } from '../domain/letters/letter.ts';
import type { PublicLetter } from '../domain/publication/public-letter.ts';

export interface PublicQuery {
  /** Words to be found in title, question or answer; two characters at least. */
  readonly words: string;
  readonly unit: string | null;
  readonly kind: LetterKind | null;
  readonly page: number;
  readonly perPage: number;
}

export interface PublicPage {
  readonly items: readonly PublicLetter[];
  readonly total: number;
}

/** Published questions with their answers, redacted: all that pages, search and feeds ever read. */
export interface PublicLetterStore {
  put(letter: PublicLetter): Promise<void>;
  putMany(letters: readonly PublicLetter[]): Promise<void>;
  remove(number: string): Promise<void>;
  byNumber(number: string): Promise<PublicLetter | null>;
  list(query: PublicQuery): Promise<PublicPage>;
  latest(count: number): Promise<PublicLetter[]>;
  clear(): Promise<void>;
}
