import { Router, type RequestHandler } from 'express';
import type { DirectoryStore } from '../directory/directory-store.ts';
import { pageLocals } from '../platform/http/page-locals.ts';
import { HOT_WINDOWS, type HotWindow } from '../domain/repeats/hot-matters.ts';
import { boardView } from './board.view.ts';
import type { GetTownBoard } from './town-board.ts';

interface BoardDeps {
  readonly getTownBoard: GetTownBoard;
  readonly directory: Pick<DirectoryStore, 'units'>;
  readonly zone: string;
}

/** The live board is everyone's: it shows counts, rates and answers that are public anyway. */
export function boardRoutes(deps: BoardDeps): Router {
  const router = Router();
  router.get('/board', showBoard(deps));
  return router;
}

const showBoard =
  ({ getTownBoard, directory, zone }: BoardDeps): RequestHandler =>
  async (req, res) => {
    const [board, units] = await Promise.all([getTownBoard(), directory.units()]);
    res.render(
      'dashboard/board',
      boardView(board, { units, lang: pageLocals(res).lang, zone, days: windowAsked(req.query['days']) }),
    );
  };

const windowAsked = (days: unknown): HotWindow => HOT_WINDOWS.find((each) => String(each) === days) ?? 30;
