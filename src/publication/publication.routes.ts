import { Router } from 'express';

export function publicationRoutes(_deps: object): Router {
  return Router();
}
