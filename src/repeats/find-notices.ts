import { comparedLetter, type ComparedLetter, type Fold } from '../domain/repeats/compared-letter.ts';
import type { PublicNotice } from '../domain/publication/public-notice.ts';
import type { PublicNoticeStore } from '../publication/public-notice-store.ts';
import type { GetJudge } from './find-repeats.ts';

/** Older ones are no news, and each is judged. */
const JUDGED = 50;
const SHOWN = 3;

/** Public notices that may answer a letter about to be written, the likeliest first. */
export type FindNotices = (
  written: Pick<ComparedLetter, 'title' | 'body' | 'place'>,
) => Promise<PublicNotice[]>;

export function makeFindNotices(deps: {
  publicNotices: Pick<PublicNoticeStore, 'latest'>;
  getJudge: GetJudge;
  fold: Fold;
}): FindNotices {
  return async (written) => {
    const notices = await deps.publicNotices.latest(JUDGED);
    if (notices.length === 0) return [];
    const judge = (await deps.getJudge())(comparedLetter(written, deps.fold));
    return notices
      .map((notice) => ({
        notice,
        judgement: judge(comparedLetter({ title: notice.title, body: notice.text, place: '' }, deps.fold)),
      }))
      .filter(({ judgement }) => judgement.verdict !== 'other')
      .sort((a, b) => b.judgement.score - a.judgement.score)
      .slice(0, SHOWN)
      .map(({ notice }) => notice);
  };
}
