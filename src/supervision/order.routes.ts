import { Router, type Request, type RequestHandler, type Response } from 'express';
import { DomainError } from '../domain/domain-error.ts';
import { cardAddress } from '../domain/supervision/card-number.ts';
import { HAND_GROUNDS } from '../domain/supervision/order-grounds.ts';
import { describeFields, parseForm } from '../platform/http/form-errors.ts';
import { onForm } from '../platform/http/on-form.ts';
import { pageLocals } from '../platform/http/page-locals.ts';
import { needsRight, signedIn } from '../platform/http/signed-in.ts';
import type { Log } from '../platform/log.ts';
import { cardHref } from './card.view.ts';
import type { IssueOrder } from './issue-order.ts';
import { orderForm, SUPERVISION_LIMITS, type OrderForm } from './supervision-forms.ts';

export interface OrderRoutesDeps {
  readonly issueOrder: IssueOrder;
  readonly log: Log;
}

const FORM = 'supervision:order';

/** 督办, written by a supervisor from a matter's page. */
export function orderRoutes({ issueOrder, log }: OrderRoutesDeps, staff: readonly RequestHandler[]): Router {
  const router = Router();
  const supervisors = [...staff, needsRight('superviseCards')];
  router.get('/supervision/orders/new', supervisors, showForm);
  router.post('/supervision/orders', supervisors, onForm(issue, showAgain));
  return router;

  async function showForm(req: Request, res: Response): Promise<void> {
    const matter = await issueOrder.matterFor(textOf(req.query['matter']), signedIn(req));
    render(res, matter, { id: issueOrder.newId(), ground: '', words: '', answerBy: '' });
  }

  async function issue(req: Request, res: Response): Promise<void> {
    const actor = signedIn(req);
    const { matter, ...order } = parseForm(orderForm, req.body, FORM);
    const card = await issueOrder.issue(matter, order, actor);
    log.info({ actor: actor.id, card: cardAddress(card) }, 'order.issued');
    res.redirect(303, `${cardHref(card)}?done=issue`);
  }

  async function showAgain(refusal: DomainError, req: Request, res: Response): Promise<void> {
    const matter = await issueOrder.matterFor(textOf(req.body.matter), signedIn(req));
    res.status(422);
    res.locals.errors = describeFields(refusal.fields, pageLocals(res).t, FORM);
    render(res, matter, {
      id: textOf(req.body.id) || issueOrder.newId(),
      ground: textOf(req.body.ground),
      words: textOf(req.body.words),
      answerBy: textOf(req.body.answerBy),
    });
  }
}

type Typed = Readonly<Record<keyof Omit<OrderForm, 'matter'>, string>>;

function render(res: Response, matter: { readonly id: string; readonly number: string }, form: Typed): void {
  res.render('supervision/order', {
    matter: { id: matter.id, number: matter.number, href: `/desk/${encodeURIComponent(matter.id)}` },
    form: { ...form },
    grounds: HAND_GROUNDS,
    limits: SUPERVISION_LIMITS,
  });
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
