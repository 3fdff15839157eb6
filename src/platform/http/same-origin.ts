import type { Request, RequestHandler } from 'express';
import { DomainError } from '../../domain/domain-error.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a change that another site started in a visitor's browser. It reads what the browser says of itself
 * (Sec-Fetch-Site, else Origin) instead of a hidden token, so a letter typed for two hours is never lost to an expired one.
 * A request with neither header comes from no browser and carries nobody's cookie.
 */
export function sameOriginOnly(baseUrl: string): RequestHandler {
  const ownHost = new URL(baseUrl).host;
  return (req, _res, next) => {
    const ours = SAFE_METHODS.has(req.method) || isOurs(req, ownHost);
    next(ours ? undefined : new DomainError('FORBIDDEN', { params: { because: 'otherSite' } }));
  };
}

function isOurs(req: Request, ownHost: string): boolean {
  const site = req.get('sec-fetch-site');
  if (site === 'same-origin') return true;
  // 'same-site' is another office's site under the same domain.
  if (site === 'cross-site' || site === 'same-site') return false;
  const origin = req.get('origin');
  if (origin === undefined) return true;
  const host = hostOf(origin);
  return host !== null && (host === ownHost || host === req.host);
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
