import type { Fold } from '../domain/repeats/compared-letter.ts';
import type { GramCounts } from '../domain/repeats/gram-counts.ts';
import { matterGrams } from '../domain/repeats/matter-grams.ts';
import type { Matter } from '../domain/matters/matter.ts';
import type { LetterGramsStore } from './letter-grams-store.ts';

export type PutLetterGrams = (matters: readonly Matter[], counts?: GramCounts) => Promise<void>;

/** Puts where they are found the letters of matters that came in or changed. The same again is no harm. */
export const makePutLetterGrams =
  (deps: {
    letters: Pick<LetterGramsStore, 'put'>;
    gramCounts: () => Promise<GramCounts>;
    zone: string;
    fold: Fold;
  }): PutLetterGrams =>
  async (matters, counts) => {
    const town = { zone: deps.zone, fold: deps.fold, counts: counts ?? (await deps.gramCounts()) };
    await deps.letters.put(matters.flatMap((matter) => matterGrams(matter, town) ?? []));
  };
