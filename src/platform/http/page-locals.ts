import type { Response } from 'express';
import type { Language, Translate } from '../words.ts';
import type { FieldMessage } from './form-errors.ts';
import type { Formats } from './formats.ts';

/** The member of staff a page is drawn for; the accounts module sets it after the session is read. */
export interface PageUser {
  readonly name: string;
  readonly unitName: string;
  /** The pages this person may open, in order; the words are `common:nav.<key>`. */
  readonly links: readonly { readonly href: string; readonly key: string }[];
}

/** What every template may use beside its own view. */
export interface PageLocals {
  t: Translate;
  lang: Language;
  /** without the query; for marking the current place in the navigation */
  path: string;
  /** where a change of language returns to */
  here: string;
  asset: (name: string) => string;
  formats: Formats;
  town: { zh: string; en: string; name: string };
  user: PageUser | null;
  /** what is wrong with the form on this page */
  errors: readonly FieldMessage[];
}

declare global {
  namespace Express {
    interface Locals extends PageLocals {}
  }
}

/** The locals with their types; `res.locals.x` itself is any. */
export const pageLocals = (res: Response): PageLocals => res.locals;
