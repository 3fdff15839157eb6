import { citedNumbers, isFollowUp } from './back-references.ts';
import { concernedIn } from './concerned.ts';
import type { ComparedLetter } from './compared-letter.ts';
import { demandOf, type Demand } from './demand.ts';
import { englishWordsIn } from './english-words.ts';
import { districtsIn } from './districts.ts';
import { issuesIn, type Issues } from './issues.ts';
import { namesIn, subjectIn } from './names.ts';
import { numbersIn, type Numbers } from './numbers.ts';
import {
  gramsIn,
  unordered,
  weighGrams,
  weighAlike,
  type Telling,
  type WeighedGrams,
} from './weighed-grams.ts';

export interface Name {
  readonly text: string;
  /** Its neighbouring characters with what they tell, in order. */
  readonly pairs: readonly (readonly [pair: string, tells: number])[];
}

/** What is read out of one letter, once, before it is held beside others. */
export interface LetterTraits {
  readonly title: string;
  /** As the writer gave it; empty when nothing was given. */
  readonly place: string;
  /** Its title has Chinese characters. */
  readonly isHan: boolean;
  /** Title, place and body. */
  readonly text: string;
  /** All grams of the text. */
  readonly pairs: { has(gram: string): boolean };
  /** Of the title, whichever character of a pair comes first. */
  readonly titleWording: WeighedGrams;
  /** Triples of neighbours in the title. */
  readonly titleTriples: WeighedGrams;
  /** The title without words that any letter may hold; English words weigh alike. */
  readonly subject: WeighedGrams;
  /** Groups of people or animals an English title names. */
  readonly concerned: ReadonlySet<string>;
  readonly bodyWording: WeighedGrams;
  readonly openingWording: WeighedGrams;
  /** In the title. */
  readonly names: readonly Name[];
  /** What the pairs of those names tell, summed. */
  readonly namesTell: number;
  /** Of names in the title, the place and the beginning of the body. */
  readonly namePairs: ReadonlySet<string>;
  /** In the title: those of a body are often another matter's. */
  readonly numbers: Numbers;
  readonly titleDistricts: ReadonlySet<string>;
  readonly districts: ReadonlySet<string>;
  readonly titleIssues: Issues;
  readonly issues: Issues;
  /** Of the title. */
  readonly demand: Demand | null;
  /** It says that the matter was written about before. */
  readonly isFollowUp: boolean;
  /** Numbers of other letters that it gives. */
  readonly cites: readonly string[];
}

/** A body says what it is about early; the rest is the story. In characters. */
const READ_OF_BODY = 600;
const READ_FOR_NAMES = 300;
const OPENING = 80;
const TITLE_TIMES = 3;

export function traitsOf(letter: ComparedLetter, telling: Telling): LetterTraits {
  const { title, place } = letter;
  const body = letter.body.slice(0, READ_OF_BODY);
  const text = `${title}\n${place}\n${body}`;
  const isHan = /\p{Script=Han}/u.test(title);
  const titleGrams = gramsIn(title);
  const bodyGrams = [...gramsIn(place), ...gramsIn(body)];
  const names = namesIn(title).map((name) => nameOf(name, telling));
  const titlePairs = weighGrams(titleGrams, telling);
  const bodyWording = weighGrams(bodyGrams, telling);
  return {
    title,
    place,
    isHan,
    text,
    pairs: { has: (gram) => titlePairs.weights.has(gram) || bodyWording.weights.has(gram) },
    titleWording: weighGrams(titleGrams, telling, unordered),
    titleTriples: triplesOf(title, telling),
    subject: isHan ? weighGrams(subjectIn(title), telling) : weighAlike(englishWordsIn(title)),
    concerned: new Set(isHan ? [] : concernedIn(title)),
    bodyWording,
    openingWording: weighGrams(gramsIn(body.slice(0, OPENING)), telling),
    names,
    namesTell: names.reduce((sum, { pairs }) => sum + pairs.reduce((all, [, tells]) => all + tells, 0), 0),
    namePairs: new Set([
      ...names.flatMap(({ pairs }) => pairs.map(([pair]) => pair)),
      ...namesIn(`${place} ${body.slice(0, READ_FOR_NAMES)}`).flatMap(gramsIn),
    ]),
    numbers: numbersIn(title),
    titleDistricts: districtsIn(title),
    districts: districtsIn(text),
    titleIssues: issuesIn([[title, 1]]),
    issues: issuesIn([
      [title, TITLE_TIMES],
      [body, 1],
    ]),
    demand: demandOf(title),
    isFollowUp: isFollowUp(text),
    cites: citedNumbers(text),
  };
}

const nameOf = (text: string, telling: Telling): Name => ({
  text,
  pairs: gramsIn(text).map((pair) => [pair, telling(pair)]),
});

/** A triple tells as much as its two pairs do on average. */
function triplesOf(title: string, telling: Telling): WeighedGrams {
  const triples = [...title.matchAll(/\p{Script=Han}+/gu)].flatMap(([run]) =>
    Array.from({ length: Math.max(run.length - 2, 0) }, (_, at) => run.slice(at, at + 3)),
  );
  return weighGrams(triples, (triple) => (telling(triple.slice(0, 2)) + telling(triple.slice(1))) / 2);
}
