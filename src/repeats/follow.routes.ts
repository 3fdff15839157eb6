import { Router, type Request, type Response } from 'express';
import { DomainError } from '../domain/domain-error.ts';
import { describeFields, parseForm, type FieldMessage } from '../platform/http/form-errors.ts';
import { keptNowhere } from '../platform/http/kept-nowhere.ts';
import { isOneClick } from '../platform/http/one-click.ts';
import { onForm } from '../platform/http/on-form.ts';
import { pageLocals } from '../platform/http/page-locals.ts';
import { limitRate } from '../platform/http/rate-limit.ts';
import type { PublicLetterStore } from '../publication/public-letter-store.ts';
import {
  followForm,
  mailIn,
  MAILS_FROM_ONE_PLACE,
  MAILS_TO_ONE_ADDRESS,
  paceForm,
  paceIn,
} from './follow-forms.ts';
import type { FollowMatter } from './follow-matter.ts';
import { askView, digestView, followingView } from './follow.view.ts';

export interface FollowDeps {
  readonly followMatter: FollowMatter;
  readonly publicLetters: Pick<PublicLetterStore, 'byNumber'>;
}

/** 关注: asking for news of a public answer; and, behind the link of each mail, confirming and ending it. */
export function followRoutes({ followMatter, publicLetters }: FollowDeps): Router {
  const mayMail = [
    limitRate(MAILS_FROM_ONE_PLACE),
    limitRate({ ...MAILS_TO_ONE_ADDRESS, by: (req) => mailIn(req.body).toLowerCase() || `none, ${req.ip}` }),
  ];

  const router = Router();
  router.get('/answers/:number/follow', showForm);
  router.post('/answers/:number/follow', mayMail, onForm(ask, showAgain));
  router.use('/follow', keptNowhere);
  // The posts of a mail provider come from few addresses: a key is counted, not the caller.
  const mayChange = limitRate({ limit: 60, windowMinutes: 60, by: (req) => asText(req.params['key']) });
  router.get('/follow/weekly/:key', showDigest);
  router.post('/follow/weekly/:key', mayChange, endDigest);
  router.get('/follow/:key', show);
  router.post('/follow/:key', mayChange, confirm);
  router.post('/follow/:key/pace', mayChange, changePace);
  // Where a mail program opens the address it was to post to.
  router.get('/follow/:key/end', (req, res) => backTo(req, res));
  router.post('/follow/:key/end', mayChange, end);
  return router;

  async function showForm(req: Request, res: Response): Promise<void> {
    await renderForm(req, res, {
      mail: '',
      pace: 'atOnce',
      isAsked: req.query['asked'] !== undefined,
      errors: [],
    });
  }

  async function ask(req: Request, res: Response): Promise<void> {
    const { mail, pace } = parseForm(followForm, req.body, 'repeats:follow');
    const number = asText(req.params['number']);
    await followMatter.ask(number, mail, pageLocals(res).lang, pace);
    res.redirect(303, `/answers/${encodeURIComponent(number)}/follow?asked=yes`);
  }

  async function showAgain({ fields }: DomainError, req: Request, res: Response): Promise<void> {
    res.status(422);
    const errors = describeFields(fields, pageLocals(res).t, 'repeats:follow');
    await renderForm(req, res, { mail: mailIn(req.body), pace: paceIn(req.body), isAsked: false, errors });
  }

  async function renderForm(
    req: Request,
    res: Response,
    form: { mail: string; pace: string; isAsked: boolean; errors: readonly FieldMessage[] },
  ): Promise<void> {
    const letter = await publicLetters.byNumber(asText(req.params['number']));
    if (!letter) throw new DomainError('NOT_FOUND');
    res.render('repeats/ask', { ...askView(letter), ...form });
  }

  async function show(req: Request, res: Response): Promise<void> {
    const key = asText(req.params['key']);
    res.render('repeats/following', followingView(key, await followMatter.find(key)));
  }

  async function confirm(req: Request, res: Response): Promise<void> {
    await followMatter.confirm(asText(req.params['key']));
    backTo(req, res);
  }

  async function changePace(req: Request, res: Response): Promise<void> {
    const { pace } = parseForm(paceForm, req.body);
    await followMatter.setPace(asText(req.params['key']), pace);
    backTo(req, res);
  }

  async function end(req: Request, res: Response): Promise<void> {
    await followMatter.end(asText(req.params['key']));
    if (isOneClick(req)) await show(req, res);
    else backTo(req, res);
  }

  async function showDigest(req: Request, res: Response): Promise<void> {
    const key = asText(req.params['key']);
    res.render('repeats/digest', digestView(key, await followMatter.findDigest(key)));
  }

  async function endDigest(req: Request, res: Response): Promise<void> {
    const key = asText(req.params['key']);
    await followMatter.endDigest(key);
    if (isOneClick(req)) await showDigest(req, res);
    else res.redirect(303, `/follow/weekly/${encodeURIComponent(key)}`);
  }
}

function backTo(req: Request, res: Response): void {
  res.redirect(303, `/follow/${encodeURIComponent(asText(req.params['key']))}`);
}

const asText = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 200) : '');
