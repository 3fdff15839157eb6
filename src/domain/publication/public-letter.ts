import { dayOf, daysBetween, type Day } from '../clocks/zoned-day.ts';
import { isSecret, type LetterKind } from '../letters/letter.ts';
import { OPEN_STATES } from '../matters/lifecycle.ts';
import type { Matter } from '../matters/matter.ts';
import type { Resolution } from '../matters/resolution.ts';
import { redact } from './redaction.ts';

/** What everyone may read of a matter, built field by field: question and answer together, redacted. */
export interface PublicLetter {
  readonly number: string;
  readonly kind: LetterKind;
  readonly title: string;
  readonly body: string;
  readonly answer: string;
  /** 张先生-style salutations need a gender nobody is asked for: a surname with 某, or nothing when anonymous. */
  readonly signedAs: string;
  readonly unit: string;
  readonly resolution: Resolution;
  readonly receivedOn: Day;
  readonly answeredOn: Day;
  readonly days: number;
  readonly isOnTime: boolean;
  /** The writer was not content, or the office itself: the matter is being handled again. */
  readonly isReopened: boolean;
  readonly overall: number | null;
  readonly language: Matter['letter']['language'];
}

/** Null unless the writer agreed, the office decided so, and there is an answer. */
export function publicLetter(matter: Matter, zone: string): PublicLetter | null {
  const { letter, answer, publication } = matter;
  if (!publication?.isPublished || !answer || letter.wish === 'private' || isSecret(letter)) return null;
  const receivedOn = dayOf(letter.receivedAt, zone);
  const answeredOn = dayOf(answer.answeredAt, zone);
  return {
    number: matter.number,
    kind: letter.kind,
    title: redact(letter.title, publication.title),
    body: redact(letter.body, publication.body),
    answer: redact(answer.text, publication.answer),
    signedAs: letter.wish === 'public' ? shortName(letter.writer.name) : '',
    unit: answer.unit,
    resolution: answer.resolution,
    receivedOn,
    answeredOn,
    days: daysBetween(receivedOn, answeredOn),
    isOnTime: answer.isOnTime,
    isReopened: OPEN_STATES.includes(matter.state),
    overall: matter.rating?.overall ?? null,
    language: letter.language,
  };
}

/** 王小明 and 王 小明 → 王某某; Mary Jane Smith → M. J. S. The full name stays with the office. */
export function shortName(name: string): string {
  const parts = name.split(/\s+/).filter((part) => part.length > 0);
  const whole = parts.join('');
  // By characters, not by UTF-16 units: 𠮷 is one.
  const [surname = '', ...given] = whole;
  if (/^\p{Script=Han}+$/u.test(whole)) return surname + '某'.repeat(Math.min(2, given.length));
  return parts.map(([first = '']) => `${first.toUpperCase()}.`).join(' ');
}
