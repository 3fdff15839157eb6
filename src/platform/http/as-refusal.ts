import Joi from 'joi';
import { DomainError } from '../../domain/domain-error.ts';
import { invalidInput } from './form-errors.ts';

/** What was thrown, as something to tell a person; null when it is a bug. */
export function asRefusal(error: unknown): DomainError | null {
  if (error instanceof DomainError) return error;
  if (Joi.isError(error)) return invalidInput(error);
  if (!(error instanceof Error)) return null;
  if ('code' in error && error.name === 'MulterError') return uploadRefusal(String(error.code));
  return clientFault(error);
}

function uploadRefusal(code: string): DomainError {
  return code === 'LIMIT_UNEXPECTED_FILE' || code === 'MISSING_FIELD_NAME'
    ? new DomainError('INVALID_INPUT', { params: { because: 'unreadable' } })
    : new DomainError('TOO_LARGE');
}

/** Express, its router and its body parsers mark the caller's faults with a status of 4xx. */
function clientFault(error: Error): DomainError | null {
  const status = 'status' in error ? Number(error.status) : 0;
  if (status < 400 || status >= 500) return null;
  if (status === 413) return new DomainError('TOO_LARGE');
  if (status === 404) return new DomainError('NOT_FOUND');
  return new DomainError('INVALID_INPUT', { params: { because: 'unreadable' } });
}
