import { addDays, dayOf } from '../domain/clocks/zoned-day.ts';
import type { Matter } from '../domain/matters/matter.ts';
import { LONGEST_WINDOW } from '../domain/repeats/hot-matters.ts';
import { linkedLetter } from '../domain/repeats/linked-letter.ts';
import type { MatterListener } from '../matters/announce.ts';
import type { Clock } from '../platform/clock.ts';
import type { LinkedLetterStore } from './linked-letter-store.ts';

export interface PutLinkedLettersDeps {
  readonly linkedLetters: Pick<LinkedLetterStore, 'put'>;
  readonly personHash: (key: string) => string;
  readonly clock: Clock;
  readonly zone: string;
}

/** Puts what matters say of themselves, those young enough to be part of anything hot. */
export const makePutLinkedLetters =
  ({ linkedLetters, personHash, clock, zone }: PutLinkedLettersDeps) =>
  async (matters: readonly Matter[], anew = false): Promise<void> => {
    const first = addDays(dayOf(clock.now(), zone), 1 - LONGEST_WINDOW);
    const rows = matters.flatMap((matter) => linkedLetter(matter, { zone, hash: personHash }) ?? []);
    await linkedLetters.put(
      rows.filter(({ receivedOn }) => receivedOn >= first),
      anew,
    );
  };

export type PutLinkedLetters = ReturnType<typeof makePutLinkedLetters>;

/** Keeps the rows up to date with what happens. Finding what is alike takes its time, and so is done later. */
export const makeKeepLinkedLetters =
  (putLinkedLetters: PutLinkedLetters): MatterListener =>
  async (news) => {
    // A step of the ladder changes nothing of what is grouped.
    const told = news.filter(({ events }) => events.some(({ what }) => what !== 'step'));
    if (told.length > 0) await putLinkedLetters(told.map(({ matter }) => matter));
  };
