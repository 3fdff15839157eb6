import type { Fold } from '../domain/repeats/compared-letter.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import { makeFindEarlierLetters } from './find-earlier-letters.ts';
import type { GramCountsStore } from './gram-counts-store.ts';
import { makeKeepLetterGrams } from './keep-letter-grams.ts';
import type { LetterGramsStore } from './letter-grams-store.ts';
import { makePutLetterGrams } from './put-letter-grams.ts';
import { makeRebuildLetterGrams, makeRecountGrams } from './rebuild-letter-grams.ts';
import { rememberedGramCounts } from './remembered-gram-counts.ts';

/** All that lets letters be found, joined together. `elapsed` is a clock of milliseconds that only runs forward. */
export function makeFinding(deps: {
  matters: Pick<MatterStore, 'eachBatch'>;
  letters: LetterGramsStore;
  counts: GramCountsStore;
  zone: string;
  fold: Fold;
  elapsed: () => number;
}) {
  const counts = rememberedGramCounts(deps.counts, deps.elapsed);
  const gramCounts = () => counts.find();
  const putLetterGrams = makePutLetterGrams({ ...deps, gramCounts });
  const rebuildLetterGrams = makeRebuildLetterGrams({ ...deps, counts, putLetterGrams });
  return {
    putLetterGrams,
    keepLetterGrams: makeKeepLetterGrams(putLetterGrams),
    rebuildLetterGrams,
    recountGrams: makeRecountGrams({ ...deps, gramCounts, rebuildLetterGrams }),
    earlierLetters: makeFindEarlierLetters({ ...deps, gramCounts }),
  };
}
