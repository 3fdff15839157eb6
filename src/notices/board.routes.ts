import { Router, type RequestHandler } from 'express';
import Joi from 'joi';
import type { Clock } from '../platform/clock.ts';
import { parseForm } from '../platform/http/form-errors.ts';
import { needsRight, signedIn, signInFirst } from '../platform/http/signed-in.ts';
import type { NoticeStore } from './notice-store.ts';

interface BoardDeps {
  readonly notices: Pick<NoticeStore, 'readOnBoard'>;
  readonly clock: Clock;
}

const readForm = Joi.object<{ key: string }>({ key: Joi.string().max(200).required() });

/** What reached somebody neither by telephone nor by mail lies on their desk until they have read it. */
export function boardOfNoticesRoutes(deps: BoardDeps): Router {
  const router = Router();
  router.post('/desk/board/read', signInFirst, needsRight('workAtDesk'), markRead(deps));
  return router;
}

const markRead =
  ({ notices, clock }: BoardDeps): RequestHandler =>
  async (req, res) => {
    const { key } = parseForm(readForm, req.body);
    await notices.readOnBoard(key, signedIn(req).id, clock.now());
    res.redirect(303, '/desk');
  };
