import { comparedLetter, type ComparedLetter, type Fold } from '../domain/repeats/compared-letter.ts';
import { GramCounter } from '../domain/repeats/gram-counts.ts';
import { GramIndex } from '../domain/repeats/gram-index.ts';
import { letterGrams, searchedGrams } from '../domain/repeats/letter-grams.ts';
import { traitsOf, type LetterTraits } from '../domain/repeats/letter-traits.ts';
import type { Labelled, LabelledPair, LabelledQuery } from '../domain/repeats/labelled.ts';
import { featuresOf } from '../domain/repeats/pair-features.ts';
import { vetoOf } from '../domain/repeats/vetoes.ts';
import { tellingBy } from '../domain/repeats/weighed-grams.ts';
import type { LetterRow, PairRow, QueryRow, TitlePairRow } from './labelled-rows.ts';

/** As many as the product judges for one letter. */
const CANDIDATES = 30;

/** What pairs and queries of a folder look like to whoever judges or learns. Frequencies and candidates come from its letters alone. */
export function labelLetters(
  rows: {
    readonly letters: readonly LetterRow[];
    readonly pairs: readonly PairRow[];
    readonly queries: readonly QueryRow[];
  },
  fold: Fold,
): Labelled {
  const letters = new Map(
    rows.letters.map((row) => [
      row.id,
      comparedLetter({ title: row.title, body: row.body, place: '' }, fold),
    ]),
  );
  const read = readerOf(letters);
  const objects = new Map(rows.queries.map(({ query, object }) => [query, object]));
  // A letter of no known object is one of its own.
  const objectOf = (id: string, matter: string | null): string =>
    objects.get(id) ?? matter?.split('/')[0] ?? `letter ${id}`;
  return {
    pairs: rows.pairs.map(({ a, b, same, kind, matter }): LabelledPair => ({
      isSame: same === 1,
      kind,
      objects: [objectOf(a, matter), objectOf(b, matter)],
      features: read(a, b),
    })),
    queries: withCandidates(rows, letters).map(({ row, candidates }): LabelledQuery => ({
      object: row.object,
      earlier: new Set(row.relevant_earlier),
      candidates: candidates.map((id) => ({ id, features: read(row.query, id) })),
    })),
  };
}

/** Pairs of titles without letters; titles that are compared other than at random are about one object. */
export function labelTitles(rows: readonly TitlePairRow[], fold: Fold): Labelled {
  const letters = new Map(
    rows.flatMap(({ a, b, title_a, title_b }) =>
      [[a, title_a] as const, [b, title_b] as const].map(
        ([id, title]) => [id, comparedLetter({ title, body: '', place: '' }, fold)] as const,
      ),
    ),
  );
  const read = readerOf(letters);
  const objectOf = connected(rows.filter(({ kind }) => kind !== 'random'));
  return {
    pairs: rows.map(({ a, b, same, kind }) => ({
      isSame: same === 1,
      kind,
      objects: [objectOf(a), objectOf(b)],
      features: read(a, b),
    })),
    queries: [],
  };
}

/** Features of two letters, or null under a veto. Each letter is read once. */
function readerOf(
  letters: ReadonlyMap<string, ComparedLetter>,
): (a: string, b: string) => readonly number[] | null {
  const counter = new GramCounter();
  for (const letter of letters.values()) counter.add(letter);
  const telling = tellingBy(counter.counts());
  const known = new Map<string, LetterTraits>();
  const traits = (id: string): LetterTraits => {
    const letter = letters.get(id);
    if (!letter) throw new RangeError(`there is no letter ${id}`);
    const found = known.get(id) ?? traitsOf(letter, telling);
    known.set(id, found);
    return found;
  };
  return (a, b) => (vetoOf(traits(a), traits(b)) ? null : featuresOf(traits(a), traits(b)));
}

/** What retrieval finds among the letters that were there by the query's date. */
function withCandidates(
  {
    letters: rows,
    queries,
  }: { readonly letters: readonly LetterRow[]; readonly queries: readonly QueryRow[] },
  letters: ReadonlyMap<string, ComparedLetter>,
): { readonly row: QueryRow; readonly candidates: readonly string[] }[] {
  const counter = new GramCounter();
  for (const letter of letters.values()) counter.add(letter);
  const frequencies = counter.counts();
  const index = new GramIndex();
  for (const [id, letter] of letters) index.put(id, letterGrams(letter, frequencies));
  const dates = new Map(rows.map(({ id, date }) => [id, Date.parse(date)]));
  return queries.map((row) => {
    const letter = letters.get(row.query);
    if (!letter) throw new RangeError(`there is no letter ${row.query}`);
    const left = new Set([row.query, ...row.ignore]);
    const by = Date.parse(row.date);
    const hits = index.search({
      grams: searchedGrams(letter, frequencies),
      limit: CANDIDATES,
      isWanted: (id) => !left.has(id) && (dates.get(id) ?? Infinity) <= by,
    });
    return { row, candidates: hits.map(({ id }) => id) };
  });
}

/** Names each id by the first of all that are connected with it. */
function connected(pairs: readonly { readonly a: string; readonly b: string }[]): (id: string) => string {
  const towards = new Map<string, string>();
  const rootOf = (id: string): string => {
    const next = towards.get(id);
    return next === undefined ? id : rootOf(next);
  };
  for (const { a, b } of pairs) {
    const [rootA, rootB] = [rootOf(a), rootOf(b)];
    if (rootA !== rootB) towards.set(rootB, rootA);
  }
  return rootOf;
}
