import { Router, type Request, type RequestHandler, type Response } from 'express';
import { wordsFor } from '../matters/wording.ts';
import { NOTICE_LIMITS, type NoticeWords } from '../domain/publication/public-notice.ts';
import type { Matter } from '../domain/matters/matter.ts';
import { DomainError } from '../domain/domain-error.ts';
import { describeFields, invalidInput, parseForm } from '../platform/http/form-errors.ts';
import { onForm } from '../platform/http/on-form.ts';
import { pageLocals } from '../platform/http/page-locals.ts';
import { needsRight, signedIn } from '../platform/http/signed-in.ts';
import type { Log } from '../platform/log.ts';
import type { PublishNotice } from '../publication/publish-notice.ts';
import { noticeForm, takeDownForm } from './hot-forms.ts';

export interface NoticeRoutesDeps {
  readonly publishNotice: PublishNotice;
  readonly log: Log;
}

/** 公开告知, written from a hot matter: a small form, a look at what everyone will read, out. */
export function noticeRoutes(
  { publishNotice, log }: NoticeRoutesDeps,
  readers: readonly RequestHandler[],
): Router {
  const router = Router();
  const publishers = [...readers, needsRight('publishNotices')];
  router.get('/desk/hot/notice', publishers, showForm);
  router.post('/desk/hot/notice', publishers, onForm(publish, showAgain));
  router.post('/desk/hot/notices/:id/takeDown', publishers, takeDown);
  return router;

  async function showForm(req: Request, res: Response): Promise<void> {
    const actor = signedIn(req);
    const about = await publishNotice.aboutOf(textOf(req.query['about']), actor);
    const { title } = await publishNotice.preview(about, { title: about.letter.title, text: '' });
    render(req, res, about, { id: publishNotice.newId(), title, text: '' });
  }

  async function publish(req: Request, res: Response): Promise<void> {
    const actor = signedIn(req);
    const { isPreview, ...words } = parseForm(noticeForm, req.body, 'hot:notice');
    const about = await publishNotice.aboutOf(words.about, actor);
    if (isPreview) {
      render(req, res, about, words, await publishNotice.preview(about, words));
      return;
    }
    const { id } = await publishNotice.publish({ ...words, language: about.letter.language }, actor);
    log.info({ actor: actor.id, number: about.number, notice: id }, 'notice.published');
    res.redirect(303, '/desk/hot?done=published');
  }

  async function showAgain(refusal: DomainError, req: Request, res: Response): Promise<void> {
    const about = await publishNotice.aboutOf(textOf(req.body.about), signedIn(req));
    res.status(422);
    res.locals.errors = describeFields(refusal.fields, pageLocals(res).t, 'hot:notice');
    const typed = { title: textOf(req.body.title), text: textOf(req.body.text) };
    render(req, res, about, { id: publishNotice.newId(), ...typed });
  }

  async function takeDown(req: Request, res: Response): Promise<void> {
    const actor = signedIn(req);
    const { value, error } = takeDownForm.validate(req.body, { abortEarly: false, stripUnknown: true });
    if (error) throw invalidInput(error, 'hot:takeDown');
    const id = textOf(req.params['id']);
    await publishNotice.takeDown(id, value.reason, actor);
    log.info({ actor: actor.id, notice: id }, 'notice.taken-down');
    res.redirect(303, '/desk/hot?done=takenDown');
  }
}

/** `preview`: what everyone would read, when it was asked for. */
function render(
  req: Request,
  res: Response,
  about: Matter,
  form: NoticeWords & { readonly id: string },
  preview: NoticeWords | null = null,
): void {
  res.render('desk/public-notice', {
    about: {
      id: about.id,
      number: about.number,
      title: wordsFor(signedIn(req), about.letter.writer)(about.letter.title),
      language: about.letter.language,
    },
    form: { id: form.id, title: form.title, text: form.text },
    preview: preview && { ...preview },
    limits: { title: NOTICE_LIMITS.title.max, text: NOTICE_LIMITS.text.max },
  });
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
