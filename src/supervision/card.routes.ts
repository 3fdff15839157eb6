import { Router, type Request, type RequestHandler, type Response } from 'express';
import type { GetTownTimes } from '../clocks/get-town-times.ts';
import { DomainError } from '../domain/domain-error.ts';
import type { CardAction } from '../domain/supervision/card.ts';
import { refusalMessage, statusOf, wantsJson } from '../platform/http/error-handler.ts';
import { describeFields } from '../platform/http/form-errors.ts';
import { pageLocals } from '../platform/http/page-locals.ts';
import { signedIn } from '../platform/http/signed-in.ts';
import type { Log } from '../platform/log.ts';
import { cardView, typedText, type RefusedAct } from './card.view.ts';
import type { OpenCard } from './open-card.ts';
import type { PerformCardAction } from './perform-card-action.ts';
import {
  cardField,
  isCardAction,
  parseCardForm,
  SUPERVISION_LIMITS,
  typedInto,
} from './supervision-forms.ts';

export interface CardRoutesDeps {
  readonly openCard: OpenCard;
  readonly performCardAction: PerformCardAction;
  readonly getTownTimes: GetTownTimes;
  readonly log: Log;
}

/** One document: to read, to print, and to say something about. */
export function cardRoutes(deps: CardRoutesDeps, staff: RequestHandler[]): Router {
  const router = Router();
  router.get('/supervision/cards/:card', staff, async (req: Request, res: Response) => {
    await render(req, res, null);
  });
  router.post('/supervision/cards/:card/:action', staff, perform);
  return router;

  async function perform(req: Request, res: Response): Promise<void> {
    const action = textOf(req.params['action']);
    const address = textOf(req.params['card']);
    if (!isCardAction(action)) throw new DomainError('NOT_FOUND');
    const actor = signedIn(req);
    try {
      await deps.performCardAction(address, parseCardForm(action, req.body), actor);
    } catch (error) {
      if (!(error instanceof DomainError) || !isForThePage(error, req)) throw error;
      await tellOnThePage(req, res, action, error);
      return;
    }
    deps.log.info({ actor: actor.id, card: address, action }, 'card.done');
    res.redirect(303, `/supervision/cards/${encodeURIComponent(address)}?done=${action}`);
  }

  /** The page once more, with what was typed: a wrong field is named, and who came second sees what the first one did. */
  async function tellOnThePage(
    req: Request,
    res: Response,
    action: CardAction,
    refusal: DomainError,
  ): Promise<void> {
    const { t } = pageLocals(res);
    const named = refusal.fields.map((each) => ({ ...each, field: cardField(action, each.field) }));
    res.locals.errors = describeFields(named, t, 'supervision:do');
    res.status(refusal.code === 'INVALID_INPUT' ? 422 : statusOf(refusal.code));
    await render(req, res, {
      action,
      typed: typedInto(action, req.body),
      code: refusal.code,
      message: named.length > 0 ? null : refusalMessage(refusal, t),
    });
  }

  async function render(
    req: Request,
    res: Response,
    refused: (RefusedAct & { readonly message: string | null }) | null,
  ): Promise<void> {
    const actor = signedIn(req);
    const file = await deps.openCard(textOf(req.params['card']), actor);
    const { lang } = pageLocals(res);
    const { calendar } = await deps.getTownTimes();
    const page = cardView(file, { actor, lang, calendar }, refused);
    const done = req.method === 'GET' ? textOf(req.query['done']) : '';
    const isKept = page.buttons.some(({ name, obstacle }) => name === refused?.action && !obstacle);
    res.render('supervision/card', {
      ...page,
      done: isCardAction(done) || done === 'issue' ? done : '',
      refusal: refused && {
        action: refused.action,
        code: refused.code,
        message: refused.message,
        // Its form may be gone with the state it belonged to; the words must not be.
        lost: isKept ? '' : typedText(refused).text,
      },
      limits: SUPERVISION_LIMITS,
    });
  }
}

/** Refusals that belong beside the form they answer, not on a page of their own. */
const isForThePage = ({ code, params }: DomainError, req: Request): boolean =>
  code !== 'NOT_FOUND' && params['because'] !== 'unreadable' && !wantsJson(req);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
