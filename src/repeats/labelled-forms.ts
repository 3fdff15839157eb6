import Joi from 'joi';

import type { LetterRow, PairRow, QueryRow, TitlePairRow } from './labelled-rows.ts';

const id = Joi.string().required();
const text = Joi.string().allow('', null).empty(null).default('');
const same = Joi.number().valid(0, 1).required();
const ids = Joi.array().items(Joi.string()).required();
const date = Joi.string().isoDate().raw().required();

const row = <Row>(fields: Joi.SchemaMap<Row>): Joi.ObjectSchema<Row> => Joi.object<Row>(fields).unknown();

export const letterRow = row<LetterRow>({ id, title: text, date, body: text });
export const pairRow = row<PairRow>({
  a: id,
  b: id,
  same,
  kind: id,
  matter: Joi.string().allow(null).default(null),
});
export const queryRow = row<QueryRow>({ query: id, date, object: id, relevant_earlier: ids, ignore: ids });
export const titlePairRow = row<TitlePairRow>({ a: id, b: id, same, kind: id, title_a: id, title_b: id });
