import { addDays, dayOf } from '../domain/clocks/zoned-day.ts';
import type { Matter } from '../domain/matters/matter.ts';
import { comparedLetter, type Fold } from '../domain/repeats/compared-letter.ts';
import { LONGEST_WINDOW } from '../domain/repeats/hot-matters.ts';
import type { LetterLink } from '../domain/repeats/linked-letter.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import type { EarlierLetters } from './earlier-letters.ts';
import type { GetJudge } from './find-repeats.ts';
import type { LinkedLetterStore } from './linked-letter-store.ts';

/** Of what is found, most may be years old, and only the young are judged. */
const FOUND = 60;
const JUDGED = 20;
/** In one sweep: a storm of letters is linked by and by, and whoever writes meanwhile is received first. */
const AT_ONCE = 50;

/** Looks, for letters that are new here, which others are about the same matter. Returns how many it looked at. */
export function makeLinkLetters(deps: {
  linkedLetters: Pick<LinkedLetterStore, 'waiting' | 'link' | 'known' | 'removeReceivedBefore'>;
  matters: Pick<MatterStore, 'byId' | 'byIds'>;
  earlierLetters: Pick<EarlierLetters, 'similar'>;
  getJudge: GetJudge;
  fold: Fold;
  zone: string;
}) {
  const { linkedLetters, matters, fold } = deps;

  const linksOf = async ({ id, letter }: Matter): Promise<LetterLink[]> => {
    const one = comparedLetter(letter, fold);
    const found = await deps.earlierLetters.similar({ letter: one, isPublicOnly: false, limit: FOUND });
    // Only young letters are known here, and no reports.
    const known = new Set(await linkedLetters.known(found.map((each) => each.id)));
    const young = found.map((each) => each.id).filter((other) => other !== id && known.has(other));
    const judge = (await deps.getJudge())(one);
    return (await matters.byIds(young.slice(0, JUDGED))).flatMap((other): LetterLink[] => {
      const { verdict, score } = judge(comparedLetter(other.letter, fold));
      return verdict === 'same' ? [{ other: other.id, score }] : [];
    });
  };

  return async (now: Date): Promise<number> => {
    await linkedLetters.removeReceivedBefore(addDays(dayOf(now, deps.zone), 1 - LONGEST_WINDOW));
    const waiting = await linkedLetters.waiting(AT_ONCE);
    for (const id of waiting) {
      const matter = await matters.byId(id);
      await linkedLetters.link(id, matter ? await linksOf(matter) : []);
    }
    return waiting.length;
  };
}

export type LinkLetters = ReturnType<typeof makeLinkLetters>;
