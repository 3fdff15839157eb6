import type { FieldError } from '../domain/domain-error.ts';
import type { Letter } from '../domain/letters/letter.ts';
import type { OldEnding, OldReply } from '../domain/matters/open-matter.ts';

/** A letter of former years, read and understood. */
export interface OldLetter {
  /** What its archive calls it; a fingerprint of its words when the archive has no name for it. */
  readonly externalId: string;
  readonly letter: Letter;
  readonly reply: OldReply | null;
  readonly ending: OldEnding;
}

/** A row of a file, as it stands there: where it begins, and its very text. */
export interface RowText {
  readonly line: number;
  readonly text: string;
}

/** A row understood as a letter, or why it cannot be. */
export type ArchiveRow = RowText &
  (
    | { readonly letter: OldLetter; readonly problem?: never }
    | { readonly problem: FieldError; readonly letter?: never }
  );
