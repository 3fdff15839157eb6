import { Router, type RequestHandler, type Response } from 'express';
import { REFUSAL_GROUNDS } from '../domain/matters/refusal-grounds.ts';
import { filingRoutes, policyOfToday, type FilingDeps } from './filing.routes.ts';
import { rulesView } from './filing.view.ts';
import { trackingRoutes, type TrackingDeps } from './tracking.routes.ts';

/** The citizen's own pages: what may be written, writing, following. */
export function lettersRoutes(deps: FilingDeps & TrackingDeps): Router {
  const router = Router();
  router.use('/letters', keptNowhere);
  router.get('/letters/rules', async (_req, res: Response) => {
    res.render('letters/rules', rulesView(REFUSAL_GROUNDS, await policyOfToday(deps)));
  });
  router.use(filingRoutes(deps));
  router.use(trackingRoutes(deps));
  return router;
}

/** These pages show what somebody wrote; the next person at the same machine goes back in vain. */
const keptNowhere: RequestHandler = (_req, res, next) => {
  res.setHeader('Cache-Control', 'no-store');
  next();
};
