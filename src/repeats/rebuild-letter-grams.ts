import { comparedLetter, type Fold } from '../domain/repeats/compared-letter.ts';
import { GramCounter, type GramCounts } from '../domain/repeats/gram-counts.ts';
import { isSecret } from '../domain/letters/letter.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import type { GramCountsStore } from './gram-counts-store.ts';
import type { LetterGramsStore } from './letter-grams-store.ts';
import type { PutLetterGrams } from './put-letter-grams.ts';

const BATCH = 500;
/** So many letters say what is rare in a town as well as all of them. */
const COUNTED = 20_000;

/**
 * Counts the grams of the town's letters anew and weighs every letter by them. Letters are found all the while; a row
 * that belongs to no letter is taken out of the store, and out of a running process when that starts again.
 */
export function makeRebuildLetterGrams(deps: {
  matters: Pick<MatterStore, 'eachBatch'>;
  letters: Pick<LetterGramsStore, 'removePutBefore'>;
  counts: Pick<GramCountsStore, 'save'>;
  putLetterGrams: PutLetterGrams;
  fold: Fold;
}) {
  const { matters, letters, fold } = deps;
  return async (progress: (done: number) => void = () => {}): Promise<number> => {
    const counter = new GramCounter();
    // Matters come in the order of their ids, which are random: the first ones are a fair sample.
    await matters.eachBatch(
      BATCH,
      async (batch) => {
        for (const { letter } of batch) if (!isSecret(letter)) counter.add(comparedLetter(letter, fold));
      },
      COUNTED,
    );
    const counts = counter.counts();
    const countedAt = await deps.counts.save(counts);
    let done = 0;
    // A batch is written while the next one is read.
    let written: Promise<void> = Promise.resolve();
    await matters.eachBatch(BATCH, async (batch) => {
      await written;
      written = deps.putLetterGrams(batch, counts);
      // It is awaited before the next one; until then its failure has to wait.
      written.catch(() => undefined);
      done += batch.length;
      progress(done);
    });
    await written;
    await letters.removePutBefore(countedAt);
    return done;
  };
}

export type RebuildLetterGrams = ReturnType<typeof makeRebuildLetterGrams>;

/**
 * A town that has twice the letters its grams were counted in has other rare words: all is weighed anew, until enough
 * were counted. So a town does it a dozen times in its life, and mostly while it is small.
 */
export function makeRecountGrams(deps: {
  letters: Pick<LetterGramsStore, 'count'>;
  gramCounts: () => Promise<GramCounts>;
  rebuildLetterGrams: RebuildLetterGrams;
}) {
  return async (): Promise<number> => {
    const [letters, { counted }] = await Promise.all([deps.letters.count(), deps.gramCounts()]);
    return 2 * counted < Math.min(letters, COUNTED) ? deps.rebuildLetterGrams() : 0;
  };
}
