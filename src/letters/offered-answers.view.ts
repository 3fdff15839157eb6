import type { PublicNotice } from '../domain/publication/public-notice.ts';
import type { PublicLetter } from '../domain/publication/public-letter.ts';
import { unitName, type Reader } from '../publication/publication.view.ts';
import { STEP_NAMES } from './filing.view.ts';

/** Longer answers are folded: three of them have to fit a phone without much scrolling. */
const WHOLE = 160;
const OPENING = 110;
/** As many letters of other scripts take the room of a Chinese character. */
const NARROWER = 2.5;
/** Where an answer may be cut without tearing a sentence. */
const SENTENCE_END = /[。！？；\n]|[.!?;](?=\s)/gu;

export interface OfferPage {
  readonly letters: readonly PublicLetter[];
  readonly notices: readonly PublicNotice[];
  /** The answer whose followers are to be one more, when that was just asked for. */
  readonly followed: string;
  /** What was chosen is public no more. */
  readonly isGone: boolean;
  readonly after: string;
  /** What was typed as an address, for which answer. */
  readonly typed: { readonly number: string; readonly mail: string };
}

export function offeredAnswersView(
  { letters, notices, followed, isGone, after, typed }: OfferPage,
  reader: Reader,
) {
  return {
    steps: STEP_NAMES,
    current: 1,
    after,
    backTo: after === 'check' ? '/letters/new/check' : '/letters/new/matter',
    isGone: isGone || letters.length + notices.length === 0,
    notices: notices.map(({ id, title, text, language, publishedAt }) => ({
      id,
      title,
      language,
      at: publishedAt,
      ...folded(text),
    })),
    answers: letters.map((letter) => ({
      number: letter.number,
      title: letter.title,
      unit: unitName(letter.unit, reader),
      answeredOn: letter.answeredOn,
      days: letter.days,
      isReopened: letter.isReopened,
      lang: letter.language,
      ...folded(letter.answer),
      isFollowed: letter.number === followed,
      mail: letter.number === typed.number ? typed.mail : '',
      isOpen: letter.number === typed.number,
    })),
  };
}

/** The beginning of an answer, and the rest of it where it is long. */
export function folded(answer: string): { opening: string; rest: string } {
  const characters = Array.from(answer);
  const room = /\p{Script=Han}/u.test(answer) ? 1 : NARROWER;
  if (characters.length <= WHOLE * room) return { opening: answer, rest: '' };
  const beginning = characters.slice(0, OPENING * room).join('');
  const end = [...beginning.matchAll(SENTENCE_END)].at(-1);
  const at = end && end.index > beginning.length / 3 ? end.index + end[0].length : beginning.length;
  return { opening: answer.slice(0, at).trimEnd(), rest: answer.slice(at).trimStart() };
}

export function answeredView(letter: PublicLetter | null) {
  return { answer: letter && { number: letter.number, title: letter.title, lang: letter.language } };
}
