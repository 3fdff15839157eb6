import { isSecret } from '../letters/letter.ts';
import type { Matter } from '../matters/matter.ts';
import { publicLetter } from '../publication/public-letter.ts';
import { comparedLetter, type Fold } from './compared-letter.ts';
import type { GramCounts } from './gram-counts.ts';
import { letterGrams, type LetterGrams } from './letter-grams.ts';

/** By what a matter's letter is found. */
export interface MatterGrams {
  /** Of the matter. */
  readonly id: string;
  readonly version: number;
  /** By the office: the letter as it was written. */
  readonly written: LetterGrams;
  /** By everyone: the redacted copy, so that no hidden word ever leads to it. Null while it is not published. */
  readonly published: LetterGrams | null;
}

interface Town {
  readonly zone: string;
  readonly fold: Fold;
  readonly counts: GramCounts;
}

/** Null for a 举报 letter: no search finds one. */
export function matterGrams(matter: Matter, { zone, fold, counts }: Town): MatterGrams | null {
  if (isSecret(matter.letter)) return null;
  const open = publicLetter(matter, zone);
  return {
    id: matter.id,
    version: matter.version,
    written: letterGrams(comparedLetter(matter.letter, fold), counts),
    published: open && letterGrams(comparedLetter({ ...open, place: '' }, fold), counts),
  };
}
