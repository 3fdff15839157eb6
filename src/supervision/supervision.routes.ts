import { Router, type Request, type Response } from 'express';
import type { DirectoryStore } from '../directory/directory-store.ts';
import type { GetTownTimes } from '../clocks/get-town-times.ts';
import { dayOf } from '../domain/clocks/zoned-day.ts';
import { DomainError } from '../domain/domain-error.ts';
import { cardScope } from '../domain/supervision/card-readers.ts';
import type { Clock } from '../platform/clock.ts';
import { wantsJson } from '../platform/http/error-handler.ts';
import { describeFields, invalidInput } from '../platform/http/form-errors.ts';
import { pageLocals } from '../platform/http/page-locals.ts';
import { needsRight, signedIn, signInFirst } from '../platform/http/signed-in.ts';
import { cardRoutes, type CardRoutesDeps } from './card.routes.ts';
import type { OpenSupervision } from './open-supervision.ts';
import { orderRoutes, type OrderRoutesDeps } from './order.routes.ts';
import { supervisionForm } from './supervision-forms.ts';
import { supervisionFilters, supervisionView } from './supervision.view.ts';

interface SupervisionDeps extends CardRoutesDeps, OrderRoutesDeps {
  readonly openSupervision: OpenSupervision;
  readonly directory: Pick<DirectoryStore, 'units'>;
  readonly getTownTimes: GetTownTimes;
  readonly clock: Clock;
}

/** 监察: cards, notices and orders, for whoever may read them. */
export function supervisionRoutes(deps: SupervisionDeps): Router {
  const router = Router();
  const staff = [signInFirst, needsRight('workAtDesk')];
  router.get('/supervision', staff, showBoard);
  router.use(cardRoutes(deps, staff));
  router.use(orderRoutes(deps, staff));
  return router;

  async function showBoard(req: Request, res: Response): Promise<void> {
    const { lang, t } = pageLocals(res);
    const actor = signedIn(req);
    const { calendar } = await deps.getTownTimes();
    const today = dayOf(deps.clock.now(), calendar.zone);
    const { value, error } = supervisionForm(today).validate(req.query, {
      abortEarly: false,
      stripUnknown: true,
    });
    if (!error) {
      const found = await deps.openSupervision(value, actor);
      res.render('supervision/board', { ...supervisionView(found, value, { lang, calendar }), found: 'yes' });
      return;
    }
    const scope = cardScope(actor);
    const refusal = invalidInput(error, 'supervision:filter');
    if (!scope) throw new DomainError('FORBIDDEN');
    if (wantsJson(req)) throw refusal;
    res.status(422);
    res.render('supervision/board', {
      ...supervisionFilters(await deps.directory.units(), scope.unit, typedIn(req), { lang }),
      found: '',
      errors: describeFields(refusal.fields, t, 'supervision:filter'),
    });
  }
}

const typedIn = ({ query }: Request) => ({
  unit: textOf(query['unit']),
  kind: '' as const,
  state: '' as const,
  from: textOf(query['from']),
  to: textOf(query['to']),
});

const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 60) : '');
