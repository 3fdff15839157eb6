import { Router, type Request, type Response } from 'express';
import type { DirectoryStore } from '../directory/directory-store.ts';
import { dayOf } from '../domain/clocks/zoned-day.ts';
import type { Clock } from '../platform/clock.ts';
import { pageLocals } from '../platform/http/page-locals.ts';
import type { GetTownFigures, TownFigures } from '../statistics/town-figures.ts';
import { homeView } from './home.view.ts';
import type { PublicLetterStore } from './public-letter-store.ts';
import type { PublicNoticeStore } from './public-notice-store.ts';

export interface HomeDeps {
  readonly publicLetters: Pick<PublicLetterStore, 'latest'>;
  readonly publicNotices: Pick<PublicNoticeStore, 'latest'>;
  readonly directory: Pick<DirectoryStore, 'town' | 'units'>;
  readonly getTownFigures: GetTownFigures;
  readonly clock: Clock;
  readonly zone: string;
}

const LATEST = 5;
const NOTICES = 3;
/** The year's figures are reckoned from every letter of the year: once a minute is often enough for the front page. */
const FIGURES_KEPT_MS = 60_000;

/** The front page: a greeting, two doors, the year in figures, the latest answers. */
export function homeRoutes(deps: HomeDeps): Router {
  let kept: { at: number; figures: TownFigures } | null = null;
  const router = Router();
  router.get('/', showHome);
  return router;

  async function showHome(_req: Request, res: Response): Promise<void> {
    const { lang } = pageLocals(res);
    const [town, units, latest, notices, figures] = await Promise.all([
      deps.directory.town(),
      deps.directory.units(),
      deps.publicLetters.latest(LATEST),
      deps.publicNotices.latest(NOTICES),
      figuresOfTheYear(),
    ]);
    res.render('publication/home', homeView({ town, latest, notices, figures }, { lang, units }));
  }

  async function figuresOfTheYear(): Promise<TownFigures> {
    const now = deps.clock.now();
    const age = kept ? now.getTime() - kept.at : Infinity;
    if (kept && age >= 0 && age < FIGURES_KEPT_MS) return kept.figures;
    const today = dayOf(now, deps.zone);
    const figures = await deps.getTownFigures(`${today.slice(0, 4)}-01-01`, today);
    kept = { at: now.getTime(), figures };
    return figures;
  }
}
