import { doc, isDoc, show, type Doc } from '../bson/values.js';
import { notSupported, ServerError } from '../errors.js';
import { compileFilter, matches, type Filter } from '../query/filter.js';

/** What a collection's `validator` asks of its documents. */
export interface DocumentRule {
  readonly filter: Filter;
  /** moderate: a document that broke the rule before may go on breaking it. */
  readonly level: 'strict' | 'moderate';
}

/** The rule that a collection's options describe; null when they ask for nothing. */
export function readRule(options: Doc): DocumentRule | null {
  const validator = options.get('validator') ?? new Map();
  const level = options.get('validationLevel') ?? 'strict';
  const action = options.get('validationAction') ?? 'error';
  if (!isDoc(validator)) throw new ServerError('TypeMismatch', "'validator' must be an object");
  if (level !== 'strict' && level !== 'moderate' && level !== 'off')
    throw new ServerError('BadValue', `invalid validationLevel: ${show(level)}`);
  if (action !== 'error') throw notSupported(`validationAction ${show(action)}`);
  const filter = compileFilter(validator);
  return validator.size === 0 || level === 'off' ? null : { filter, level };
}

/** `before` is the document an update replaces, null for an insert. */
export function checkRule(rule: DocumentRule | null, document: Doc, before: Doc | null): void {
  if (rule === null || matches(rule.filter, document)) return;
  if (rule.level === 'moderate' && before !== null && !matches(rule.filter, before)) return;
  const errInfo = doc({ failingDocumentId: document.get('_id') });
  throw new ServerError(
    'DocumentValidationFailure',
    'Document failed validation',
    new Map([['errInfo', errInfo]]),
  );
}
