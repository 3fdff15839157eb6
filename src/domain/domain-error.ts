/** What a rule of the office can refuse, by code. The edges translate: code → HTTP status, code → sentence. */
export type DomainErrorCode =
  | 'INVALID_INPUT'
  | 'NOT_FOUND'
  | 'FORBIDDEN'
  | 'SIGN_IN_NEEDED'
  | 'STALE'
  | 'ILLEGAL_ACTION'
  | 'WRONG_CODE'
  | 'TOO_MANY_TRIES'
  | 'OWN_DRAFT'
  | 'NOT_AN_ANSWER'
  | 'CONFIRMATION_NEEDED'
  | 'EXTENSION_TOO_LATE'
  | 'EXTENSION_TOO_LONG'
  | 'RETURN_NOT_POSSIBLE'
  | 'APPEAL_TOO_LATE'
  | 'NO_WISH_TO_PUBLISH'
  | 'ALREADY_RATED'
  | 'JOIN_NOT_POSSIBLE'
  | 'ACCUSED_UNIT'
  | 'ACCUSED_HAS_IT'
  | 'TOO_LARGE';

/** A field of a form or row that is wrong: where, which rule, and what would be right. */
export interface FieldError {
  readonly field: string;
  readonly rule: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** A refusal a person can be told about. Anything else that is thrown is a bug. */
export class DomainError extends Error {
  readonly code: DomainErrorCode;
  readonly fields: readonly FieldError[];
  readonly params: Readonly<Record<string, string | number>>;

  constructor(
    code: DomainErrorCode,
    details: { fields?: readonly FieldError[]; params?: Readonly<Record<string, string | number>> } = {},
  ) {
    super(code);
    this.name = 'DomainError';
    this.code = code;
    this.fields = details.fields ?? [];
    this.params = details.params ?? {};
  }
}
