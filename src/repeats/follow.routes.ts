import { Router, type Request, type Response } from 'express';
import { DomainError } from '../domain/domain-error.ts';
import { describeFields, parseForm, type FieldMessage } from '../platform/http/form-errors.ts';
import { keptNowhere } from '../platform/http/kept-nowhere.ts';
import { onForm } from '../platform/http/on-form.ts';
import { pageLocals } from '../platform/http/page-locals.ts';
import { limitRate } from '../platform/http/rate-limit.ts';
import type { PublicLetterStore } from '../publication/public-letter-store.ts';
import { followForm, MAILS_FROM_ONE_PLACE, MAILS_TO_ONE_ADDRESS, mailIn } from './follow-forms.ts';
import type { FollowMatter } from './follow-matter.ts';
import { askView, followingView } from './follow.view.ts';

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
  router.get('/follow/:key', show);
  router.post('/follow/:key', limitRate({ limit: 60, windowMinutes: 60 }), confirm);
  router.post('/follow/:key/end', limitRate({ limit: 60, windowMinutes: 60 }), end);
  return router;

  async function showForm(req: Request, res: Response): Promise<void> {
    await renderForm(req, res, { mail: '', isAsked: req.query['asked'] !== undefined, errors: [] });
  }

  async function ask(req: Request, res: Response): Promise<void> {
    const { mail } = parseForm(followForm, req.body, 'repeats:follow');
    const number = asText(req.params['number']);
    await followMatter.ask(number, mail, pageLocals(res).lang);
    res.redirect(303, `/answers/${encodeURIComponent(number)}/follow?asked=yes`);
  }

  async function showAgain({ fields }: DomainError, req: Request, res: Response): Promise<void> {
    res.status(422);
    const errors = describeFields(fields, pageLocals(res).t, 'repeats:follow');
    await renderForm(req, res, { mail: mailIn(req.body), isAsked: false, errors });
  }

  async function renderForm(
    req: Request,
    res: Response,
    { mail, isAsked, errors }: { mail: string; isAsked: boolean; errors: readonly FieldMessage[] },
  ): Promise<void> {
    const letter = await publicLetters.byNumber(asText(req.params['number']));
    if (!letter) throw new DomainError('NOT_FOUND');
    res.render('repeats/ask', { ...askView(letter), mail, isAsked, errors });
  }

  async function show(req: Request, res: Response): Promise<void> {
    const key = asText(req.params['key']);
    res.render('repeats/following', followingView(key, await followMatter.find(key)));
  }

  async function confirm(req: Request, res: Response): Promise<void> {
    const key = asText(req.params['key']);
    await followMatter.confirm(key);
    res.redirect(303, `/follow/${encodeURIComponent(key)}`);
  }

  async function end(req: Request, res: Response): Promise<void> {
    const key = asText(req.params['key']);
    await followMatter.end(key);
    res.redirect(303, `/follow/${encodeURIComponent(key)}`);
  }
}

const asText = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 200) : '');
