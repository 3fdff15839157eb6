import type { Request, RequestHandler } from 'express';
import { randomUUID } from 'node:crypto';
import type { Log } from '../log.ts';

/** One line per request. Addresses carry numbers and secret keys, so only the shape of the path is written. */
export function requestLog(log: Log): RequestHandler {
  return (req, res, next) => {
    const startedAt = performance.now();
    const id = randomUUID();
    res.locals['requestId'] = id;
    res.setHeader('X-Request-Id', id);
    res.on('close', () => {
      const line = {
        id,
        method: req.method,
        route: routeOf(req),
        status: res.statusCode,
        ms: Math.round(performance.now() - startedAt),
        ...(!res.writableFinished && { aborted: true }),
      };
      if (res.statusCode >= 500) log.warn(line, 'http.request');
      else log.info(line, 'http.request');
    });
    next();
  };
}

/** '/letters/HY-2026-000123/key' → '/letters/:number/:key'; what no route matched → '/letters/:/:'. */
export function routeOf(req: Pick<Request, 'originalUrl'> & { route?: { path?: unknown } }): string {
  const segments = (req.originalUrl.split('?')[0] ?? '').split('/').filter((segment) => segment !== '');
  const pattern = req.route?.path;
  const known = typeof pattern === 'string' ? pattern.split('/').filter((segment) => segment !== '') : [];
  // Express forgets the router's own prefix once a handler has failed, so the pattern is laid on from the end.
  const prefix = segments.slice(0, Math.max(0, segments.length - known.length)).map(masked);
  return `/${[...prefix, ...known].join('/')}`;
}

const masked = (segment: string): string =>
  /^[a-z][a-z-]{0,19}(\.[a-z]{2,4})?$/.test(segment) ? segment : ':';
