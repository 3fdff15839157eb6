import { Router, type Response } from 'express';
import { REFUSAL_GROUNDS } from '../domain/matters/refusal-grounds.ts';
import { keptNowhere } from '../platform/http/kept-nowhere.ts';
import { filingRoutes, policyOfToday, type FilingDeps } from './filing.routes.ts';
import { rulesView } from './filing.view.ts';
import { ratingRoutes, type RatingDeps } from './rating.routes.ts';
import { trackingRoutes, type TrackingDeps } from './tracking.routes.ts';

/** The citizen's own pages: what may be written, writing, following. */
export function lettersRoutes(deps: FilingDeps & TrackingDeps & RatingDeps): Router {
  const router = Router();
  router.use('/letters', keptNowhere);
  router.get('/letters/rules', async (_req, res: Response) => {
    res.render('letters/rules', rulesView(REFUSAL_GROUNDS, await policyOfToday(deps)));
  });
  router.use(filingRoutes(deps));
  router.use(trackingRoutes(deps));
  router.use(ratingRoutes(deps));
  return router;
}
