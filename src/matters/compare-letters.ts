import type { Matter } from '../domain/matters/matter.ts';
import type { Judgement } from '../domain/repeats/judgement.ts';

type Read = Pick<Matter, 'letter' | 'number'>;

/** What is thought of two letters: kept as evidence with what a person decides about them. */
export type CompareLetters = (one: Read, other: Read) => Promise<Judgement>;
