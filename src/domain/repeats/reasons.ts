import { areDistrictsApart } from './districts.ts';
import { areIssuesApart, issueNames } from './issues.ts';
import type { Reason, ReasonKind } from './judgement.ts';
import type { LetterTraits } from './letter-traits.ts';
import { mostAlikeName, namesInCommon, namesOf } from './name-agreement.ts';
import { numbersShared } from './numbers.ts';
import { cosine } from './weighed-grams.ts';
import type { FoundVeto } from './vetoes.ts';

/** Names in both titles that share no more characters than this are written down as different. */
const ALIKE_NAMES = 0.5;
const MOST_REASONS = 6;
const MOST_WORDS = 5;
/** From here on two bodies are copies of one another, or nearly. */
const COPIED = 0.8;

/** What a clerk reads beside two letters: what keeps them apart, then what brings them together. */
export function reasonsFor(
  a: LetterTraits,
  b: LetterTraits,
  veto: FoundVeto | null,
  cited: readonly string[],
): Reason[] {
  const both = <Of>(of: (letter: LetterTraits) => readonly Of[]): Of[] => [...of(a), ...of(b)];
  const found: readonly (readonly [kind: ReasonKind, words: readonly string[], isSo?: boolean])[] = [
    ...(veto ? [[veto.kind, veto.words, true] as const] : []),
    ['citesNumber', cited],
    ['sameWording', [], cosine(a.bodyWording, b.bodyWording) >= COPIED],
    ['sameName', namesInCommon(a, b)],
    ['otherName', namesOf(a, b), veto === null && areNamesOther(a, b)],
    ['sameProblem', issueNames(a.titleIssues, b.titleIssues)],
    [
      'otherProblem',
      both((letter) => issueNames(letter.titleIssues)),
      areIssuesApart(a.titleIssues, b.titleIssues),
    ],
    ['sameNumber', numbersShared(a.numbers, b.numbers)],
    ['samePlace', [...placeInCommon(a, b), ...[...a.districts].filter((place) => b.districts.has(place))]],
    [
      'otherPlace',
      both((letter) => [...letter.titleDistricts]),
      veto === null && areDistrictsApart(a.titleDistricts, b.titleDistricts),
    ],
    ['backReference', [], a.isFollowUp || b.isFollowUp],
  ];
  return found
    .filter(([, words, isSo = words.length > 0]) => isSo)
    .slice(0, MOST_REASONS)
    .map(([kind, words]) => ({ kind, words: [...new Set(words)].slice(0, MOST_WORDS) }));
}

/** The place both writers gave, or the narrower of two of which one says more. */
function placeInCommon({ place: a }: LetterTraits, { place: b }: LetterTraits): string[] {
  if (a === '' || b === '') return [];
  if (a.includes(b)) return [a];
  return b.includes(a) ? [b] : [];
}

const areNamesOther = (a: LetterTraits, b: LetterTraits): boolean =>
  a.names.length > 0 &&
  b.names.length > 0 &&
  namesInCommon(a, b).length === 0 &&
  mostAlikeName(a.names, b.names) < ALIKE_NAMES;
