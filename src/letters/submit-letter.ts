import type { GetTownTimes } from '../clocks/get-town-times.ts';
import { dayOf, yearOf } from '../domain/clocks/zoned-day.ts';
import type { Letter } from '../domain/letters/letter.ts';
import { wordsOf } from '../domain/letters/same-person.ts';
import { letterNumber } from '../domain/letters/letter-number.ts';
import type { Matter } from '../domain/matters/matter.ts';
import { openMatter } from '../domain/matters/open-matter.ts';
import type { Announce } from '../matters/announce.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import type { Clock } from '../platform/clock.ts';
import type { Ids } from '../platform/ids.ts';
import type { RouteLetter } from './route-letter.ts';
import type { Secrets } from './secrets.ts';

/** A letter as it leaves the last page of the form. */
export type SubmitLetter = Omit<Letter, 'receivedAt'>;

/** What the citizen is shown once: the number, the code, and the matter with its due date. */
export interface Receipt {
  readonly matter: Matter;
  readonly code: string;
}

/**
 * Receives a letter. `formKey` is the form's own key: the same form sent twice, because a line broke or a button was
 * pressed again, yields the receipt of the first time.
 */
export function makeSubmitLetter(deps: {
  matters: MatterStore;
  routeLetter: RouteLetter;
  secrets: Secrets;
  clock: Clock;
  ids: Ids;
  getTownTimes: GetTownTimes;
  announce: Announce;
}) {
  const { matters, secrets } = deps;
  return async (command: SubmitLetter, formKey: string): Promise<Receipt> => {
    const code = secrets.codeFor(formKey);
    const submissionHash = secrets.keyHash(formKey);
    const earlier = await matters.bySubmission(submissionHash);
    if (earlier) return { matter: earlier, code };

    const now = deps.clock.now();
    const town = (await deps.getTownTimes()).forLetter(command, now);
    const year = yearOf(dayOf(now, town.calendar.zone));
    const number = letterNumber(year, await matters.nextSequence(year));
    const letter: Letter = { ...command, receivedAt: now };
    const opening = { id: deps.ids.next(), number, letter, ...(await deps.routeLetter(letter)) };
    const opened = openMatter(opening, town);
    const matter = await matters.insert(opened, {
      submissionHash,
      codeHash: secrets.codeHash(number, code),
      wordsHash: secrets.wordsHash(wordsOf(letter)),
    });
    if (matter.id === opened.id) await deps.announce([{ matter, events: matter.history }]);
    return { matter, code };
  };
}

export type ReceiveLetter = ReturnType<typeof makeSubmitLetter>;
