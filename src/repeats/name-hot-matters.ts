import type { Language } from '../domain/bilingual.ts';
import {
  FEWEST_PEOPLE_IN_PUBLIC,
  HOT_WINDOWS,
  type HotMatter,
  type HotWindow,
} from '../domain/repeats/hot-matters.ts';
import type { PublicLetterStore } from '../publication/public-letter-store.ts';
import type { PublicNoticeStore } from '../publication/public-notice-store.ts';
import type { FindHotMatters } from './find-hot-matters.ts';

/** A hot matter as everyone may know of it: by the words of something published, with people counted and nobody named. */
export interface NamedHotMatter {
  readonly title: string;
  readonly language: Language;
  readonly href: string;
  readonly people: number;
  readonly heat: number;
}

export type NamedHotMatters = Readonly<Record<HotWindow, readonly NamedHotMatter[]>>;

const SHOWN = 5;
const NOTICES = 50;

/** The hottest matters of each window that something published gives a name to; without it, nothing is said of them. */
export function makeNameHotMatters(deps: {
  findHotMatters: FindHotMatters;
  publicLetters: Pick<PublicLetterStore, 'byNumber'>;
  publicNotices: Pick<PublicNoticeStore, 'latest'>;
}) {
  return async (): Promise<NamedHotMatters> => {
    const notices = await deps.publicNotices.latest(NOTICES);
    const named: Record<HotWindow, NamedHotMatter[]> = { 7: [], 30: [], 90: [] };
    for (const days of HOT_WINDOWS) {
      for (const matter of await deps.findHotMatters(days, true)) {
        if (named[days].length === SHOWN) break;
        if (matter.people < FEWEST_PEOPLE_IN_PUBLIC) continue;
        const name = await nameOf(matter);
        if (name) named[days].push({ ...name, people: matter.people, heat: matter.heat });
      }
    }
    return named;

    async function nameOf({ ids, published }: HotMatter) {
      const notice = notices.find(({ about }) => ids.has(about.id));
      if (notice)
        return {
          title: notice.title,
          language: notice.language,
          href: `/notices/${encodeURIComponent(notice.id)}`,
        };
      for (const number of published) {
        const letter = await deps.publicLetters.byNumber(number);
        if (letter)
          return {
            title: letter.title,
            language: letter.language,
            href: `/answers/${encodeURIComponent(number)}`,
          };
      }
      return null;
    }
  };
}

export type NameHotMatters = ReturnType<typeof makeNameHotMatters>;
