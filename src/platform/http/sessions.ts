import type { RequestHandler } from 'express';
import session, { type Store } from 'express-session';

declare module 'express-session' {
  interface SessionData {
    userId?: string;
  }
}

const IDLE_MS = 8 * 60 * 60 * 1000; // a working day

/** A cookie only for whoever signs in; citizens have none. */
export function makeSessions(options: { store: Store; secret: string; secure: boolean }): RequestHandler {
  const { store, secret, secure } = options;
  return session({
    name: secure ? '__Host-huiyin' : 'huiyin',
    store,
    secret,
    resave: false,
    saveUninitialized: false,
    rolling: true,
    cookie: { httpOnly: true, sameSite: 'lax', secure, maxAge: IDLE_MS, path: '/' },
    // Behind a TLS proxy the connection itself is plain; what the proxy says of it decides.
    ...(secure && { proxy: true }),
  });
}
