import { cosine, type Grams } from './weighed-grams.ts';
import { issueCosine } from './issues.ts';
import type { LetterTraits } from './letter-traits.ts';
import { numbersApart, numbersShared } from './numbers.ts';

/** One question about two letters, answered by a number. The same whichever letter comes first. */
export interface PairFeature {
  readonly name: string;
  /** 1: more of it never makes a repeat less likely; -1: never more likely; 0: either way. */
  readonly direction: -1 | 0 | 1;
  readonly of: (a: LetterTraits, b: LetterTraits) => number;
}

export const PAIR_FEATURES: readonly PairFeature[] = [
  { name: 'wording', direction: 1, of: (a, b) => cosine(a.grams, b.grams) },
  { name: 'titleWording', direction: 1, of: (a, b) => cosine(a.titleGrams, b.titleGrams) },
  { name: 'bodyWording', direction: 1, of: (a, b) => cosine(a.bodyGrams, b.bodyGrams) },
  { name: 'titleLoose', direction: 1, of: (a, b) => cosine(a.looseGrams, b.looseGrams) },
  { name: 'titleCharacters', direction: 1, of: (a, b) => sameCharacters(a.title, b.title) },
  { name: 'coverMost', direction: 1, of: (a, b) => Math.max(covered(a, b), covered(b, a)) },
  { name: 'coverLeast', direction: 1, of: (a, b) => Math.min(covered(a, b), covered(b, a)) },
  { name: 'rareTitle', direction: 1, of: (a, b) => rareShared(a.titleGrams, b.titleGrams) },
  {
    name: 'rareAcross',
    direction: 1,
    of: (a, b) => Math.max(rareShared(a.titleGrams, b.grams), rareShared(b.titleGrams, a.grams)),
  },
  { name: 'rareAll', direction: 1, of: (a, b) => Math.log1p(rareShared(a.grams, b.grams)) },
  { name: 'nameAlike', direction: 1, of: (a, b) => bestName(a.names, b.names) },
  {
    name: 'nameAlikeAll',
    direction: 1,
    of: (a, b) => Math.min(namesAlike(a.names, b.names), namesAlike(b.names, a.names)),
  },
  { name: 'nameFoundMost', direction: 1, of: (a, b) => Math.max(namesFound(a, b), namesFound(b, a)) },
  { name: 'nameFoundLeast', direction: 1, of: (a, b) => Math.min(namesFound(a, b), namesFound(b, a)) },
  { name: 'coreTitle', direction: 1, of: (a, b) => cosine(a.coreGrams, b.coreGrams) },
  {
    name: 'coreFoundMost',
    direction: 1,
    of: (a, b) => Math.max(found(a.coreGrams, b.grams), found(b.coreGrams, a.grams)),
  },
  {
    name: 'coreFoundLeast',
    direction: 1,
    of: (a, b) => Math.min(found(a.coreGrams, b.grams), found(b.coreGrams, a.grams)),
  },
  {
    name: 'coreMissMost',
    direction: -1,
    of: (a, b) => Math.max(missed(a.coreGrams, b.grams), missed(b.coreGrams, a.grams)),
  },
  {
    name: 'coreMissLeast',
    direction: -1,
    of: (a, b) => Math.min(missed(a.coreGrams, b.grams), missed(b.coreGrams, a.grams)),
  },
  { name: 'nameMutual', direction: 1, of: (a, b) => mutual(a, b) },
  { name: 'allNames', direction: 1, of: (a, b) => cosine(a.allNameGrams, b.allNameGrams) },
  { name: 'phrase', direction: 1, of: (a, b) => phrase(a.allNames, b.allNameGrams, a) },
  {
    name: 'phraseTitle',
    direction: 1,
    of: (a, b) => Math.max(phrase(a.names, b.allNameGrams, a), phrase(b.names, a.allNameGrams, b)),
  },
  { name: 'phraseTitles', direction: 1, of: (a, b) => phrase(a.names, b.nameGrams, a) },
  {
    name: 'slot',
    direction: -1,
    of: (a, b) => Math.min(missed(a.coreGrams, b.coreGrams), missed(b.coreGrams, a.coreGrams)),
  },
  {
    name: 'templateSlot',
    direction: -1,
    of: (a, b) =>
      sameCharacters(a.title, b.title) *
      Math.min(missed(a.coreGrams, b.coreGrams), missed(b.coreGrams, a.coreGrams)),
  },
  { name: 'first', direction: 1, of: (a, b) => cosine(a.first, b.first) },
  { name: 'last', direction: 1, of: (a, b) => cosine(a.last, b.last) },
  {
    name: 'titleAcross',
    direction: 1,
    of: (a, b) => (cosine(a.titleGrams, b.grams) + cosine(b.titleGrams, a.grams)) / 2,
  },
  {
    name: 'titleAcrossMost',
    direction: 1,
    of: (a, b) => Math.max(cosine(a.titleGrams, b.bodyGrams), cosine(b.titleGrams, a.bodyGrams)),
  },
  { name: 'nameWeight', direction: 1, of: nameMass },
  { name: 'nameless', direction: 0, of: (a, b) => (mass(a) === 0 ? 1 : 0) + (mass(b) === 0 ? 1 : 0) },
  {
    name: 'nameApart',
    direction: -1,
    of: (a, b) =>
      mass(a) > 8 &&
      mass(b) > 8 &&
      Math.max(namesFound(a, b), namesFound(b, a), bestName(a.names, b.names)) < 0.3
        ? 1
        : 0,
  },
  {
    name: 'titleNumberShared',
    direction: 1,
    of: (a, b) => Math.min(numbersShared(a.titleNumbers, b.titleNumbers).length, 2),
  },
  {
    name: 'titleNumberApart',
    direction: -1,
    of: (a, b) => Math.min(numbersApart(a.titleNumbers, b.titleNumbers).length, 2),
  },
  {
    name: 'numberShared',
    direction: 1,
    of: (a, b) => Math.min(numbersShared(a.numbers, b.numbers).length, 4),
  },
  {
    name: 'numberApart',
    direction: -1,
    of: (a, b) => Math.min(numbersApart(a.numbers, b.numbers).length, 4),
  },
  { name: 'districtTitleApart', direction: -1, of: (a, b) => apart(a.titleDistricts, b.titleDistricts) },
  { name: 'districtApart', direction: -1, of: (a, b) => apart(a.districts, b.districts) },
  {
    name: 'districtShared',
    direction: 1,
    of: (a, b) => ([...a.districts].some((one) => b.districts.has(one)) ? 1 : 0),
  },
  { name: 'issueTitle', direction: 1, of: (a, b) => issueCosine(a.titleIssues, b.titleIssues) },
  { name: 'issue', direction: 1, of: (a, b) => issueCosine(a.issues, b.issues) },
  {
    name: 'issueTitleApart',
    direction: -1,
    of: (a, b) =>
      a.titleIssues.size > 0 && b.titleIssues.size > 0 && issueCosine(a.titleIssues, b.titleIssues) === 0
        ? 1
        : 0,
  },
  {
    name: 'issueAcross',
    direction: 1,
    of: (a, b) => (issueCosine(a.titleIssues, b.issues) + issueCosine(b.titleIssues, a.issues)) / 2,
  },
  { name: 'stanceApart', direction: -1, of: (a, b) => (a.stance * b.stance < 0 ? 1 : 0) },
];

export const featuresOf = (a: LetterTraits, b: LetterTraits): number[] =>
  PAIR_FEATURES.map((feature) => feature.of(a, b));

function apart(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return a.size > 0 && b.size > 0 && ![...a].some((one) => b.has(one)) ? 1 : 0;
}

function characters(text: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const one of text) if (/[\p{L}\p{N}]/u.test(one)) found.set(one, (found.get(one) ?? 0) + 1);
  return found;
}

/** Dice's measure over multisets of characters. */
function sameCharacters(a: string, b: string): number {
  const ofA = characters(a);
  let common = 0;
  let all = 0;
  for (const count of ofA.values()) all += count;
  for (const [one, count] of characters(b)) {
    all += count;
    common += Math.min(count, ofA.get(one) ?? 0);
  }
  return all === 0 ? 0 : (2 * common) / all;
}

/** Share of a title's triples, by weight, that stand in the other letter. */
function covered(a: LetterTraits, b: LetterTraits): number {
  if (a.titleTriples.length === 0) return 0;
  let sum = 0;
  for (const [triple, weight] of a.titleTriples.weights) if (b.text.includes(triple)) sum += weight;
  return sum / a.titleTriples.length;
}

const RARE = 4.6;
function rareShared(a: Grams, b: Grams): number {
  const [small, large] = a.weights.size <= b.weights.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [gram, weight] of small.weights)
    if (weight >= RARE && large.weights.has(gram)) sum += Math.min(weight, 9) - RARE + 1;
  return sum;
}

function bestName(a: readonly string[], b: readonly string[]): number {
  let best = 0;
  for (const one of a)
    for (const other of b)
      if (one.length > 2 || other.length > 2) best = Math.max(best, sameCharacters(one, other));
  return best;
}

function namesAlike(a: readonly string[], b: readonly string[]): number {
  let sum = 0;
  let all = 0;
  for (const one of a) {
    let best = 0;
    for (const other of b) best = Math.max(best, sameCharacters(one, other));
    sum += best * one.length;
    all += one.length;
  }
  return all === 0 ? 0 : sum / all;
}

/** Share of one title's names, by pairs of characters, found in the other letter. */
function namesFound(a: LetterTraits, b: LetterTraits): number {
  let found = 0;
  let all = 0;
  for (const [gram, weight] of a.nameGrams.weights) {
    all += weight;
    if (b.grams.weights.has(gram)) found += weight;
  }
  return all === 0 ? 0 : found / all;
}
const mass = (a: LetterTraits): number => [...a.nameGrams.weights.values()].reduce((x, y) => x + y, 0);
function nameMass(a: LetterTraits, b: LetterTraits): number {
  let found = 0;
  for (const [gram, weight] of a.nameGrams.weights) if (b.nameGrams.weights.has(gram)) found += weight;
  return Math.min(found, 30);
}

function found(a: Grams, b: Grams): number {
  let there = 0;
  let all = 0;
  for (const [gram, weight] of a.weights) {
    all += weight;
    if (b.weights.has(gram)) there += weight;
  }
  return all === 0 ? 0 : there / all;
}
function missed(a: Grams, b: Grams): number {
  let sum = 0;
  for (const [gram, weight] of a.weights) if (!b.weights.has(gram)) sum += weight;
  return Math.log1p(sum);
}
function mutual(a: LetterTraits, b: LetterTraits): number {
  const ma = a.nameGrams.length > 0,
    mb = b.nameGrams.length > 0;
  if (!ma && !mb) return 0.3;
  if (!ma) return namesFound(b, a);
  if (!mb) return namesFound(a, b);
  return (namesFound(a, b) + namesFound(b, a)) / 2;
}

function phrase(names: readonly string[], other: Grams, own: LetterTraits): number {
  let best = 0;
  for (const name of names) {
    let sum = 0;
    for (let i = 0; i + 1 < name.length; i += 1) {
      const gram = name.slice(i, i + 2);
      sum = other.weights.has(gram)
        ? sum + (own.grams.weights.get(gram) === undefined ? 0 : Math.max((own.idf.get(gram) ?? 0) - 1, 0))
        : 0;
      if (sum > best) best = sum;
    }
  }
  return Math.min(best, 25);
}
