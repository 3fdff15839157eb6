import { publicLetter } from '../domain/publication/public-letter.ts';
import { caseFact } from '../domain/statistics/case-fact.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import type { PublicLetterStore } from '../publication/public-letter-store.ts';
import type { FactStore } from './fact-store.ts';

export interface Rebuilt {
  readonly matters: number;
  readonly published: number;
}

const BATCH = 500;

/** Makes everything that is derived from the matters anew: the figures' rows and the public letters. */
export function makeRebuildReadModels(deps: {
  matters: Pick<MatterStore, 'eachBatch'>;
  facts: Pick<FactStore, 'clear' | 'put'>;
  publicLetters: Pick<PublicLetterStore, 'clear' | 'putMany'>;
  zone: string;
}) {
  const { matters, facts, publicLetters, zone } = deps;
  return async (progress: (rebuilt: Rebuilt) => void): Promise<Rebuilt> => {
    let rebuilt: Rebuilt = { matters: 0, published: 0 };
    await facts.clear();
    await publicLetters.clear();
    await matters.eachBatch(BATCH, async (batch) => {
      const open = batch.flatMap((matter) => publicLetter(matter, zone) ?? []);
      await facts.put(batch.map((matter) => caseFact(matter, zone)));
      await publicLetters.putMany(open);
      rebuilt = { matters: rebuilt.matters + batch.length, published: rebuilt.published + open.length };
      progress(rebuilt);
    });
    return rebuilt;
  };
}

export type RebuildReadModels = ReturnType<typeof makeRebuildReadModels>;
