import { cosine } from './weighed-grams.ts';
import { issueName, issuesShared } from './issues.ts';
import type { Reason, Veto } from './judgement.ts';
import type { LetterTraits } from './letter-traits.ts';
import { numbersShared } from './numbers.ts';

const MOST_REASONS = 6;
const MOST_WORDS = 5;
const ALIKE = 0.8;

/** What a clerk reads beside two letters, the weightiest first. */
export function reasonsFor(
  a: LetterTraits,
  b: LetterTraits,
  veto: { readonly veto: Veto; readonly words: readonly string[] } | null,
): Reason[] {
  const names = [
    ...new Set([
      ...a.names.filter((name) => b.text.includes(name)),
      ...b.names.filter((name) => a.text.includes(name)),
    ]),
  ];
  const issues = issuesShared(a.titleIssues, b.titleIssues).map(issueName);
  const found: Reason[] = [
    ...(veto ? [{ kind: veto.veto, words: veto.words }] : []),
    ...(cosine(a.grams, b.grams) >= ALIKE ? [{ kind: 'sameWording' as const, words: [] }] : []),
    ...listed('sameName', names),
    ...listed('sameProblem', issues),
    ...listed(
      'samePlace',
      [...a.districts].filter((place) => b.districts.has(place)),
    ),
    ...listed('sameNumber', numbersShared(a.titleNumbers, b.titleNumbers)),
  ];
  return found.slice(0, MOST_REASONS).map(({ kind, words }) => ({ kind, words: words.slice(0, MOST_WORDS) }));
}

const listed = (kind: Reason['kind'], words: readonly string[]): Reason[] =>
  words.length > 0 ? [{ kind, words }] : [];
