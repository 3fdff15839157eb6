import { Router, type Request, type Response } from 'express';
import type { DirectoryStore } from '../directory/directory-store.ts';
import { DomainError } from '../domain/domain-error.ts';
import { wantsJson } from '../platform/http/error-handler.ts';
import { describeFields, parseForm, type FieldMessage } from '../platform/http/form-errors.ts';
import { pageLocals } from '../platform/http/page-locals.ts';
import { limitRate } from '../platform/http/rate-limit.ts';
import { followForm, MAILS_FROM_ONE_PLACE, MAILS_TO_ONE_ADDRESS, mailIn } from '../repeats/follow-forms.ts';
import { DRAFT_COOKIE, draftCookie } from './draft-cookie.ts';
import { buttonsIn, firstOpenStep, textIn } from './letter-forms.ts';
import { isSetAside, type OfferAnswers } from './offer-answers.ts';
import { answeredView, offeredAnswersView, type OfferPage } from './offered-answers.view.ts';
import type { OpenDrafts } from './open-draft.routes.ts';
import type { OpenDraft, PrepareLetter } from './prepare-letter.ts';

export interface OfferedAnswersDeps {
  readonly prepare: PrepareLetter;
  readonly offer: OfferAnswers;
  readonly drafts: OpenDrafts;
  readonly directory: Pick<DirectoryStore, 'units'>;
}

/** 写信之前: answers that are public already, between the title and the details. */
export function offeredAnswersRoutes({ prepare, offer, drafts, directory }: OfferedAnswersDeps): Router {
  const mayChoose = limitRate({ limit: 120, windowMinutes: 60 });
  const mayMail = [
    limitRate(MAILS_FROM_ONE_PLACE),
    limitRate({ ...MAILS_TO_ONE_ADDRESS, by: (req) => mailIn(req.body).toLowerCase() || `none, ${req.ip}` }),
  ];

  const router = Router();
  router.get('/letters/new/similar', drafts.whenOpen(showOffer));
  router.post('/letters/new/similar', mayChoose, drafts.forOpen(choose));
  router.post('/letters/new/similar/follow', mayMail, drafts.forOpen(follow));
  router.get('/letters/new/answered', drafts.forOpen(showAnswered));
  router.post('/letters/new/answered', mayChoose, drafts.forOpen(leaveOrWrite));
  return router;

  async function showOffer(req: Request, res: Response, open: OpenDraft): Promise<void> {
    const { shown } = open.draft;
    if (shown) await renderOffer(req, res, open, {});
    else res.redirect(303, pathAfter(req.query, open));
  }

  async function choose(req: Request, res: Response, open: OpenDraft): Promise<void> {
    const number = textIn(req.body, 'answered');
    if (number === '') {
      const goingOn = await offer.different(await offer.afterAll(open));
      res.redirect(303, pathAfter(req.body, goingOn));
      return;
    }
    await orShowGone(req, res, open, async () => {
      await offer.answered(open, number);
      res.redirect(303, '/letters/new/answered');
    });
  }

  async function follow(req: Request, res: Response, found: OpenDraft): Promise<void> {
    const open = await offer.afterAll(found);
    const number = textIn(req.body, 'number');
    await orShowGone(req, res, open, async () => {
      const { mail } = parseForm(followForm, req.body, 'repeats:follow');
      await offer.follow(open, number, mail, pageLocals(res).lang);
      const after = buttonsIn(req.body).after === 'check' ? '&after=check' : '';
      res.redirect(303, `/letters/new/similar?followed=${encodeURIComponent(number)}${after}#followed`);
    });
  }

  /** What was chosen may be taken down meanwhile, an address mistyped: the page again, and why. */
  async function orShowGone(
    req: Request,
    res: Response,
    open: OpenDraft,
    act: () => Promise<void>,
  ): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof DomainError) || wantsJson(req)) throw error;
      if (!['NOT_FOUND', 'INVALID_INPUT'].includes(error.code)) throw error;
      const isGone = error.code === 'NOT_FOUND';
      const number = textIn(req.body, 'number');
      const said = describeFields(error.fields, pageLocals(res).t, 'repeats:follow');
      res.status(isGone ? 409 : 422);
      await renderOffer(req, res, open, {
        isGone,
        typed: { number, mail: mailIn(req.body) },
        // Each answer has an address field of its own.
        errors: said.map(({ message }) => ({ field: `mail-${number}`, message })),
      });
    }
  }

  async function renderOffer(
    req: Request,
    res: Response,
    { draft }: OpenDraft,
    more: Partial<OfferPage> & { errors?: readonly FieldMessage[] },
  ): Promise<void> {
    const { lang } = pageLocals(res);
    const { errors = [], ...page } = more;
    const [letters, notices, units] = await Promise.all([
      offer.answers(draft),
      offer.notices(draft),
      directory.units(),
    ]);
    const view = {
      letters,
      notices,
      followed: textIn(req.query, 'followed'),
      isGone: false,
      after: buttonsIn(req.method === 'POST' ? req.body : req.query).after,
      typed: { number: '', mail: '' },
      ...page,
    };
    res.render('letters/similar', { ...offeredAnswersView(view, { lang, units }), errors });
  }

  async function showAnswered(_req: Request, res: Response, { draft }: OpenDraft): Promise<void> {
    if (!isSetAside(draft)) {
      res.redirect(303, '/letters/new');
      return;
    }
    const letters = await offer.answers(draft);
    const chosen = letters.find(({ number }) => number === draft.shown?.chosen);
    res.render('letters/answered', answeredView(chosen ?? null));
  }

  async function leaveOrWrite(req: Request, res: Response, open: OpenDraft): Promise<void> {
    // Only what was set aside is cleared: a second window may be writing on.
    if (buttonsIn(req.body).act !== 'leave' || !isSetAside(open.draft)) {
      const again = await offer.afterAll(open);
      res.redirect(303, pathAfter({}, again));
      return;
    }
    await prepare.discard(open);
    res.clearCookie(DRAFT_COOKIE, draftCookie(req.secure));
    res.redirect(303, '/');
  }
}

/** The page after the offer: the first that is not filled in, or the last one. */
function pathAfter(sent: unknown, { draft }: OpenDraft): string {
  const next = firstOpenStep(draft.answers)?.name ?? 'check';
  const isChange = buttonsIn(sent).after === 'check';
  return `/letters/new/${isChange ? 'check' : next}`;
}
