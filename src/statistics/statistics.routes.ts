import { Router } from 'express';

export function statisticsRoutes(_deps: object): Router {
  return Router();
}
