import { Router, type RequestHandler } from 'express';
import type { DirectoryStore } from '../directory/directory-store.ts';
import { makeReadMatter } from '../matters/open-matter-file.ts';
import type { FindRepeats } from '../matters/likely-repeats.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import { listGiven } from '../matters/desk-forms.ts';
import { namesOf } from '../matters/worklist.view.ts';
import { pageLocals } from '../platform/http/page-locals.ts';
import { needsRight, signedIn, signInFirst } from '../platform/http/signed-in.ts';
import type { Log } from '../platform/log.ts';
import { repeatsView } from './repeats.view.ts';

interface RepeatsDeps {
  readonly matters: MatterStore;
  readonly directory: Pick<DirectoryStore, 'units'>;
  readonly findRepeats: FindRepeats;
  readonly log: Log;
}

/** 比对: a letter and the ten earlier ones that are most likely about the same matter, side by side. */
export function repeatsRoutes(deps: RepeatsDeps): Router {
  const router = Router();
  router.get('/desk/:id/repeats', signInFirst, needsRight('workAtDesk'), showRepeats(deps));
  return router;
}

const showRepeats =
  (deps: RepeatsDeps): RequestHandler =>
  async (req, res) => {
    const actor = signedIn(req);
    const { id } = req.params;
    const matter = await makeReadMatter(deps)(typeof id === 'string' ? id : '', actor);
    const likely = await deps.findRepeats(matter, actor);
    const unitNames = namesOf(await deps.directory.units(), pageLocals(res).lang);
    res.render('desk/repeats', {
      ...repeatsView(matter, likely, { actor, unitNames }),
      isHeldOut: req.query['done'] === 'holdOut',
      list: listGiven(req.query['list']),
    });
  };
