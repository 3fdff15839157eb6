import type { PublicLetter } from '../domain/publication/public-letter.ts';
import type { PublicNotice } from '../domain/publication/public-notice.ts';

/** Public notices as everyone reads them. */

export const noticeItem = ({ id, title, text, language, publishedAt }: PublicNotice) => ({
  href: `/notices/${encodeURIComponent(id)}`,
  title,
  excerpt: excerptOf(text),
  language,
  publishedAt,
});

/** `letter`: the matter it is about, when that is public itself. */
export const noticeView = (
  { title, text, language, publishedAt, takenDown }: PublicNotice,
  letter: PublicLetter | null,
) =>
  takenDown
    ? { takenDownAt: takenDown.at }
    : {
        takenDownAt: null,
        title,
        text,
        language,
        publishedAt,
        letter: letter && {
          title: letter.title,
          language: letter.language,
          href: `/answers/${encodeURIComponent(letter.number)}`,
        },
      };

const EXCERPT = 90;

function excerptOf(text: string): string {
  const words = Array.from(text.replaceAll(/\s+/g, ' '));
  return words.length > EXCERPT ? `${words.slice(0, EXCERPT).join('')}……` : words.join('');
}
