import { Router } from 'express';
import { pageLocals } from '../platform/http/page-locals.ts';
import type { DirectoryStore } from './directory-store.ts';
import { directoryView } from './directory.view.ts';

export function directoryRoutes({ directory }: { directory: Pick<DirectoryStore, 'units'> }): Router {
  const router = Router();
  router.get('/directory', async (_req, res) => {
    res.render('directory/directory', directoryView(await directory.units(), pageLocals(res).lang));
  });
  return router;
}
