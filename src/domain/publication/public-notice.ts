import type { Language } from '../bilingual.ts';
import type { Writer } from '../letters/letter.ts';
import type { Matter } from '../matters/matter.ts';
import { particularsOf, redact, suggestRedactions } from './redaction.ts';

/** 公开告知: what the office tells everyone about a matter that many wrote about. What is kept is what everyone may read. */
export interface PublicNotice {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly language: Language;
  /** The matter it is about: where the set leads. */
  readonly about: Pick<Matter, 'id' | 'number'>;
  readonly publishedAt: Date;
  readonly publishedBy: string;
  /** The reason stays on file. */
  readonly takenDown: { readonly at: Date; readonly by: string; readonly reason: string } | null;
}

/** Characters. */
export const NOTICE_LIMITS = {
  title: { min: 4, max: 80 },
  text: { min: 10, max: 3000 },
  reason: { max: 500 },
} as const;

export interface NoticeWords {
  readonly title: string;
  readonly text: string;
}

/**
 * As everyone may read it: without what patterns find, and without the particulars of those who wrote. The units' own
 * telephones stay: they are given so that people ring them.
 */
export function redactedNotice(
  words: NoticeWords,
  writers: readonly Writer[],
  officePhones: readonly string[],
): NoticeWords {
  const known = particularsOf(writers);
  const offices = new Set(officePhones.map(digitsOf));
  const plain = (text: string): string =>
    redact(
      text,
      suggestRedactions(text, known).filter(
        ({ start, end, kind }) => kind !== 'phone' || !offices.has(digitsOf(text.slice(start, end))),
      ),
    );
  return { title: plain(words.title), text: plain(words.text) };
}

const digitsOf = (phone: string): string => phone.normalize('NFKC').replace(/\D/g, '');

/** The first reason stands. */
export const takeDown = (notice: PublicNotice, by: string, reason: string, at: Date): PublicNotice =>
  notice.takenDown ? notice : { ...notice, takenDown: { at, by, reason } };
