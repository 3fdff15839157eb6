import { Router, type Request, type Response } from 'express';
import type { DirectoryStore } from '../directory/directory-store.ts';
import { DomainError } from '../domain/domain-error.ts';
import { dayOf } from '../domain/clocks/zoned-day.ts';
import type { Clock } from '../platform/clock.ts';
import { wantsJson } from '../platform/http/error-handler.ts';
import { describeFields, invalidInput } from '../platform/http/form-errors.ts';
import { pageLocals } from '../platform/http/page-locals.ts';
import type { FactStore } from './fact-store.ts';
import { periodForm, type PeriodForm } from './figures-forms.ts';
import { makePeriodFigures } from './period-figures.ts';
import { figuresView } from './statistics.view.ts';
import type { GetTownFigures } from './town-figures.ts';

export interface StatisticsDeps {
  readonly getTownFigures: GetTownFigures;
  readonly facts: FactStore;
  readonly directory: Pick<DirectoryStore, 'units'>;
  readonly clock: Clock;
  readonly zone: string;
}

/** 办理统计: the figures of any period, as a page and as data. */
export function statisticsRoutes(deps: StatisticsDeps): Router {
  const getMonths = makePeriodFigures(deps);

  const router = Router();
  router.get('/figures', (req, res) => (wantsJson(req) ? sendFigures(req, res) : showFigures(req, res)));
  router.get('/figures.json', sendFigures);
  return router;

  async function showFigures(req: Request, res: Response): Promise<void> {
    const { lang, t } = pageLocals(res);
    const reader = { lang, units: await deps.directory.units() };
    const { period, fault } = periodOf(req);
    if (fault) {
      const typed = { from: textIn(req.query['from']), to: textIn(req.query['to']) };
      res.status(422);
      const errors = describeFields(fault.fields, t, 'statistics:period');
      res.render('statistics/figures', { ...figuresView(typed, null, reader), errors });
      return;
    }
    res.render('statistics/figures', figuresView(period, await find(period), reader));
  }

  async function sendFigures(req: Request, res: Response): Promise<void> {
    const { period, fault } = periodOf(req);
    if (fault) throw fault;
    const { town, months } = await find(period);
    res.json({ ...town, months });
  }

  async function find({ from, to }: PeriodForm) {
    const [town, months] = await Promise.all([deps.getTownFigures(from, to), getMonths(from, to)]);
    return { town, months };
  }

  function periodOf(
    req: Request,
  ): { period: PeriodForm; fault: null } | { period: null; fault: DomainError } {
    const today = dayOf(deps.clock.now(), deps.zone);
    const { value, error } = periodForm(today).validate(req.query, { abortEarly: false, stripUnknown: true });
    return error ? { period: null, fault: invalidInput(error) } : { period: value, fault: null };
  }
}

const textIn = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 40) : '');
