import { Converter } from 'opencc-js/t2cn';
import type { Fold } from '../domain/repeats/compared-letter.ts';

const toSimplified = Converter({ from: 't', to: 'cn' });

/** NFKC, traditional characters as simplified ones, lower case. */
export const fold: Fold = (text) => toSimplified(text.normalize('NFKC')).toLowerCase();
