import { WAYS } from '../domain/letters/letter.ts';
import { reachObstacle, wishOf, type MessageWish } from '../domain/letters/reach.ts';
import type { Matter } from '../domain/matters/matter.ts';

export const ABOUT = ['everything', 'essentials'] as const satisfies readonly MessageWish['about'][];

/** How the writer hears now, and what may be chosen with the addresses the letter has. */
export function messagesView({ letter }: Pick<Matter, 'letter'>, later: MessageWish | null) {
  return {
    ...wishOf(letter, later),
    ways: WAYS.filter((way) => reachObstacle(way, letter.writer) === null),
    abouts: ABOUT,
  };
}

/** Behind the link of a mail: who reads it may be somebody else, so nothing of the letter but its number. */
export function unsubscribeView(matter: Matter, key: string, later: MessageWish | null) {
  const { by, about } = wishOf(matter.letter, later);
  return {
    number: matter.number,
    address: `/messages/${matter.number}/${encodeURIComponent(key)}`,
    state: by === 'none' ? ('none' as const) : about,
  };
}
