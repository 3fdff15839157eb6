import { areIssuesApart, issueCosine } from './issues.ts';
import type { LetterTraits } from './letter-traits.ts';
import {
  areNamesApart,
  longestNameShared,
  mostAlikeName,
  namesFound,
  namesFoundMutually,
} from './name-agreement.ts';
import { areOthersConcerned } from './concerned.ts';
import { areDemandsApart } from './demand.ts';
import { cosine, weightIn, type WeighedGrams } from './weighed-grams.ts';

/** One question about two letters, answered by a number that is the same whichever letter comes first. */
export interface PairFeature {
  readonly name: string;
  readonly why: string;
  /** 1: more of it never makes a repeat less likely; -1: never more likely; 0: either way. */
  readonly direction: -1 | 0 | 1;
  readonly of: (a: LetterTraits, b: LetterTraits) => number;
}

type Measure = (a: LetterTraits, b: LetterTraits) => number;

const most =
  (measure: Measure): Measure =>
  (a, b) =>
    Math.max(measure(a, b), measure(b, a));
const least =
  (measure: Measure): Measure =>
  (a, b) =>
    Math.min(measure(a, b), measure(b, a));
const mean =
  (measure: Measure): Measure =>
  (a, b) =>
    (measure(a, b) + measure(b, a)) / 2;
/** Asked only where a title has Chinese characters. */
const inHan =
  (measure: Measure): Measure =>
  (a, b) =>
    a.isHan || b.isHan ? measure(a, b) : 0;
/** Asked only of titles in words: English has no names without its capitals, and says what it wants in its verb. */
const inWords =
  (measure: Measure): Measure =>
  (a, b) =>
    a.isHan || b.isHan ? 0 : measure(a, b);
const flag =
  (asks: (a: LetterTraits, b: LetterTraits) => boolean): Measure =>
  (a, b) =>
    asks(a, b) ? 1 : 0;

export const PAIR_FEATURES: readonly PairFeature[] = [
  {
    name: 'titleWording',
    why: 'the same title in other order',
    direction: 1,
    of: inHan((a, b) => cosine(a.titleWording, b.titleWording)),
  },
  {
    name: 'bodyWording',
    why: 'copies, and the same story in the same words',
    direction: 1,
    of: inHan((a, b) => cosine(a.bodyWording, b.bodyWording)),
  },
  {
    name: 'openingWording',
    why: 'people say where and what in their first sentence',
    direction: 1,
    of: inHan((a, b) => cosine(a.openingWording, b.openingWording)),
  },
  {
    name: 'subjectMissed',
    why: 'each title speaks of something the other letter never does: one template, another slot',
    direction: -1,
    of: inHan(least((a, b) => Math.log1p(a.subject.sum - weightIn(a.subject, b.pairs)))),
  },
  {
    name: 'nameless',
    why: 'letters without a name are alike by their topic only',
    direction: 0,
    of: inHan((a, b) => (a.namesTell === 0 ? 1 : 0) + (b.namesTell === 0 ? 1 : 0)),
  },
  {
    name: 'nameAlike',
    why: 'one name with characters swapped or left out',
    direction: 1,
    of: inHan((a, b) => mostAlikeName(a.names, b.names)),
  },
  {
    name: 'namesFound',
    why: 'the place may stand only in the body',
    direction: 1,
    of: inHan(namesFoundMutually),
  },
  {
    name: 'namesFoundLeast',
    why: 'both names are found, not just the larger place around them',
    direction: 1,
    of: inHan(least(namesFound)),
  },
  {
    name: 'longestName',
    why: 'a long rare name in common says more than its parts apart',
    direction: 1,
    of: inHan(longestNameShared),
  },
  {
    name: 'namesShared',
    why: 'what the names in both titles tell',
    direction: 1,
    of: inHan((a, b) => Math.min(namesShared(a, b), MOST_TOLD)),
  },
  {
    name: 'namesApart',
    why: 'both name something, and not the same',
    direction: -1,
    of: inHan(flag(areNamesApart)),
  },
  {
    name: 'titleIssue',
    why: 'the same problem, by the titles',
    direction: 1,
    of: inHan((a, b) => issueCosine(a.titleIssues, b.titleIssues)),
  },
  {
    name: 'issue',
    why: 'the same problem, by the letters',
    direction: 1,
    of: inHan((a, b) => issueCosine(a.issues, b.issues)),
  },
  {
    name: 'issueRetold',
    why: 'the problem in one title is what the other letter tells of',
    direction: 1,
    of: inHan(mean((a, b) => issueCosine(a.titleIssues, b.issues))),
  },
  {
    name: 'issuesApart',
    why: 'one estate, two problems',
    direction: -1,
    of: inHan(flag((a, b) => areIssuesApart(a.titleIssues, b.titleIssues))),
  },
  {
    name: 'subjectFoundLeast',
    why: 'one title narrows what the other asks for',
    direction: 1,
    of: inWords(least((a, b) => shareFound(a.subject, b.subject))),
  },
  {
    name: 'subjectFoundMost',
    why: 'one title holds all that the other asks for',
    direction: 1,
    of: inWords(most((a, b) => shareFound(a.subject, b.subject))),
  },
  {
    name: 'subjectsMissed',
    why: 'each title speaks of something the other does not: one sentence, another slot',
    direction: -1,
    of: inWords(least((a, b) => a.subject.sum - weightIn(a.subject, b.subject.weights))),
  },
  {
    name: 'demandsApart',
    why: 'one wants it ended, the other changed',
    direction: -1,
    of: inWords(flag((a, b) => areDemandsApart(a.demand, b.demand))),
  },
  {
    name: 'othersConcerned',
    why: 'asked for one group of people, or for another, or for all',
    direction: -1,
    of: inWords(flag((a, b) => areOthersConcerned(a.concerned, b.concerned))),
  },
];

export const FEATURE_NAMES: readonly string[] = PAIR_FEATURES.map(({ name }) => name);

/** In the order of the table. */
export const featuresOf = (a: LetterTraits, b: LetterTraits): number[] =>
  PAIR_FEATURES.map(({ of }) => of(a, b));

const MOST_TOLD = 30;

function namesShared(a: LetterTraits, b: LetterTraits): number {
  const pairsOfB = new Set(b.names.flatMap(({ pairs }) => pairs.map(([pair]) => pair)));
  let told = 0;
  for (const { pairs } of a.names) for (const [pair, tells] of pairs) if (pairsOfB.has(pair)) told += tells;
  return told;
}

const shareFound = (grams: WeighedGrams, others: WeighedGrams): number =>
  grams.sum === 0 ? 0 : weightIn(grams, others.weights) / grams.sum;
