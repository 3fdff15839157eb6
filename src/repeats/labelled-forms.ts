import Joi from 'joi';

import type { LetterRow, PairRow, QueryRow, TitlePairRow } from './labelled-rows.ts';

const id = Joi.string().required();
const text = Joi.string().allow('', null).empty(null).default('');
const same = Joi.number().valid(0, 1).required();
const ids = Joi.array().items(Joi.string()).required();
const date = Joi.string().isoDate().raw().required();

export const letterRow = Joi.object<LetterRow>({ id, title: text, date, body: text }).unknown();
export const pairRow = Joi.object<PairRow>({
  a: id,
  b: id,
  same,
  kind: id,
  matter: Joi.string().allow(null).default(null),
}).unknown();
export const queryRow = Joi.object<QueryRow>({
  query: id,
  date,
  object: id,
  relevant_earlier: ids,
  ignore: ids,
}).unknown();
export const titlePairRow = Joi.object<TitlePairRow>({
  a: id,
  b: id,
  same,
  kind: id,
  title_a: id,
  title_b: id,
}).unknown();
