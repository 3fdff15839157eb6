import Joi from 'joi';
import type { ReckoningSum } from './reckon-clocks.ts';

/** What a change did to the running clocks, carried to the page that says so. */
export type Counted = Omit<ReckoningSum, 'examples'>;

const COUNTED = ['looked', 'earlier', 'later', 'retimed', 'over'] as const;

const count = Joi.number().integer().min(0).max(1e9).required();
const countedForm = Joi.object<Counted>(Object.fromEntries(COUNTED.map((name) => [name, count])));

export const inAddress = (sum: Counted): string => COUNTED.map((name) => `${name}=${sum[name]}`).join('&');

/** Null: the address tells of no change. */
export function countedIn(query: unknown): Counted | null {
  const { value, error } = countedForm.validate(query, { stripUnknown: true });
  return error ? null : value;
}
