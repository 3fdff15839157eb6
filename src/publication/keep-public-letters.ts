import { publicLetter } from '../domain/publication/public-letter.ts';
import type { MatterListener } from '../matters/announce.ts';
import type { PublicLetterStore } from './public-letter-store.ts';

/** Puts published matters on the public pages, and takes down what is no longer published. */
export const makeKeepPublicLetters =
  ({ letters, zone }: { letters: PublicLetterStore; zone: string }): MatterListener =>
  async (matter) => {
    const open = publicLetter(matter, zone);
    if (open) await letters.put(open);
    else if (matter.publication) await letters.remove(matter.number);
  };
