import type { LinkedLetter } from './linked-letter.ts';

/** Letters that seem to be about one matter: a set, letters that nobody has joined yet, or both. */
export interface LetterGroup {
  /** Where the set in it leads, the largest if there are several; else the oldest letter. */
  readonly id: string;
  /** All ids in it, also of a primary that is too old to be counted. */
  readonly ids: ReadonlySet<string>;
  /** Oldest first. */
  readonly letters: readonly LinkedLetter[];
}

/**
 * Sets first: a person made them. Then the links, the surest first, of equals those of the oldest letters; a link that would bring together what a person held
 * apart is passed over, however many others lead there.
 */
export function groupLetters(rows: readonly LinkedLetter[]): LetterGroup[] {
  const letters = sociable(rows.filter(({ isOver }) => !isOver)).sort(byAge);
  const parts = new Parts(letters);
  for (const { id, joinedTo } of letters) if (joinedTo !== null) parts.bring(id, joinedTo);
  const known = new Set(letters.map(({ id }) => id));
  const links = letters.flatMap(({ id, links: found }) =>
    found.filter(({ other }) => known.has(other)).map((link) => ({ id, ...link })),
  );
  for (const { id, other } of links.sort((a, b) => b.score - a.score))
    if (!parts.areHeldApart(id, other)) parts.bring(id, other);
  const byPart = new Map<Set<string>, LinkedLetter[]>();
  for (const letter of letters) {
    const part = parts.of(letter.id);
    const ofPart = byPart.get(part);
    if (ofPart) ofPart.push(letter);
    else byPart.set(part, [letter]);
  }
  return [...byPart].map(([ids, ofPart]) => ({ id: leadOf(ofPart), ids, letters: ofPart }));
}

/** Most letters are alone with their matter: only the others are worth sorting out. */
function sociable(letters: readonly LinkedLetter[]): LinkedLetter[] {
  const named = new Set(
    letters.flatMap(({ joinedTo, links }) => [joinedTo, ...links.map(({ other }) => other)]),
  );
  return letters.filter(({ id, joinedTo, links }) => joinedTo !== null || links.length > 0 || named.has(id));
}

const byAge = (a: LinkedLetter, b: LinkedLetter): number =>
  a.receivedAt.getTime() - b.receivedAt.getTime() || (a.number < b.number ? -1 : 1);

function leadOf(oldestFirst: readonly LinkedLetter[]): string {
  const sizes = new Map<string, number>();
  for (const { joinedTo } of oldestFirst)
    if (joinedTo !== null) sizes.set(joinedTo, (sizes.get(joinedTo) ?? 0) + 1);
  const [largest] = [...sizes].sort((a, b) => b[1] - a[1]);
  return largest?.[0] ?? oldestFirst[0]?.id ?? '';
}

/** Ids in parts that do not overlap; brought together, the smaller goes into the larger. */
class Parts {
  readonly #parts = new Map<string, Set<string>>();
  readonly #heldOut = new Map<string, Set<string>>();

  constructor(letters: readonly LinkedLetter[]) {
    for (const { id, heldOut } of letters)
      for (const other of heldOut) {
        this.#hold(id, other);
        this.#hold(other, id);
      }
  }

  of(id: string): Set<string> {
    const known = this.#parts.get(id);
    if (known) return known;
    const part = new Set([id]);
    this.#parts.set(id, part);
    return part;
  }

  bring(one: string, other: string): void {
    const [a, b] = [this.of(one), this.of(other)];
    if (a === b) return;
    const [small, large] = a.size < b.size ? [a, b] : [b, a];
    for (const id of small) {
      large.add(id);
      this.#parts.set(id, large);
    }
  }

  areHeldApart(one: string, other: string): boolean {
    const [a, b] = [this.of(one), this.of(other)];
    const [small, large] = a.size < b.size ? [a, b] : [b, a];
    for (const id of small) for (const held of this.#heldOut.get(id) ?? []) if (large.has(held)) return true;
    return false;
  }

  #hold(id: string, other: string): void {
    const held = this.#heldOut.get(id);
    if (held) held.add(other);
    else this.#heldOut.set(id, new Set([other]));
  }
}
