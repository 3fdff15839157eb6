import { Router, type Request, type Response } from 'express';
import { DomainError } from '../domain/domain-error.ts';
import { noticeItem, noticeView } from './notices.view.ts';
import type { PublicLetterStore } from './public-letter-store.ts';
import type { PublicNoticeStore } from './public-notice-store.ts';

interface NoticesDeps {
  readonly publicNotices: Pick<PublicNoticeStore, 'latest' | 'byId'>;
  readonly publicLetters: Pick<PublicLetterStore, 'byNumber'>;
}

const SHOWN = 100;

/** 公开告知: what the office tells everyone about matters that many wrote about. */
export function noticesRoutes({ publicNotices, publicLetters }: NoticesDeps): Router {
  const router = Router();
  router.get('/notices', showNotices);
  router.get('/notices/:id', showNotice);
  return router;

  async function showNotices(_req: Request, res: Response): Promise<void> {
    res.render('publication/notices', { items: (await publicNotices.latest(SHOWN)).map(noticeItem) });
  }

  async function showNotice(req: Request, res: Response): Promise<void> {
    const { id } = req.params;
    const notice = await publicNotices.byId(typeof id === 'string' ? id.slice(0, 60) : '');
    if (!notice) throw new DomainError('NOT_FOUND');
    // Whoever kept the address is told that it is gone, and not what it said.
    if (notice.takenDown) res.status(410);
    const letter = await publicLetters.byNumber(notice.about.number);
    res.render('publication/notice', noticeView(notice, letter));
  }
}
