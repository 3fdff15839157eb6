import { Router } from 'express';

export function boardRoutes(_deps: object): Router {
  return Router();
}
