import type { Fold } from '../domain/repeats/compared-letter.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { EarlierLetters } from './earlier-letters.ts';
import { makeFindHotMatters } from './find-hot-matters.ts';
import type { GetJudge } from './find-repeats.ts';
import { makeKeepLinkedLetters, makePutLinkedLetters } from './keep-linked-letters.ts';
import { makeLinkLetters } from './link-letters.ts';
import type { LinkedLetterStore } from './linked-letter-store.ts';
import { makeRebuildLinkedLetters } from './rebuild-linked-letters.ts';

/** All that groups letters, joined together. `elapsed` is a clock of milliseconds that only runs forward. */
export function makeGrouping(deps: {
  linkedLetters: LinkedLetterStore;
  matters: Pick<MatterStore, 'byId' | 'byIds' | 'eachBatch'>;
  earlierLetters: Pick<EarlierLetters, 'similar'>;
  getJudge: GetJudge;
  personHash: (key: string) => string;
  fold: Fold;
  clock: Clock;
  zone: string;
  elapsed: () => number;
}) {
  const putLinkedLetters = makePutLinkedLetters(deps);
  const linkLetters = makeLinkLetters(deps);
  return {
    keepLinkedLetters: makeKeepLinkedLetters(putLinkedLetters),
    linkLetters,
    rebuildLinkedLetters: makeRebuildLinkedLetters({ ...deps, putLinkedLetters, linkLetters }),
    findHotMatters: makeFindHotMatters(deps),
  };
}
