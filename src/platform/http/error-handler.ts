import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { randomInt } from 'node:crypto';
import { DomainError, type DomainErrorCode } from '../../domain/domain-error.ts';
import type { Log } from '../log.ts';
import type { Translate, Words } from '../words.ts';
import { DEFAULT_LANGUAGE } from '../words.ts';
import { asRefusal } from './as-refusal.ts';
import { describeFields, formOf } from './form-errors.ts';

/** The one table from a refusal to an HTTP status. */
const STATUS: Readonly<Record<DomainErrorCode, number>> = {
  INVALID_INPUT: 400,
  SIGN_IN_NEEDED: 401,
  FORBIDDEN: 403,
  WRONG_CODE: 403, // not 404: a wrong number and a wrong code look the same
  OWN_DRAFT: 403,
  NOT_FOUND: 404,
  STALE: 409,
  ILLEGAL_ACTION: 409,
  EXTENSION_TOO_LATE: 409,
  RETURN_NOT_POSSIBLE: 409,
  APPEAL_TOO_LATE: 409,
  NO_WISH_TO_PUBLISH: 409,
  ALREADY_RATED: 409,
  JOIN_NOT_POSSIBLE: 409,
  ACCUSED_UNIT: 409,
  ACCUSED_HAS_IT: 409,
  TOO_LARGE: 413,
  NOT_AN_ANSWER: 422,
  CONFIRMATION_NEEDED: 422,
  EXTENSION_TOO_LONG: 422,
  TOO_MANY_TRIES: 429,
};

export const statusOf = (code: DomainErrorCode): number => STATUS[code];

/** The sentence for a refusal; `because` picks one that says more, when there is one. */
export function refusalMessage(error: DomainError, t: Translate): string {
  const key = `common:errors.code.${error.code}`;
  const closer = `${key}_${error.params['because'] ?? ''}`;
  return t(t.has(closer) ? closer : key, error.params);
}

export const notFound: RequestHandler = (_req, _res, next) => {
  next(new DomainError('NOT_FOUND'));
};

export function handleErrors({ log, words }: { log: Log; words: Words }): ErrorRequestHandler {
  // Four parameters are what makes it an error handler to Express.
  return (thrown: unknown, req, res, _next) => {
    if (res.headersSent) {
      logBug(thrown, res, log);
      res.destroy();
      return;
    }
    const t: Translate = res.locals['t'] ?? words.in(DEFAULT_LANGUAGE);
    const refusal = asRefusal(thrown);
    if (refusal) tellRefusal(refusal, t, req, res);
    else tellBug(thrown, t, req, res, log);
  };
}

function tellRefusal(refusal: DomainError, t: Translate, req: Request, res: Response): void {
  const { code } = refusal;
  const message = refusalMessage(refusal, t);
  const fields = describeFields(refusal.fields, t, formOf(refusal));
  res.status(STATUS[code]);
  if (wantsJson(req)) {
    res.json({ code, message, ...(fields.length > 0 && { fields }) });
    return;
  }
  renderOrPlain(res, { code, message, wrong: fields }, message);
}

function logBug(thrown: unknown, res: Response, log: Log): string {
  const errorNumber = `E${randomInt(10_000_000, 100_000_000)}`;
  const stack = thrown instanceof Error ? thrown.stack : `thrown: ${typeof thrown}`;
  log.error({ errorNumber, id: res.locals['requestId'], stack }, 'http.bug');
  return errorNumber;
}

/** Its message may hold anything, a letter's text included: the reader gets a number, the log gets the rest. */
function tellBug(thrown: unknown, t: Translate, req: Request, res: Response, log: Log): void {
  const errorNumber = logBug(thrown, res, log);
  const message = t('common:errors.broken', { number: errorNumber });
  res.status(500);
  if (wantsJson(req)) {
    res.json({ code: 'BROKEN', message, number: errorNumber });
    return;
  }
  renderOrPlain(res, { code: 'BROKEN', message, wrong: [] }, message);
}

/** A page that cannot be drawn (before the locals are set, or because the layout is what broke) is one plain sentence. */
function renderOrPlain(res: Response, view: object, message: string): void {
  if (!res.locals['t']) {
    res.type('text').send(message);
    return;
  }
  res.render('errors/error', view, (broken, html) => {
    if (broken) res.type('text').send(message);
    else res.send(html);
  });
}

/** By Accept; a caller who takes anything gets back what it sent. */
export function wantsJson(req: Request): boolean {
  const accept = req.get('accept');
  if (accept === undefined || accept === '*/*') return req.is('json') === 'json';
  return req.accepts(['html', 'json']) === 'json';
}
