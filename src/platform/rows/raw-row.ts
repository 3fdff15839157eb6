import type { FieldError } from '../../domain/domain-error.ts';

/** A row of a file, as it stands there: where it begins, and its very text. */
export interface RowText {
  readonly line: number;
  readonly text: string;
}

/** A row with its cells by the file's own names, or why it is none. */
export type RawRow = RowText &
  (
    | { readonly cells: readonly (readonly [string, unknown])[]; readonly problem?: never }
    | { readonly problem: FieldError; readonly cells?: never }
  );

export const rowProblem = (rule: string, params: FieldError['params'] = {}): FieldError => ({
  field: 'row',
  rule,
  params,
});
