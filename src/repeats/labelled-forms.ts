import Joi from 'joi';
import type { LetterRow, PairRow, QueryRow, TitlePairRow } from './label-letters.ts';

const id = Joi.string().required();
const text = Joi.string().allow('', null).empty(null).default('');
const same = Joi.number().valid(0, 1).required();
const ids = Joi.array().items(Joi.string()).required();
const date = Joi.string().isoDate().raw().required();

/** A line of a labelled file as what it should be, or null. */
export type ReadRow<Row> = (line: unknown) => Row | null;

function reads<Row>(form: Joi.ObjectSchema<Row>): ReadRow<Row> {
  return (line) => {
    const { value, error } = form.validate(line);
    return error ? null : value;
  };
}

export const letterRow = reads(Joi.object<LetterRow>({ id, title: text, date, body: text }).unknown());
export const pairRow = reads(
  Joi.object<PairRow>({
    a: id,
    b: id,
    same,
    kind: id,
    matter: Joi.string().allow(null).default(null),
  }).unknown(),
);
export const queryRow = reads(
  Joi.object<QueryRow>({ query: id, date, object: id, relevant_earlier: ids, ignore: ids }).unknown(),
);
export const titlePairRow = reads(
  Joi.object<TitlePairRow>({ a: id, b: id, same, kind: id, title_a: id, title_b: id }).unknown(),
);
