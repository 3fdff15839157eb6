import type { Day } from '../clocks/zoned-day.ts';
import type { Person } from './directory.ts';

/** AB岗: who answers for somebody on a day: they themselves, or while they are away whoever stands in for them. */
export function standInOf(person: Person, people: readonly Person[], on: Day): Person {
  const seen = new Set<string>();
  let one = person;
  // Somebody who stands in may be away too; a circle of absent people ends with the first of them.
  while (isAway(one, on) && !seen.has(one.id)) {
    seen.add(one.id);
    const next = people.find(({ id }) => id === one.absence?.standIn);
    if (!next) break;
    one = next;
  }
  return isAway(one, on) ? person : one;
}

export const isAway = ({ absence }: Pick<Person, 'absence'>, on: Day): boolean =>
  absence ? absence.from <= on && on <= absence.to : false;

/**
 * Those who answer for all of these on a day, each once. Where whoever stands in `may` not, it waits for the one who is
 * away.
 */
export function standInsOf(
  found: readonly Person[],
  people: readonly Person[],
  on: Day,
  may: (person: Person) => boolean,
): Person[] {
  const standing = found.flatMap((person) => [standInOf(person, people, on), person].filter(may).slice(0, 1));
  return [...new Map(standing.map((person) => [person.id, person])).values()];
}
