import type { MatterListener } from '../matters/announce.ts';
import type { PutLetterGrams } from './put-letter-grams.ts';

/** Lets a letter be found once it came in, and its public copy while it is published. */
export const makeKeepLetterGrams =
  (putLetterGrams: PutLetterGrams): MatterListener =>
  async (news) => {
    // What a letter says never changes; what everyone may read of it does.
    const told = news.filter(
      ({ matter, events }) => matter.publication || events.some(({ what }) => what === 'open'),
    );
    if (told.length > 0) await putLetterGrams(told.map(({ matter }) => matter));
  };
