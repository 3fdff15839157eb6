import type { MatterListener } from '../matters/announce.ts';
import type { PutLetterGrams } from './put-letter-grams.ts';

/** Lets a letter be found once it came in, and its public copy while it is published. */
export const makeKeepLetterGrams =
  (putLetterGrams: PutLetterGrams): MatterListener =>
  async (matter, events) => {
    // What a letter says never changes; what everyone may read of it does.
    const isNew = events.some(({ what }) => what === 'open');
    if (isNew || matter.publication) await putLetterGrams([matter]);
  };
