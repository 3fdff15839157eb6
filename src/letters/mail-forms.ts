import Joi from 'joi';
import { LETTER_LIMITS } from '../domain/letters/letter.ts';
import { DomainError } from '../domain/domain-error.ts';
import type { Language } from '../domain/bilingual.ts';
import { describeFields, parseForm } from '../platform/http/form-errors.ts';
import type { Words } from '../platform/words.ts';
import {
  citizenInput,
  detailsForm,
  matterForm,
  youForm,
  type DetailsForm,
  type MatterForm,
  type YouForm,
} from './letter-forms.ts';
import type { MailForms } from './take-in-mail.ts';

/** All pages at once: whoever is answered by mail wants to read of every fault at once. */
const PAGES: readonly Joi.ObjectSchema[] = [matterForm, detailsForm, youForm];
const letterForm: Joi.ObjectSchema<MatterForm & DetailsForm & YouForm> = PAGES.reduce(
  (all, page) => all.concat(page),
  Joi.object(),
);

/** Mails under the same rules as the pages; what is wrong is said in the pages' own sentences. */
export const makeMailForms = (words: Words): MailForms => ({
  letter({ subject, text, from }, language) {
    const written = { kind: 'consult', title: subject, body: text, name: nameOf(from), mail: from.address };
    return orFaults(words, language, 'letters:new', () => {
      const { kind, title, body, place, ...writer } = parseForm(letterForm, written);
      return { kind, title, body, place, writer, wish: 'private', language, channel: 'mail' };
    });
  },
  note(action, text, language) {
    return orFaults(words, language, 'letters:mine', () => citizenInput(action, { note: text, reply: text }));
  },
});

/** Whoever gives no name is called by what stands before the @. */
function nameOf({ name, address }: { name: string; address: string }): string {
  const given = Array.from(name.trim()).slice(0, LETTER_LIMITS.name.max).join('');
  return given === '' ? address.slice(0, address.indexOf('@')).slice(0, LETTER_LIMITS.name.max) : given;
}

function orFaults<T>(
  words: Words,
  language: Language,
  form: string,
  parse: () => T,
): { readonly value: T } | { readonly faults: readonly string[] } {
  try {
    return { value: parse() };
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'INVALID_INPUT') throw error;
    return { faults: describeFields(error.fields, words.in(language), form).map(({ message }) => message) };
  }
}
