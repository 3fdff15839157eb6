import { Router } from 'express';

export function directoryRoutes(_deps: object): Router {
  return Router();
}
