import { Router } from 'express';

export function lettersRoutes(_deps: object): Router {
  return Router();
}
