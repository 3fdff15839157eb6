import { Router, type Request, type RequestHandler, type Response } from 'express';
import type { DirectoryStore } from '../directory/directory-store.ts';
import type { GetTownTimes } from '../clocks/get-town-times.ts';
import { DomainError, type FieldError } from '../domain/domain-error.ts';
import { parseLetterNumber } from '../domain/letters/letter-number.ts';
import type { Matter } from '../domain/matters/matter.ts';
import type { ChangeMatter } from '../matters/change-matter.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import { othersInSet } from '../matters/others-in-set.ts';
import type { ChangeMessageWish } from '../notices/change-message-wish.ts';
import { messageWishForm } from '../notices/message-wish-forms.ts';
import type { MessageWishStore } from '../notices/message-wish-store.ts';
import { messagesView } from '../notices/message-wish.view.ts';
import type { Clock } from '../platform/clock.ts';
import { refusalMessage, statusOf } from '../platform/http/error-handler.ts';
import { describeFields, parseForm, type FieldMessage } from '../platform/http/form-errors.ts';
import { pageLocals } from '../platform/http/page-locals.ts';
import { limitRate } from '../platform/http/rate-limit.ts';
import { makeActAsWriter } from './act-as-writer.ts';
import { isCitizenAction } from './citizen-actions.ts';
import { citizenInput, isSameAgain, textIn, trackForm } from './letter-forms.ts';
import { mineView } from './letter.view.ts';
import type { TrackLetter } from './track-letter.ts';

export interface TrackingDeps {
  readonly trackLetter: TrackLetter;
  readonly changeMatter: ChangeMatter;
  readonly changeMessageWish: ChangeMessageWish;
  readonly messageWishes: Pick<MessageWishStore, 'of'>;
  readonly matters: Pick<MatterStore, 'byId' | 'joinedTo'>;
  readonly directory: Pick<DirectoryStore, 'units'>;
  readonly clock: Clock;
  readonly getTownTimes: GetTownTimes;
}

declare module 'express-session' {
  interface SessionData {
    /** The matter whose number and code this browser gave. */
    trackedMatter?: string;
  }
}

const TRIES = { limit: 5, windowMinutes: 15, failuresOnly: true } as const;
/** Numbers are public: few tries here would let anyone shut the writer out. Against 49 random bits these are nothing. */
const TRIES_ON_NUMBER = { ...TRIES, limit: 100 } as const;

/** 查我的信: number and code, then the writer's own view of the matter. */
export function trackingRoutes(deps: TrackingDeps): Router {
  const triesByAddress = limitRate(TRIES);
  const triesByNumber = limitRate({
    ...TRIES_ON_NUMBER,
    by: (req) => numberIn(req) ?? `no number, ${req.ip}`,
  });

  const actAsWriter = makeActAsWriter(deps);

  const router = Router();
  router.get('/letters/track', showForm);
  router.post('/letters/track', triesByAddress, triesByNumber, track);
  router.get('/letters/mine', showMine);
  router.post('/letters/mine/leave', leave);
  const mayAct = limitRate({ limit: 60, windowMinutes: 60 });
  router.post('/letters/mine/messages', mayAct, changeMessages);
  router.post('/letters/mine/:action', mayAct, act);
  return router;

  async function track(req: Request, res: Response): Promise<void> {
    try {
      const { number, code } = parseForm(trackForm, req.body);
      const matter = await deps.trackLetter(number, code);
      req.session.trackedMatter = matter.id;
      res.redirect(303, '/letters/mine');
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const form = { number: textIn(req.body, 'number'), code: textIn(req.body, 'code') };
      res.status(error.code === 'INVALID_INPUT' ? 422 : statusOf(error.code));
      const errors = messagesOf(error, res, 'letters:track', 'number');
      res.render('letters/track', { form, notice: '', isTracking: isTracking(req), errors });
    }
  }

  async function showMine(req: Request, res: Response): Promise<void> {
    const matter = await tracked(req);
    if (!matter) res.redirect(303, '/letters/track');
    else await renderMine(req, res, matter, {});
  }

  async function act(req: Request, res: Response): Promise<void> {
    const action = req.params['action'];
    if (typeof action !== 'string' || !isCitizenAction(action)) throw new DomainError('NOT_FOUND');
    await onMine(req, res, { name: action, form: 'letters:mine', field: action }, async (matter) => {
      const input = citizenInput(action, req.body);
      // Pressed twice, or sent again because the line broke: the same words in a row are one.
      if (!isSameAgain(matter, action, input)) await actAsWriter(matter, action, input);
    });
  }

  async function changeMessages(req: Request, res: Response): Promise<void> {
    await onMine(req, res, { name: 'messages', form: 'messages:mine', field: 'by' }, (matter) =>
      deps.changeMessageWish(matter, parseForm(messageWishForm, req.body)),
    );
  }

  /** A form of the writer's page: done, or the page again with what was typed. */
  async function onMine(
    req: Request,
    res: Response,
    { name, form, field }: { name: string; form: string; field: string },
    handle: (matter: Matter) => Promise<void>,
  ): Promise<void> {
    const matter = await tracked(req);
    if (!matter) {
      res.redirect(303, '/letters/track?ended=yes');
      return;
    }
    try {
      await handle(matter);
      res.redirect(303, `/letters/mine?done=${name}#top`);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await showRefused(req, res, error, messagesOf(error, res, form, field));
    }
  }

  /** The page again, as things are now, with what was typed and what is wrong. */
  async function showRefused(
    req: Request,
    res: Response,
    error: DomainError,
    errors: readonly FieldMessage[],
  ): Promise<void> {
    const matter = await tracked(req);
    if (!matter) throw error;
    res.status(error.code === 'INVALID_INPUT' ? 422 : statusOf(error.code));
    await renderMine(req, res, matter, { errors });
  }

  async function renderMine(
    req: Request,
    res: Response,
    matter: Matter,
    more: { errors?: readonly FieldMessage[] },
  ): Promise<void> {
    const { lang } = pageLocals(res);
    const others = await othersInSet(deps.matters, matter);
    const units = await deps.directory.units();
    const town = (await deps.getTownTimes()).forMatter(matter);
    const view = mineView(matter, others, { lang, now: deps.clock.now(), town, units });
    const done = textIn(req.query, 'done');
    const typed = (field: string) => textIn(req.body, field);
    res.render('letters/mine', {
      ...view,
      messages: messagesView(matter, await deps.messageWishes.of(matter.id)),
      done: done === 'messages' || isCitizenAction(done) ? done : '',
      typed: {
        note: typed('note'),
        reply: typed('reply'),
        overall: typed('overall'),
        solved: typed('solved'),
        words: typed('words'),
        reason: typed('reason'),
        why: typed('why'),
        by: typed('by'),
        about: typed('about'),
      },
      ...more,
    });
  }

  async function tracked(req: Request): Promise<Matter | null> {
    const id = req.session.trackedMatter;
    return id === undefined ? null : deps.matters.byId(id);
  }
}

function showForm(req: Request, res: Response): void {
  const notice = req.query['receipt'] === 'over' ? 'receiptOver' : req.query['ended'] ? 'ended' : '';
  res.render('letters/track', { form: { number: '', code: '' }, notice, isTracking: isTracking(req) });
}

const leave: RequestHandler = (req, res) => {
  delete req.session.trackedMatter;
  res.redirect(303, '/');
};

const isTracking = (req: Request): boolean => req.session.trackedMatter !== undefined;

const numberIn = (req: Request): string | null => parseLetterNumber(textIn(req.body, 'number').slice(0, 40));

/** Sentences for the page: of each wrong field, or of what the office refuses, at the field it is about. */
function messagesOf(error: DomainError, res: Response, form: string, field: string): readonly FieldMessage[] {
  const { t } = pageLocals(res);
  const fields: readonly FieldError[] = error.fields;
  return fields.length > 0 ? describeFields(fields, t, form) : [{ field, message: refusalMessage(error, t) }];
}
