import { isSecret, type Letter } from '../domain/letters/letter.ts';
import { publicLetter, type PublicLetter } from '../domain/publication/public-letter.ts';
import { comparedLetter, type ComparedLetter, type Fold } from '../domain/repeats/compared-letter.ts';
import type { Judge } from '../domain/repeats/judge.ts';
import type { Judgement } from '../domain/repeats/judgement.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import type { EarlierLetters } from './earlier-letters.ts';

export interface FoundAnswer {
  readonly letter: PublicLetter;
  readonly judgement: Judgement;
}

/** As many as a person reads before writing. */
const SHOWN = 3;
/** More are judged than shown: the search ranks by words, the judgement by what is meant. */
const JUDGED = 20;

/**
 * The published answers on the matter a citizen is about to write on, best first. Only what everyone may read is compared:
 * no hidden word can bring an answer up. A report is never searched with.
 */
export function makeFindAnswers(deps: {
  earlierLetters: Pick<EarlierLetters, 'similar'>;
  matters: Pick<MatterStore, 'byId'>;
  getJudge: () => Promise<Judge>;
  fold: Fold;
  zone: string;
}) {
  const { earlierLetters, matters, fold, zone } = deps;
  return async (letter: Pick<Letter, 'kind' | 'title' | 'body' | 'place'>): Promise<FoundAnswer[]> => {
    if (isSecret(letter)) return [];
    const compared = comparedLetter(letter, fold);
    const similar = await earlierLetters.similar({ letter: compared, isPublicOnly: true, limit: JUDGED });
    const judge = judgeWith(await deps.getJudge(), compared);
    const found = await Promise.all(similar.map(({ id }) => matters.byId(id)));
    return found
      .flatMap((matter) => (matter && publicLetter(matter, zone)) ?? [])
      .map((open) => ({
        letter: open,
        judgement: judge(comparedLetter({ title: open.title, body: open.body, place: '' }, fold)),
      }))
      .filter(({ judgement }) => judgement.verdict !== 'other')
      .toSorted((a, b) => b.judgement.score - a.judgement.score)
      .slice(0, SHOWN);
  };
}

/**
 * The judge learnt from whole letters. While a title is all that is typed, it is taken for all that the letter says, and
 * held beside the earlier letter and beside that one's title: the better agreement counts.
 */
function judgeWith(judge: Judge, letter: ComparedLetter): (earlier: ComparedLetter) => Judgement {
  if (letter.body !== '') return judge(letter);
  const judgeTitle = judge(titleOnly(letter));
  return (earlier) => {
    const [whole, title] = [judgeTitle(earlier), judgeTitle(titleOnly(earlier))];
    return title.score > whole.score ? title : whole;
  };
}

const titleOnly = ({ title, place }: ComparedLetter): ComparedLetter => ({ title, body: title, place });

export type FindAnswers = ReturnType<typeof makeFindAnswers>;
