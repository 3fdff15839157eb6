import { Router } from 'express';

export function accountsRoutes(_deps: object): Router {
  return Router();
}
