import type { Letter } from '../domain/letters/letter.ts';
import type { Judgement } from '../domain/repeats/judgement.ts';

type Read = Pick<Letter, 'title' | 'body' | 'place'>;

/** What is thought of two letters: kept as evidence with what a person decides about them. */
export type CompareLetters = (one: Read, other: Read) => Promise<Judgement>;
