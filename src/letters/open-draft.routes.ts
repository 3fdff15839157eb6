import type { Request, RequestHandler, Response } from 'express';
import { pageLocals } from '../platform/http/page-locals.ts';
import { DRAFT_COOKIE, draftCookie, draftKeyIn } from './draft-cookie.ts';
import { isSetAside, type OfferAnswers } from './offer-answers.ts';
import type { OpenDraft, PrepareLetter } from './prepare-letter.ts';

export function rememberDraft(req: Request, res: Response, key: string): void {
  res.cookie(DRAFT_COOKIE, key, draftCookie(req.secure));
}

/** Which draft a request is about: the one whose key its browser holds. */
export function openDrafts(prepare: PrepareLetter, offer: Pick<OfferAnswers, 'afterAll'>) {
  const open = async (key: string | null): Promise<OpenDraft | null> => {
    const draft = key === null ? null : await prepare.find(key);
    return key !== null && draft ? { key, draft } : null;
  };

  const isSent = async (key: string | null): Promise<boolean> =>
    key !== null && (await prepare.receipt(key)) !== null;

  const begin = async (req: Request, res: Response): Promise<OpenDraft> => {
    const begun = await prepare.start(pageLocals(res).lang);
    rememberDraft(req, res, begun.key);
    return begun;
  };

  type Show = (req: Request, res: Response, open: OpenDraft) => Promise<void> | void;

  const forOpen =
    (show: Show): RequestHandler =>
    async (req, res) => {
      const key = draftKeyIn(req.headers.cookie);
      const found = await open(key);
      if (found) await show(req, res, found);
      else res.redirect(303, (await isSent(key)) ? '/letters/receipt' : '/letters/new?lost=yes');
    };

  return {
    open,
    isSent,
    begin,
    keyOf: (req: Request): string | null => draftKeyIn(req.headers.cookie),

    /** For answers that came in. A draft that ran out meanwhile is begun anew, so that nothing typed is lost. */
    async openOrBegin(req: Request, res: Response): Promise<OpenDraft | null> {
      const key = draftKeyIn(req.headers.cookie);
      const found = await open(key);
      // Whoever writes on needs the letter after all.
      if (found) return offer.afterAll(found);
      if (!(await isSent(key))) return begin(req, res);
      res.redirect(303, '/letters/receipt');
      return null;
    },

    /** Without a draft there is nothing to show or to choose, and after sending there is the receipt. */
    forOpen,

    /** For the form's pages: a draft that was set aside is out of sight. */
    whenOpen: (show: Show): RequestHandler =>
      forOpen((req, res, found) =>
        isSetAside(found.draft) ? res.redirect(303, '/letters/new/answered') : show(req, res, found),
      ),
  };
}

export type OpenDrafts = ReturnType<typeof openDrafts>;
