import { Router, type Request, type Response } from 'express';
import type { DirectoryStore } from '../directory/directory-store.ts';
import type { HotWindow } from '../domain/repeats/hot-matters.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import { refusalMessage } from '../platform/http/error-handler.ts';
import { parseForm } from '../platform/http/form-errors.ts';
import { pageLocals } from '../platform/http/page-locals.ts';
import { needsRight, signedIn, signInFirst } from '../platform/http/signed-in.ts';
import type { Log } from '../platform/log.ts';
import type { PublicNoticeStore } from '../publication/public-notice-store.ts';
import type { FindHotMatters } from './find-hot-matters.ts';
import { hotForm, joinGroupForm } from './hot-forms.ts';
import { hotAddress, hotView } from './hot.view.ts';
import type { JoinedGroup, JoinGroup } from './join-group.ts';
import { noticeRoutes, type NoticeRoutesDeps } from './notice.routes.ts';
import { makeOpenHotPage } from './open-hot-page.ts';

interface HotDeps extends NoticeRoutesDeps {
  readonly findHotMatters: FindHotMatters;
  readonly joinGroup: JoinGroup;
  readonly matters: Pick<MatterStore, 'byIds'>;
  readonly publicNotices: PublicNoticeStore;
  readonly directory: Pick<DirectoryStore, 'units'>;
  readonly log: Log;
}

/** 热点: what many people write about, for those who may read all letters. */
export function hotRoutes(deps: HotDeps): Router {
  const openHotPage = makeOpenHotPage(deps);
  const router = Router();
  const readers = [signInFirst, needsRight('workAtDesk'), needsRight('readAllMatters')];
  router.get('/desk/hot', readers, showHot);
  router.post('/desk/hot/join', readers, joinGroup);
  router.use(noticeRoutes(deps, readers));
  return router;

  async function showHot(req: Request, res: Response): Promise<void> {
    const { days } = parseForm(hotForm, req.query);
    const done = textOf(req.query['done']);
    await renderHot(req, res, days, {
      done: ['joined', 'published', 'takenDown'].includes(done) ? done : '',
    });
  }

  async function joinGroup(req: Request, res: Response): Promise<void> {
    const actor = signedIn(req);
    const { days, letter } = parseForm(joinGroupForm, req.body, 'hot:joining');
    const outcome = await deps.joinGroup(letter, actor);
    const { primary, joined, refused } = outcome;
    deps.log.info(
      { actor: actor.id, number: primary, joined: joined.length, refused: refused.length },
      'group.joined',
    );
    if (refused.length === 0) res.redirect(303, `${hotAddress(days)}&done=joined`);
    else await renderHot(req, res, days, { done: '', outcome });
  }

  async function renderHot(
    req: Request,
    res: Response,
    days: HotWindow,
    { done, outcome = null }: { done: string; outcome?: JoinedGroup | null },
  ): Promise<void> {
    const { lang, t } = pageLocals(res);
    const actor = signedIn(req);
    res.render('desk/hot', {
      ...hotView(await openHotPage(days, actor), { actor, lang }),
      done,
      outcome: outcome && {
        primary: outcome.primary,
        joined: outcome.joined.length,
        refused: outcome.refused.map(({ number, because }) => `${number}: ${refusalMessage(because, t)}`),
      },
    });
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
