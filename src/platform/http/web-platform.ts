import compression from 'compression';
import type { ErrorRequestHandler, Express, RequestHandler } from 'express';
import express from 'express';
import type { Store } from 'express-session';
import type { Log } from '../log.ts';
import type { Words } from '../words.ts';
import { readBodies } from './bodies.ts';
import { handleErrors, notFound } from './error-handler.ts';
import { chooseLanguage, switchLanguage } from './language.ts';
import { requestLog } from './request-log.ts';
import { sameOriginOnly } from './same-origin.ts';
import { securityHeaders } from './security.ts';
import { makeSessions } from './sessions.ts';
import { makeAssets } from './static.ts';
import { registerViews } from './views.ts';

export interface WebPlatformOptions {
  app: Express;
  rootDir: string;
  words: Words;
  log: Log;
  baseUrl: string;
  timeZone: string;
  secret: string;
  sessionStore: Store;
  trustProxy: number;
  now: () => Date;
  townName: () => { zh: string; en: string };
  /** Templates and assets are read anew for each page; default false. */
  development?: boolean;
}

export interface WebPlatform {
  /** everything before the routers, in order */
  before: RequestHandler[];
  /** 404 and error handler, after the routers */
  after: (RequestHandler | ErrorRequestHandler)[];
  /** the session alone, for the socket server's `engine.use` */
  session: RequestHandler;
}

export function makeWebPlatform(options: WebPlatformOptions): WebPlatform {
  const { app, rootDir, words, log, baseUrl, secret, sessionStore, timeZone, now, townName } = options;
  const cache = !options.development;
  const secure = baseUrl.startsWith('https:');
  app.set('trust proxy', options.trustProxy);
  app.disable('x-powered-by');
  registerViews(app, rootDir, { cache });
  const assets = makeAssets(rootDir, { cache });
  const session = makeSessions({ store: sessionStore, secret, secure });

  return {
    before: [
      requestLog(log),
      securityHeaders(baseUrl),
      compression(),
      express.Router().use('/assets', assets.serve),
      chooseLanguage({ words, timeZone, now, townName, asset: assets.asset }),
      sameOriginOnly(baseUrl),
      ...readBodies(),
      session,
      switchLanguage({ secure }),
    ],
    after: [notFound, handleErrors({ log, words })],
    session,
  };
}
