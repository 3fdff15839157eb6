import { areOthersConcerned } from './concerned.ts';
import { demandDistance } from './demand.ts';
import type { LetterTraits } from './letter-traits.ts';
import type { PairFeature } from './pair-feature.ts';
import { weightIn } from './weighed-grams.ts';

/** What this title is about and the other does not speak of. */
const missed = (a: LetterTraits, b: LetterTraits): number =>
  a.subject.sum - weightIn(a.subject, b.subject.weights);

/** Asked of two titles in words: there are too few labels for more, and titles without capitals have no names. */
export const ENGLISH_FEATURES: readonly PairFeature[] = [
  {
    name: 'subjectMissedLeast',
    why: 'each title speaks of something the other does not: one sentence, another slot',
    direction: -1,
    of: (a, b) => Math.min(missed(a, b), missed(b, a)),
  },
  {
    name: 'subjectMissedMost',
    why: 'one title narrows what the other asks for',
    direction: -1,
    of: (a, b) => Math.max(missed(a, b), missed(b, a)),
  },
  {
    name: 'subjectShared',
    why: 'how much of both is in common',
    direction: 1,
    of: (a, b) => {
      const both = a.subject.sum + b.subject.sum;
      return both === 0 ? 0 : 1 - (missed(a, b) + missed(b, a)) / both;
    },
  },
  {
    name: 'demandDistance',
    why: 'one wants it ended, the other changed',
    direction: -1,
    of: (a, b) => demandDistance(a.demand, b.demand),
  },
  {
    name: 'othersConcerned',
    why: 'asked for one group of people, or for another, or for all',
    direction: -1,
    of: (a, b) => (areOthersConcerned(a.concerned, b.concerned) ? 1 : 0),
  },
];
