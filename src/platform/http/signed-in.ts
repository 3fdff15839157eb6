import type { Request, RequestHandler } from 'express';
import { DomainError } from '../../domain/domain-error.ts';
import { hasRight, type Actor, type Right } from '../../domain/permissions/permissions.ts';

declare global {
  namespace Express {
    interface Request {
      /** Who is signed in; set once per request by the accounts module. */
      actor?: Actor;
    }
  }
}

/** @throws DomainError SIGN_IN_NEEDED */
export function signedIn(req: Request): Actor {
  if (!req.actor) throw new DomainError('SIGN_IN_NEEDED');
  return req.actor;
}

/** A guard for pages: whoever is not signed in is shown the door first, and comes back to this page through it. */
export const signInFirst: RequestHandler = (req, res, next) => {
  if (req.actor || req.method !== 'GET' || !req.accepts('html')) next();
  else res.redirect(303, `/sign-in?back=${encodeURIComponent(req.originalUrl)}`);
};

/** A guard for routes: signed in, and with this right. */
export const needsRight =
  (right: Right): RequestHandler =>
  (req, _res, next) => {
    if (!hasRight(signedIn(req), right)) throw new DomainError('FORBIDDEN');
    next();
  };
