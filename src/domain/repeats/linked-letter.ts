import { dayOf, type Day } from '../clocks/zoned-day.ts';
import { isSecret } from '../letters/letter.ts';
import { personKeys } from '../letters/same-person.ts';
import type { Matter } from '../matters/matter.ts';

/** A letter that the judge took for the same matter when the later of the two came in. */
export interface LetterLink {
  readonly other: string;
  /** From 0 to 1: how sure it is. */
  readonly score: number;
}

/** What is kept of one letter to group it with others: no word of it, and of its writer only hashes. */
export interface LinkedLetter {
  /** Of the letter's matter. */
  readonly id: string;
  /** The matter's own: a row of an earlier version never takes the place of a later one. */
  readonly version: number;
  readonly number: string;
  readonly receivedAt: Date;
  readonly receivedOn: Day;
  /** Keyed hashes of what the writer is known by: they tell people apart and lead to nobody. */
  readonly people: readonly string[];
  readonly unit: string | null;
  readonly joinedTo: string | null;
  /** Matters that a person held apart from this one. */
  readonly heldOut: readonly string[];
  /** Its writer asked for secrecy: counted for the office, never for the public. */
  readonly isPrivate: boolean;
  /** Everyone may read its answer, and so its redacted title. */
  readonly isPublished: boolean;
  /** Refused or withdrawn: nobody asks for anything any more. */
  readonly isOver: boolean;
  readonly links: readonly LetterLink[];
}

/** What a matter says of itself; the links are found later. Null: a report joins no group, imported history is not news. */
export function linkedLetter(
  matter: Matter,
  { zone, hash }: { zone: string; hash: (key: string) => string },
): Omit<LinkedLetter, 'links'> | null {
  const { letter, publication } = matter;
  if (isSecret(letter) || matter.origin !== null) return null;
  return {
    id: matter.id,
    version: matter.version,
    number: matter.number,
    receivedAt: letter.receivedAt,
    receivedOn: dayOf(letter.receivedAt, zone),
    people: personKeys(letter.writer).map(hash),
    unit: matter.lead,
    joinedTo: matter.joinedTo,
    heldOut: matter.heldOut.map(({ other }) => other),
    isPrivate: letter.wish === 'private',
    isPublished: publication?.isPublished === true && matter.answer !== null,
    isOver: matter.state === 'notAccepted' || matter.resolution === 'withdrawn',
  };
}
