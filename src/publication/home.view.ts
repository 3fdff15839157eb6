import { inLanguage } from '../domain/bilingual.ts';
import type { Town } from '../domain/directory/directory.ts';
import type { PublicLetter } from '../domain/publication/public-letter.ts';
import type { PublicNotice } from '../domain/publication/public-notice.ts';
import type { TownFigures } from '../statistics/town-figures.ts';
import { noticeItem } from './notices.view.ts';
import { itemView, type Reader } from './publication.view.ts';

export function homeView(
  found: {
    town: Town | null;
    latest: readonly PublicLetter[];
    notices: readonly PublicNotice[];
    figures: TownFigures;
  },
  reader: Reader,
) {
  const { town, figures } = found;
  const { received, valid, answered, published, responseRate, publicRate, onTime, medianDays } = figures.own;
  return {
    mailbox: town ? inLanguage(reader.lang, town.mailbox) : '',
    greeting: town ? inLanguage(reader.lang, town.greeting) : '',
    isDemonstration: town?.isDemonstration ?? false,
    year: figures.from.slice(0, 4),
    figures: {
      received,
      valid,
      answered,
      published,
      responseRate: responseRate.value,
      publicRate: publicRate.value,
      onTime: onTime.value,
      medianDays,
    },
    notices: found.notices.map(noticeItem),
    latest: found.latest.map((letter) => itemView(letter, reader)),
  };
}
