import type { MatterStore } from '../matters/matter-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { PutLinkedLetters } from './keep-linked-letters.ts';
import type { LinkLetters } from './link-letters.ts';

const BATCH = 500;

/** Puts and links the letters of the last months anew. Returns how many were linked. */
export function makeRebuildLinkedLetters(deps: {
  matters: Pick<MatterStore, 'eachBatch'>;
  putLinkedLetters: PutLinkedLetters;
  linkLetters: LinkLetters;
  clock: Clock;
}) {
  return async (progress: (linked: number) => void = () => {}): Promise<number> => {
    await deps.matters.eachBatch(BATCH, (batch) => deps.putLinkedLetters(batch, true));
    let linked = 0;
    for (;;) {
      const more = await deps.linkLetters(deps.clock.now());
      if (more === 0) return linked;
      linked += more;
      progress(linked);
    }
  };
}

export type RebuildLinkedLetters = ReturnType<typeof makeRebuildLinkedLetters>;
