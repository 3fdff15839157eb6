import Joi from 'joi';

/** A letter of a labelled folder, one a line. */
export interface LetterRow {
  readonly id: string;
  readonly title: string;
  /** ISO 8601. */
  readonly date: string;
  readonly body: string;
}

export interface PairRow {
  readonly a: string;
  readonly b: string;
  readonly same: 0 | 1;
  readonly kind: string;
  /** `object/problem` of a true pair. */
  readonly matter: string | null;
}

export interface QueryRow {
  readonly query: string;
  readonly date: string;
  readonly object: string;
  readonly relevant_earlier: readonly string[];
  readonly ignore: readonly string[];
}

/** Two titles in English; their letters are not needed. */
export interface TitlePairRow {
  readonly a: string;
  readonly b: string;
  readonly same: 0 | 1;
  readonly kind: string;
  readonly title_a: string;
  readonly title_b: string;
}

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
