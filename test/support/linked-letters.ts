import type { LinkedLetter } from '../../src/domain/repeats/linked-letter.ts';

/** A letter among others; later in the alphabet is later on the day. */
export const aLinkedLetter = (id: string, patch: Partial<LinkedLetter> = {}): LinkedLetter => ({
  id,
  version: 1,
  number: `2026-${id}`,
  receivedAt: new Date(Date.parse('2026-09-23T02:00:00Z') + (id.codePointAt(0) ?? 0) * 1000),
  receivedOn: '2026-09-23',
  people: [`phone of ${id}`],
  unit: null,
  joinedTo: null,
  heldOut: [],
  isPrivate: false,
  isPublished: false,
  isOver: false,
  links: [],
  ...patch,
});

export const linksTo = (...others: string[]): Pick<LinkedLetter, 'links'> => ({
  links: others.map((other) => ({ other, score: 0.8 })),
});
