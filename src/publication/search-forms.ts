import Joi from 'joi';
import { LETTER_KINDS, type LetterKind } from '../domain/letters/letter.ts';
import { searchGrams } from '../domain/publication/search-grams.ts';

export interface SearchForm {
  readonly words: string;
  readonly unit: string;
  readonly kind: LetterKind | '';
  readonly page: number;
}

/** One character finds too much to be of use, and punctuation finds nothing. */
const findable: Joi.CustomValidator<string> = (words, helpers) =>
  Array.from(words).length < 2 || searchGrams(words).size === 0
    ? helpers.error('string.min', { limit: 2 })
    : words;

/** Of the filters only the words can be wrong; whatever else is in the address counts as not set. */
export const searchForm = Joi.object<SearchForm>({
  words: Joi.string().trim().empty('').max(50).custom(findable).default(''),
  unit: Joi.string().trim().max(60).empty('').default('').failover(''),
  kind: Joi.string()
    .valid(...LETTER_KINDS)
    .empty('')
    .default('')
    .failover(''),
  page: Joi.number().integer().min(1).max(10_000).default(1).failover(1),
});
