import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** Headers of every answer. No inline script or style: what a page needs lies in views/assets. */
export function securityHeaders(baseUrl: string): RequestHandler {
  const { host, protocol } = new URL(baseUrl);
  const isHttps = protocol === 'https:';
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        // Older Safari does not count a websocket as 'self'.
        connectSrc: ["'self'", `${isHttps ? 'wss' : 'ws'}://${host}`],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(isHttps && { upgradeInsecureRequests: [] }),
      },
    },
    // Not 'no-referrer': it makes browsers send `Origin: null` with our own forms (see same-origin.ts).
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: isHttps && { maxAge: 31_536_000 },
    xFrameOptions: { action: 'deny' },
  });
}
