import type { Language } from '../domain/bilingual.ts';
import { DomainError } from '../domain/domain-error.ts';
import { isSecret, LETTER_KINDS, type Letter } from '../domain/letters/letter.ts';
import type { PublicLetter } from '../domain/publication/public-letter.ts';
import type { PublicNotice } from '../domain/publication/public-notice.ts';
import type { Log } from '../platform/log.ts';
import type { PublicLetterStore } from '../publication/public-letter-store.ts';
import type { CountSavedLetter } from '../repeats/count-saved-letter.ts';
import type { FindAnswers } from '../repeats/find-answers.ts';
import type { FindNotices } from '../repeats/find-notices.ts';
import type { FollowMatter } from '../repeats/follow-matter.ts';
import type { Draft } from './draft-store.ts';
import type { OpenDraft, PrepareLetter } from './prepare-letter.ts';
import type { Secrets } from './secrets.ts';

export interface OfferAnswersDeps {
  readonly findAnswers: FindAnswers;
  readonly findNotices: FindNotices;
  readonly countSavedLetter: CountSavedLetter;
  readonly followMatter: Pick<FollowMatter, 'ask'>;
  readonly publicLetters: Pick<PublicLetterStore, 'byNumber'>;
  readonly secrets: Pick<Secrets, 'keyHash'>;
  readonly log: Log;
}

/** An answer settled it: the draft is kept out of sight for its day, in case the letter is written after all. */
export const isSetAside = ({ shown }: Draft): boolean => shown?.choice === 'answered';

/** Published answers that were found and about which the writer has said nothing yet. */
export const hasOffer = ({ shown }: Draft): boolean => shown?.choice === null;

/** Before filing: the answers that may make a letter needless, and what the writer says of them. */
export function makeOfferAnswers(deps: OfferAnswersDeps, prepare: Pick<PrepareLetter, 'noteShown'>) {
  const { publicLetters, countSavedLetter } = deps;

  /** Whoever cannot be shown an answer can still write. The error may hold the writer's words. */
  const orNothing = async <Found>(look: () => Promise<Found[]>): Promise<Found[]> => {
    try {
      return await look();
    } catch (error) {
      const reason = error instanceof Error ? error.name : 'failed';
      deps.log.warn({ reason }, 'answers.not-looked-for');
      return [];
    }
  };

  const find = (draft: Draft): Promise<readonly string[]> =>
    orNothing(async () => (await deps.findAnswers(wordsOf(draft))).map(({ letter }) => letter.number));

  /** What the office told everybody about the same thing. A report is never searched with. */
  const notices = async (draft: Draft): Promise<PublicNotice[]> => {
    const words = wordsOf(draft);
    return isSecret(words) ? [] : orNothing(() => deps.findNotices(words));
  };

  /** @throws DomainError NOT_FOUND when it was not offered to this writer, or is public no more. */
  const offered = async ({ shown }: Draft, number: string): Promise<PublicLetter> => {
    const letter = shown?.numbers.includes(number) ? await publicLetters.byNumber(number) : null;
    if (!letter) throw new DomainError('NOT_FOUND');
    return letter;
  };

  const choose = async (
    open: OpenDraft,
    choice: NonNullable<Draft['shown']>['choice'],
    chosen = open.draft.shown?.chosen ?? null,
  ): Promise<OpenDraft> => {
    const { shown } = open.draft;
    return shown ? prepare.noteShown(open, { ...shown, choice, chosen }) : open;
  };

  return {
    /** Looks with what is written so far. What is offered again keeps what was said of it. */
    async look(open: OpenDraft): Promise<OpenDraft> {
      const [numbers, told] = await Promise.all([find(open.draft), notices(open.draft)]);
      const { shown } = open.draft;
      if (numbers.length === 0 && told.length === 0) return shown ? prepare.noteShown(open, null) : open;
      if (shown && numbers.every((number) => shown.numbers.includes(number))) return open;
      return prepare.noteShown(open, { numbers, choice: null, chosen: null });
    },

    /** Those of the offered answers that are public still. */
    async answers({ shown }: Draft): Promise<PublicLetter[]> {
      const found = await Promise.all((shown?.numbers ?? []).map((number) => publicLetters.byNumber(number)));
      return found.flatMap((letter) => letter ?? []);
    },

    notices,

    /** 我的不一样: what was said before of one of them stands. */
    async different(open: OpenDraft): Promise<OpenDraft> {
      return hasOffer(open.draft) ? choose(open, 'different') : open;
    },

    async follow(open: OpenDraft, number: string, mail: string, language: Language): Promise<OpenDraft> {
      await offered(open.draft, number);
      await deps.followMatter.ask(number, mail, language);
      return choose(open, 'followed', number);
    },

    /** 这就答了: once for a draft, however often it is pressed. */
    async answered(open: OpenDraft, number: string): Promise<void> {
      if (isSetAside(open.draft)) return;
      await offered(open.draft, number);
      await choose(open, 'answered', number);
      await countSavedLetter.saved(deps.secrets.keyHash(open.key), number);
    },

    /** 还是要写: the draft as it was, and no letter was saved. */
    async afterAll(open: OpenDraft): Promise<OpenDraft> {
      if (!isSetAside(open.draft)) return open;
      await countSavedLetter.writtenAfterAll(deps.secrets.keyHash(open.key));
      return choose(open, 'afterAll');
    },
  };
}

export type OfferAnswers = ReturnType<typeof makeOfferAnswers>;

function wordsOf({ answers }: Draft): Pick<Letter, 'kind' | 'title' | 'body' | 'place'> {
  // What is no kind of letter is taken for the one that is never searched with.
  const kind = LETTER_KINDS.find((each) => each === answers.kind) ?? 'report';
  return { kind, title: answers.title ?? '', body: answers.body ?? '', place: answers.place ?? '' };
}
