import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { DomainError } from '../../domain/domain-error.ts';

export interface RateLimit {
  readonly limit: number;
  readonly windowMinutes: number;
  /** Whom to count; default the caller's address (an IPv6 network counts as one). */
  readonly by?: (req: Request) => string;
  /** True for look-ups and sign-ins: what succeeded is not a try. */
  readonly failuresOnly?: boolean;
}

/** A throttle for one route. Counted in this process: with several processes each allows its own share. */
export function limitRate({ limit, windowMinutes, by, failuresOnly = false }: RateLimit): RequestHandler {
  return rateLimit({
    limit,
    windowMs: windowMinutes * 60_000,
    keyGenerator: (req) => by?.(req) ?? ipKeyGenerator(req.ip ?? ''),
    skipSuccessfulRequests: failuresOnly,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // Its start-up checks print to the console; TRUST_PROXY decides whose address counts.
    validate: false,
    handler: (_req, _res, next) => {
      next(new DomainError('TOO_MANY_TRIES', { params: { minutes: windowMinutes } }));
    },
  });
}
