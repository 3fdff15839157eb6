import { Router, type Request, type Response } from 'express';
import { DomainError, type FieldError } from '../domain/domain-error.ts';
import { LETTER_LIMITS } from '../domain/letters/letter.ts';
import { describeFields, invalidInput } from '../platform/http/form-errors.ts';
import { pageLocals } from '../platform/http/page-locals.ts';
import { limitRate } from '../platform/http/rate-limit.ts';
import { uploadReader } from '../platform/http/uploads.ts';
import { stepView, type MailboxChoice } from './filing.view.ts';
import { buttonsIn, firstOpenStep, STEPS, typedIn, type Step } from './letter-forms.ts';
import { hasOffer, type OfferAnswers } from './offer-answers.ts';
import type { OpenDrafts } from './open-draft.routes.ts';
import type { OpenDraft, PrepareLetter } from './prepare-letter.ts';

const TOO_MANY_FILES: FieldError = {
  field: 'files',
  rule: 'file.count',
  params: { limit: LETTER_LIMITS.attachments.count },
};

/** The pages of the form before the last: each keeps what was typed, and says of every wrong field what would be right. */
export function stepsRoutes({
  prepare,
  drafts,
  offer,
  mailboxes,
}: {
  prepare: PrepareLetter;
  drafts: OpenDrafts;
  offer: OfferAnswers;
  mailboxes: (res: Response) => Promise<MailboxChoice>;
}): Router {
  const readUpload = uploadReader('files', LETTER_LIMITS.attachments);
  const mayAnswer = limitRate({ limit: 240, windowMinutes: 60 });

  const router = Router();
  router.get('/letters/new/:step', drafts.whenOpen(showStep));
  router.post('/letters/new/details', mayAnswer, answerDetails);
  router.post('/letters/new/:step', mayAnswer, answerStep);
  return router;

  async function showStep(req: Request, res: Response, { draft }: OpenDraft): Promise<void> {
    const step = stepNamed(req.params['step']);
    const open = firstOpenStep(draft.answers);
    const isAhead = open !== null && STEPS.indexOf(open) < STEPS.indexOf(step);
    if (isAhead) {
      res.redirect(303, `/letters/new/${open.name}`);
      return;
    }
    const { after } = buttonsIn(req.query);
    res.render(`letters/${step.name}`, stepView(step.name, draft, after, await mailboxes(res)));
  }

  async function answerStep(req: Request, res: Response): Promise<void> {
    const step = stepNamed(req.params['step']);
    const open = await drafts.openOrBegin(req, res);
    if (!open) return;
    const after = await prepare.answer(open, typedIn(step, req.body));
    const choice = await mailboxes(res);
    const wrong = [...faultsOf(step, req.body, after), ...unknownMailbox(step, after, choice)];
    if (wrong.length > 0) showAgain(req, res, { step, open: after, wrong, choice });
    else await moveOn(req, res, step, after);
  }

  async function answerDetails(req: Request, res: Response): Promise<void> {
    const step = stepNamed('details');
    const upload = await readUpload(req, res);
    const open = await drafts.openOrBegin(req, res);
    if (!open) return;
    const typed = await prepare.answer(open, typedIn(step, req.body));
    const { remove, act, after: goingTo } = buttonsIn(req.body);
    if (remove) await prepare.detach(typed, remove);
    const room = LETTER_LIMITS.attachments.count - typed.draft.attachments.length;
    const fault = upload.fault ?? (upload.files.length > room ? TOO_MANY_FILES : null);
    const after = fault || remove ? typed : await prepare.attach(typed, upload.files);
    const isLeaving = act !== 'upload' && !remove;
    const wrong = [...(isLeaving ? faultsOf(step, req.body, after) : []), ...(fault ? [fault] : [])];
    if (wrong.length > 0) showAgain(req, res, { step, open: after, wrong, choice: [] });
    else if (isLeaving) await moveOn(req, res, step, after);
    else res.redirect(303, `/letters/new/details${goingTo === 'check' ? '?after=check' : ''}#files`);
  }

  async function moveOn(req: Request, res: Response, step: Step, open: OpenDraft): Promise<void> {
    // What is kept is what was understood: trimmed, and free of what cannot be seen.
    const { value } = step.form(open.draft.answers).validate(open.draft.answers, { stripUnknown: true });
    const kept = await prepare.answer(open, typedIn(step, value));
    const isChange = buttonsIn(req.body).after === 'check';
    const looked = mayLook(step, kept) ? await offer.look(kept) : kept;
    if (step.name === 'matter' && hasOffer(looked.draft)) {
      res.redirect(303, `/letters/new/similar${isChange ? '?after=check' : ''}`);
      return;
    }
    const next = STEPS[STEPS.indexOf(step) + 1]?.name ?? 'check';
    res.redirect(303, `/letters/new/${isChange ? 'check' : next}`);
  }
}

/** With the title; and once more with the whole text, when the title found nothing. */
const mayLook = ({ name }: Step, { draft }: OpenDraft): boolean =>
  name === 'matter' || (name === 'details' && draft.shown === null);

function stepNamed(name: unknown): Step {
  const step = STEPS.find((each) => each.name === name);
  if (!step) throw new DomainError('NOT_FOUND');
  return step;
}

function faultsOf(step: Step, body: unknown, { draft }: OpenDraft): readonly FieldError[] {
  const { error } = step.form(draft.answers).validate(body, { abortEarly: false, stripUnknown: true });
  return error ? invalidInput(error).fields : [];
}

function unknownMailbox({ name }: Step, { draft }: OpenDraft, choice: MailboxChoice): readonly FieldError[] {
  const mailbox = draft.answers.mailbox ?? '';
  const isKnown = mailbox === '' || choice.some(({ id }) => id === mailbox);
  return name === 'matter' && !isKnown ? [{ field: 'mailbox', rule: 'any.only' }] : [];
}

function showAgain(
  req: Request,
  res: Response,
  {
    step,
    open,
    wrong,
    choice,
  }: { step: Step; open: OpenDraft; wrong: readonly FieldError[]; choice: MailboxChoice },
): void {
  const errors = describeFields(wrong, pageLocals(res).t, 'letters:new');
  res.status(422);
  res.render(`letters/${step.name}`, {
    ...stepView(step.name, open.draft, buttonsIn(req.body).after, choice),
    errors,
  });
}
