import { publicLetter } from '../domain/publication/public-letter.ts';
import { oneByOne, type MatterListener } from '../matters/announce.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import type { PublicLetterStore } from './public-letter-store.ts';

interface Deps {
  readonly letters: PublicLetterStore;
  readonly matters: Pick<MatterStore, 'byId'>;
  readonly zone: string;
}

/** Puts published matters on the public pages, and takes down what is no longer published. */
export const makeKeepPublicLetters = ({ letters, matters, zone }: Deps): MatterListener =>
  oneByOne(async ({ id, publication }) => {
    if (!publication) return;
    // Read anew: events told out of order must not put back what was taken down since.
    const matter = await matters.byId(id);
    const open = matter && publicLetter(matter, zone);
    if (open) await letters.put(open);
    else if (matter) await letters.remove(matter.number);
  });
