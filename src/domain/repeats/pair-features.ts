import { areIssuesApart, issueCosine } from './issues.ts';
import type { LetterTraits } from './letter-traits.ts';
import { longestNameShared, mostAlikeName, namesFound, namesFoundMutually } from './name-agreement.ts';
import { ENGLISH_FEATURES } from './english-features.ts';
import type { PairFeature } from './pair-feature.ts';
import { cosine, weightIn, type WeighedGrams } from './weighed-grams.ts';

export type Script = 'han' | 'latin';

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
const flag =
  (asks: (a: LetterTraits, b: LetterTraits) => boolean): Measure =>
  (a, b) =>
    asks(a, b) ? 1 : 0;

/** In at most one letter of a hundred: ln 100. */
const RARE = 4.6;
const MOST_RARE = 9;

const HAN_FEATURES: readonly PairFeature[] = [
  {
    name: 'titleWording',
    why: 'the same title in other order',
    direction: 1,
    of: (a, b) => cosine(a.titleWording, b.titleWording),
  },
  {
    name: 'titleRetold',
    why: 'one letter’s body holds the other’s title',
    direction: 1,
    of: most((a, b) => shareIn(a.titleTriples, b.text)),
  },
  {
    name: 'bodyWording',
    why: 'copies, and the same story in the same words',
    direction: 1,
    of: (a, b) => cosine(a.bodyWording, b.bodyWording),
  },
  {
    name: 'openingWording',
    why: 'people say where and what in their first sentence',
    direction: 1,
    of: (a, b) => cosine(a.openingWording, b.openingWording),
  },
  {
    name: 'rareWords',
    why: 'rare pairs of one title anywhere in the other letter',
    direction: 1,
    of: most((a, b) => rareIn(a.titleWording, b)),
  },
  {
    name: 'subjectMissed',
    why: 'each title speaks of something the other letter never does: one template, another slot',
    direction: -1,
    of: least((a, b) => Math.log1p(a.subject.sum - weightIn(a.subject, b.pairs))),
  },
  {
    name: 'nameless',
    why: 'letters without a name are alike by their topic only',
    direction: 0,
    of: (a, b) => (a.namesTell === 0 ? 1 : 0) + (b.namesTell === 0 ? 1 : 0),
  },
  {
    name: 'nameAlike',
    why: 'one name with characters swapped or left out',
    direction: 1,
    of: (a, b) => mostAlikeName(a.names, b.names),
  },
  {
    name: 'namesFound',
    why: 'the place may stand only in the body',
    direction: 1,
    of: namesFoundMutually,
  },
  {
    name: 'namesFoundLeast',
    why: 'both names are found, not just the larger place around them',
    direction: 1,
    of: least(namesFound),
  },
  {
    name: 'longestName',
    why: 'a long rare name in common says more than its parts apart',
    direction: 1,
    of: longestNameShared,
  },
  {
    name: 'namesShared',
    why: 'what the names in both titles tell',
    direction: 1,
    of: (a, b) => Math.min(namesShared(a, b), MOST_TOLD),
  },
  {
    name: 'titleIssue',
    why: 'the same problem, by the titles',
    direction: 1,
    of: (a, b) => issueCosine(a.titleIssues, b.titleIssues),
  },
  {
    name: 'issue',
    why: 'the same problem, by the letters',
    direction: 1,
    of: (a, b) => issueCosine(a.issues, b.issues),
  },
  {
    name: 'issueRetold',
    why: 'the problem in one title is what the other letter tells of',
    direction: 1,
    of: mean((a, b) => issueCosine(a.titleIssues, b.issues)),
  },
  {
    name: 'issuesApart',
    why: 'one estate, two problems',
    direction: -1,
    of: flag((a, b) => areIssuesApart(a.titleIssues, b.titleIssues)),
  },
];

/** What is asked of two letters of a script, in order. */
export const FEATURES: Readonly<Record<Script, readonly PairFeature[]>> = {
  han: HAN_FEATURES,
  latin: ENGLISH_FEATURES,
};

/** Han as soon as one title has Chinese characters. */
export const scriptOf = (a: LetterTraits, b: LetterTraits): Script => (a.isHan || b.isHan ? 'han' : 'latin');

/** In the order of their script's table. */
export const featuresOf = (a: LetterTraits, b: LetterTraits): number[] =>
  FEATURES[scriptOf(a, b)].map(({ of }) => of(a, b));

const MOST_TOLD = 30;

function namesShared(a: LetterTraits, b: LetterTraits): number {
  const pairsOfB = new Set(b.names.flatMap(({ pairs }) => pairs.map(([pair]) => pair)));
  let told = 0;
  for (const { pairs } of a.names) for (const [pair, tells] of pairs) if (pairsOfB.has(pair)) told += tells;
  return told;
}

function shareIn(triples: WeighedGrams, text: string): number {
  return triples.sum === 0 ? 0 : weightIn(triples, { has: (triple) => text.includes(triple) }) / triples.sum;
}

function rareIn({ weights }: WeighedGrams, { pairs }: LetterTraits): number {
  let sum = 0;
  for (const [pair, tells] of weights) {
    const isThere = tells >= RARE && (pairs.has(pair) || pairs.has(pair.charAt(1) + pair.charAt(0)));
    if (isThere) sum += Math.min(tells, MOST_RARE) - RARE + 1;
  }
  return sum;
}
