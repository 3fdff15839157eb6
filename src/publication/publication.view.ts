import type { Unit } from '../domain/directory/directory.ts';
import { LETTER_KINDS, type LetterKind } from '../domain/letters/letter.ts';
import type { PublicLetter } from '../domain/publication/public-letter.ts';
import { REDACTION_MARK } from '../domain/publication/redaction.ts';
import { inLanguage, type Language } from '../domain/bilingual.ts';
import type { PublicPage } from './public-letter-store.ts';

/** What the public pages show: all of it comes from public letters, which are redacted copies. */

export interface Reader {
  readonly lang: Language;
  readonly units: readonly Unit[];
}

export interface ListFilters {
  readonly words: string;
  readonly unit: string;
  readonly kind: LetterKind | '';
  readonly page: number;
}

export const PER_PAGE = 10;
const EXCERPT = 90;

export const unitName = (id: string, { units, lang }: Reader): string => {
  const unit = units.find((each) => each.id === id);
  return unit ? inLanguage(lang, unit.name) : id;
};

export function listView(filters: ListFilters, found: PublicPage, reader: Reader) {
  const pages = Math.max(1, Math.ceil(found.total / PER_PAGE));
  return {
    filters,
    isFiltered: filters.words !== '' || filters.unit !== '' || filters.kind !== '',
    kinds: LETTER_KINDS,
    units: reader.units.map(({ id, name }) => ({ value: id, label: inLanguage(reader.lang, name) })),
    total: found.total,
    page: filters.page,
    pages,
    base: addressOf(filters),
    items: found.items.map((letter) => itemView(letter, reader)),
  };
}

export function itemView(letter: PublicLetter, reader: Reader) {
  return {
    number: letter.number,
    title: letter.title,
    kind: letter.kind,
    unit: unitName(letter.unit, reader),
    answeredOn: letter.answeredOn,
    days: letter.days,
    excerpt: excerptOf(letter.answer),
    lang: letter.language,
  };
}

/** The first words of an answer, after its salutation. */
function excerptOf(answer: string): string {
  const words = Array.from(answer.replace(/^[^\n]{1,30}[：:，,]\s*\n/, '').replaceAll(/\s+/g, ' '));
  return words.length > EXCERPT ? `${words.slice(0, EXCERPT).join('')}……` : words.join('');
}

export function publicLetterView(letter: PublicLetter, reader: Reader) {
  return {
    number: letter.number,
    kind: letter.kind,
    title: letter.title,
    body: letter.body,
    answer: letter.answer,
    signedAs: letter.signedAs,
    unit: unitName(letter.unit, reader),
    unitId: letter.unit,
    resolution: letter.resolution,
    receivedOn: letter.receivedOn,
    answeredOn: letter.answeredOn,
    days: letter.days,
    isOnTime: letter.isOnTime,
    isReopened: letter.isReopened,
    overall: letter.overall,
    writtenIn: letter.language,
    hasMarks: [letter.title, letter.body, letter.answer].some((text) => text.includes(REDACTION_MARK)),
  };
}

/** The list's address with its filters, so that it can be kept, sent and paged through. */
function addressOf({ words, unit, kind }: ListFilters): string {
  const set = Object.entries({ words, unit, kind }).filter(([, value]) => value !== '');
  const query = new URLSearchParams(set).toString();
  return query ? `/answers?${query}` : '/answers';
}
