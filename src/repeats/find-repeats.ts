import { dayOf, daysBetween } from '../domain/clocks/zoned-day.ts';
import { isSecret } from '../domain/letters/letter.ts';
import { isSamePerson } from '../domain/letters/same-person.ts';
import type { Matter } from '../domain/matters/matter.ts';
import { mayRead, type Actor } from '../domain/permissions/permissions.ts';
import { citedNumbers } from '../domain/repeats/back-references.ts';
import { comparedLetter, type ComparedLetter, type Fold } from '../domain/repeats/compared-letter.ts';
import type { Judge } from '../domain/repeats/judge.ts';
import type { Judgement } from '../domain/repeats/judgement.ts';
import type { CompareLetters } from '../matters/compare-letters.ts';
import type { FindRepeats, LikelyRepeat } from '../matters/likely-repeats.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import type { EarlierLetters } from './earlier-letters.ts';

/** What is judged of what was found; what is shown of what was judged. */
const JUDGED = 30;
const SHOWN = 10;
/** Nobody gives the numbers of more letters in good faith. */
const MOST_CITED = 5;

/** The weights in force with the town's own words: what judges two letters now. */
export type GetJudge = () => Promise<Judge>;

export function makeFindRepeats(deps: {
  earlierLetters: Pick<EarlierLetters, 'similar'>;
  matters: Pick<MatterStore, 'byIds' | 'byNumber'>;
  getJudge: GetJudge;
  fold: Fold;
  zone: string;
}): FindRepeats {
  const { earlierLetters, matters, getJudge, fold, zone } = deps;
  return async (matter, reader) => {
    if (isSecret(matter.letter)) return [];
    const one = comparedLetter(matter.letter, fold, matter.number);
    const found = await earlierLetters.similar({ letter: one, isPublicOnly: false, limit: JUDGED });
    const alike = await matters.byIds(found.map(({ id }) => id));
    const cited = await citedIn(one, matters);
    const letters = [...new Map([...alike, ...cited].map((each) => [each.id, each])).values()].filter(
      ({ id }) => id !== matter.id,
    );
    const primaries = await primariesOf(letters, matters);
    const judge = (await getJudge())(one);
    const likely = letters.flatMap((letter): LikelyRepeat[] => {
      const primary = letter.joinedTo === null ? letter : primaries.get(letter.joinedTo);
      if (!primary || !isCandidate(matter, letter, primary, reader)) return [];
      return [
        {
          letter,
          primary,
          others: letters.filter(({ joinedTo }) => joinedTo === primary.id),
          judgement: judge(comparedLetter(letter.letter, fold, letter.number)),
          isSamePerson: isSamePerson(letter.letter.writer, matter.letter.writer),
          daysApart: Math.abs(
            daysBetween(dayOf(letter.letter.receivedAt, zone), dayOf(matter.letter.receivedAt, zone)),
          ),
        },
      ];
    });
    return oneOfEachSet(likely.sort(likeliestFirst)).slice(0, SHOWN);
  };
}

/** Letters whose numbers the writer gives, in whatever words they were written. */
async function citedIn(
  { title, body }: ComparedLetter,
  matters: Pick<MatterStore, 'byNumber'>,
): Promise<Matter[]> {
  const numbers = citedNumbers(`${title}\n${body}`).slice(0, MOST_CITED);
  return (await Promise.all(numbers.map((number) => matters.byNumber(number)))).flatMap((each) => each ?? []);
}

/** For the evidence kept with a decision. */
export const makeCompareLetters =
  ({ getJudge, fold }: { getJudge: GetJudge; fold: Fold }): CompareLetters =>
  async (one, other) =>
    (await getJudge())(comparedLetter(one.letter, fold, one.number))(
      comparedLetter(other.letter, fold, other.number),
    );

async function primariesOf(
  letters: readonly Matter[],
  matters: Pick<MatterStore, 'byIds'>,
): Promise<ReadonlyMap<string, Matter>> {
  const known = new Map(letters.map((letter) => [letter.id, letter]));
  const missing = letters.flatMap(({ joinedTo }) => (joinedTo && !known.has(joinedTo) ? [joinedTo] : []));
  for (const primary of await matters.byIds([...new Set(missing)])) known.set(primary.id, primary);
  return known;
}

function isCandidate(matter: Matter, letter: Matter, primary: Matter, reader: Actor): boolean {
  const isOwnSet = primary.id === matter.id || primary.id === matter.joinedTo;
  const isHeldOut =
    matter.heldOut.some(({ other }) => other === letter.id || other === primary.id) ||
    letter.heldOut.some(({ other }) => other === matter.id);
  return (
    !isOwnSet && !isHeldOut && !isSecret(letter.letter) && mayRead(reader, letter) && mayRead(reader, primary)
  );
}

const VERDICTS: readonly Judgement['verdict'][] = ['same', 'perhaps', 'other'];

const likeliestFirst = ({ judgement: a }: LikelyRepeat, { judgement: b }: LikelyRepeat): number =>
  VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) || b.score - a.score;

/** Of a set, the letter that is most like the one on the desk. */
function oneOfEachSet(likely: readonly LikelyRepeat[]): LikelyRepeat[] {
  const seen = new Set<string>();
  return likely.filter(({ primary }) => !seen.has(primary.id) && seen.add(primary.id));
}
