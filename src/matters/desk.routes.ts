import { Router } from 'express';

export function deskRoutes(_deps: object): Router {
  return Router();
}
