import type { RequestHandler } from 'express';

/** For pages that are one person's, or whose address is a key: no cache keeps them, and going back shows nothing. */
export const keptNowhere: RequestHandler = (_req, res, next) => {
  res.setHeader('Cache-Control', 'no-store');
  next();
};
