import type Joi from 'joi';
import { DomainError, type FieldError } from '../../domain/domain-error.ts';
import type { Translate } from '../words.ts';

/** A wrong field in the reader's language: which, and what would be right. */
export interface FieldMessage {
  readonly field: string;
  readonly message: string;
}

/** Every wrong field of a form at once; the schema must be run with `abortEarly: false`. */
export function invalidInput(error: Joi.ValidationError, form?: string): DomainError {
  const params = form === undefined ? {} : { form };
  return new DomainError('INVALID_INPUT', { fields: error.details.map(fieldError), params });
}

function fieldError({ path, type, context }: Joi.ValidationErrorItem): FieldError {
  // What was typed stays out of the error: errors are logged.
  const limit: unknown = context?.['limit'];
  const known = typeof limit === 'number' || typeof limit === 'string' ? { params: { limit } } : {};
  return { field: path.join('.'), rule: type, ...known };
}

/** Runs a form's schema: the clean value, or a refusal that names every wrong field. `form`: see describeFields. */
export function parseForm<T>(schema: Joi.ObjectSchema<T>, body: unknown, form?: string): T {
  const { value, error } = schema.validate(body, { abortEarly: false, stripUnknown: true });
  if (error) throw invalidInput(error, form);
  return value;
}

/** Where the words of the refused form lie. */
export const formOf = ({ params }: DomainError): string =>
  typeof params['form'] === 'string' ? params['form'] : 'common:fields';

/**
 * The sentences for wrong fields. `form` is where the form's words lie, such as 'letters:new': the label is
 * `letters:new.<field>.label`, a sentence of its own `letters:new.<field>.errors.<rule>`, else `common:errors.rule.<rule>`.
 * One sentence per field: the first rule that failed.
 */
export function describeFields(fields: readonly FieldError[], t: Translate, form: string): FieldMessage[] {
  const firsts = new Map<string, FieldError>();
  for (const field of fields) if (!firsts.has(field.field)) firsts.set(field.field, field);
  return [...firsts.values()].map((field) => ({ field: field.field, message: sentence(field, t, form) }));
}

function sentence({ field, rule, params }: FieldError, t: Translate, form: string): string {
  // 'files.0.size' has the words of 'files.size'
  const key = `${form}.${field.replaceAll(/\.\d+(?=\.|$)/g, '')}`;
  const label = t.has(`${key}.label`) ? t(`${key}.label`) : field;
  const candidates = [`${key}.errors.${rule}`, `common:errors.rule.${rule}`];
  const found = candidates.find((candidate) => t.has(candidate)) ?? 'common:errors.rule.other';
  return t(found, { label, ...params });
}
