import { isSamePerson } from '../letters/same-person.ts';
import type { Letter } from '../letters/letter.ts';

/**
 * Why a matter came up again. `impatience`: the same person, before the answer was due. `reminder`: the same person, after
 * it was due and still without an answer. `dissatisfaction`: the same person, after an answer. `commonConcern`: another
 * person. The first three count against nobody but the office; the last says that the matter is larger than it looked.
 */
export const REPEAT_KINDS = ['impatience', 'reminder', 'dissatisfaction', 'commonConcern'] as const;
export type RepeatKind = (typeof REPEAT_KINDS)[number];

/** Of a matter, what tells why its letter came. */
interface Compared {
  readonly letter: Pick<Letter, 'writer' | 'receivedAt'>;
  readonly answer: { readonly answeredAt: Date } | null;
  readonly clock: { readonly reply: { readonly dueAt: Date } };
}

/** What `matter` is to a set it joins: the set's primary first, then its other letters. */
export function repeatKind(matter: Pick<Compared, 'letter'>, set: readonly Compared[]): RepeatKind {
  const [primary] = set;
  const isSame = set.some(({ letter }) => isSamePerson(letter.writer, matter.letter.writer));
  if (!primary || !isSame) return 'commonConcern';
  const { receivedAt } = matter.letter;
  if (primary.answer && primary.answer.answeredAt <= receivedAt) return 'dissatisfaction';
  return receivedAt <= primary.clock.reply.dueAt ? 'impatience' : 'reminder';
}
