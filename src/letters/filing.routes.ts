import { Router, type Request, type Response } from 'express';
import type { GetTownTimes } from '../clocks/get-town-times.ts';
import type { DirectoryStore } from '../directory/directory-store.ts';
import type { ClockPolicy } from '../domain/clocks/clock-policy.ts';
import { dayOf } from '../domain/clocks/zoned-day.ts';
import { pageLocals } from '../platform/http/page-locals.ts';
import { limitRate } from '../platform/http/rate-limit.ts';
import { asKey, DRAFT_COOKIE, draftCookie } from './draft-cookie.ts';
import { mailboxChoice, receiptView, startView, stepView } from './filing.view.ts';
import { buttonsIn, firstOpenStep, letterFrom } from './letter-forms.ts';
import { isSetAside, makeOfferAnswers, type OfferAnswersDeps } from './offer-answers.ts';
import { offeredAnswersRoutes, type OfferedAnswersDeps } from './offered-answers.routes.ts';
import { openDrafts, rememberDraft } from './open-draft.routes.ts';
import { makePrepareLetter, type OpenDraft, type PrepareLetterDeps } from './prepare-letter.ts';
import { stepsRoutes } from './steps.routes.ts';

export interface FilingDeps extends PrepareLetterDeps, OfferAnswersDeps {
  readonly getTownTimes: GetTownTimes;
  readonly zone: string;
  readonly directory: OfferedAnswersDeps['directory'] & Pick<DirectoryStore, 'town'>;
  readonly secrets: PrepareLetterDeps['secrets'];
}

/** The receipt shows the code: long enough to write it down, not for whoever sits down next. */
const RECEIPT_SHOWN_MS = 60 * 60 * 1000;

/** The promises to a letter that is written today. */
export const policyOfToday = async ({ getTownTimes, clock, zone }: FilingDeps): Promise<ClockPolicy> =>
  (await getTownTimes()).policyOn(dayOf(clock.now(), zone));

/** 我要写信: from the first page to the receipt. */
export function filingRoutes(deps: FilingDeps): Router {
  const prepare = makePrepareLetter(deps);
  const offer = makeOfferAnswers(deps, prepare);
  const drafts = openDrafts(prepare, offer);
  const mailboxes = async (res: Response) => mailboxChoice(await deps.directory.town(), pageLocals(res).lang);

  const router = Router();
  router.get('/letters/new', showStart);
  router.post('/letters/new', limitRate({ limit: 60, windowMinutes: 60 }), start);
  router.get('/letters/new/check', drafts.whenOpen(showCheck));
  router.post('/letters/new/send', limitRate({ limit: 20, windowMinutes: 60 }), send);
  router.use(offeredAnswersRoutes({ prepare, offer, drafts, directory: deps.directory }));
  router.use(stepsRoutes({ prepare, drafts, offer, mailboxes }));
  router.get('/letters/receipt', showReceipt);
  router.post('/letters/receipt/close', closeReceipt);
  return router;

  async function showCheck(_req: Request, res: Response, { key, draft }: OpenDraft): Promise<void> {
    const step = firstOpenStep(draft.answers);
    if (step) res.redirect(303, `/letters/new/${step.name}`);
    else res.render('letters/check', { ...stepView('check', draft, '', await mailboxes(res)), key });
  }

  async function showStart(req: Request, res: Response): Promise<void> {
    const key = drafts.keyOf(req);
    const open = await drafts.open(key);
    const isSent = open === null && (await drafts.isSent(key));
    const isLost = req.query['lost'] !== undefined;
    const draft = open && !isSetAside(open.draft) ? open.draft : null;
    res.render('letters/start', startView({ draft, isSent, isLost }, await policyOfToday(deps)));
  }

  /** Begins anew: what was left unsent is thrown away, a letter that was sent is left alone. */
  async function start(req: Request, res: Response): Promise<void> {
    const open = await drafts.open(drafts.keyOf(req));
    if (open) await prepare.discard(open);
    await drafts.begin(req, res);
    res.redirect(303, '/letters/new/matter');
  }

  /** The same form may come again: its key leads to the letter that was received the first time. */
  async function send(req: Request, res: Response): Promise<void> {
    const key = asKey(buttonsIn(req.body).key) ?? drafts.keyOf(req);
    const found = await drafts.open(key);
    if (found) {
      const open = await offer.afterAll(found);
      const step = firstOpenStep(open.draft.answers);
      if (!step) await prepare.send(open, letterFrom(open.draft, pageLocals(res).lang));
      rememberDraft(req, res, open.key);
      res.redirect(303, step ? `/letters/new/${step.name}` : '/letters/receipt');
      return;
    }
    const isSent = await drafts.isSent(key);
    if (isSent && key) rememberDraft(req, res, key);
    res.redirect(303, isSent ? '/letters/receipt' : '/letters/new?lost=yes');
  }

  async function showReceipt(req: Request, res: Response): Promise<void> {
    const key = drafts.keyOf(req);
    const receipt = key === null ? null : await prepare.receipt(key);
    if (!receipt) {
      res.redirect(303, '/letters/new');
      return;
    }
    const age = deps.clock.now().getTime() - receipt.matter.letter.receivedAt.getTime();
    if (age > RECEIPT_SHOWN_MS) res.redirect(303, '/letters/track?receipt=over');
    else res.render('letters/receipt', receiptView(receipt, deps.zone, pageLocals(res).lang));
  }
}

function closeReceipt(req: Request, res: Response): void {
  res.clearCookie(DRAFT_COOKIE, draftCookie(req.secure));
  res.redirect(303, '/');
}
