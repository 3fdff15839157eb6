import type { Request, RequestHandler, Response } from 'express';
import { DomainError, type DomainErrorCode } from '../../domain/domain-error.ts';
import { wantsJson } from './error-handler.ts';

/** Handles a form. What is wrong with it is shown in the form again; programs and other refusals get the error handler. */
export function onForm(
  handle: (req: Request, res: Response) => Promise<void>,
  showAgain: (refusal: DomainError, req: Request, res: Response) => Promise<void> | void,
  shown: readonly DomainErrorCode[] = ['INVALID_INPUT'],
): RequestHandler {
  return async (req, res) => {
    try {
      await handle(req, res);
    } catch (error) {
      if (!(error instanceof DomainError) || !shown.includes(error.code) || wantsJson(req)) throw error;
      await showAgain(error, req, res);
    }
  };
}
