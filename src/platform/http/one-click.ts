import type { Request } from 'express';

/**
 * A mail program's own post to the address in List-Unsubscribe (RFC 8058), as a form or as parts. It is answered on the
 * spot: a redirected post is not followed reliably.
 */
export const isOneClick = (req: Request): boolean =>
  Reflect.has(req.body, 'List-Unsubscribe') || req.is('multipart/form-data') === 'multipart/form-data';
