import type { ComparedLetter } from './compared-letter.ts';
import type { GramFrequencies } from './gram-frequencies.ts';
import { countGrams, gramsIn, isHan, telling, weighGrams, type Grams } from './weighed-grams.ts';
import { issueCounts, type Issues } from './issues.ts';
import { numbersIn, type Numbers } from './numbers.ts';
import { coreOf, namesIn } from './names.ts';
import { districtsIn } from './places.ts';
import { stanceOf, type Stance } from './stance.ts';

/** What is read out of one letter, once, before it is held beside others. */
export interface LetterTraits {
  readonly title: string;
  /** Title, place and body. */
  readonly text: string;
  readonly titleGrams: Grams;
  readonly bodyGrams: Grams;
  /** The whole letter, the title counting as much as three mentions. */
  readonly grams: Grams;
  /** Pairs of the title regardless of order: names with swapped characters keep most of them. */
  readonly looseGrams: Grams;
  /** Triples of neighbours in the title → weight. */
  readonly titleTriples: Grams;
  /** Runs of the title that no known word explains. */
  readonly names: readonly string[];
  /** Their pairs of characters. */
  readonly nameGrams: Grams;
  /** Of title and body, the title counting as three. */
  readonly allNames: readonly string[];
  readonly allNameGrams: Grams;
  readonly first: Grams;
  readonly last: Grams;
  readonly idf: ReadonlyMap<string, number>;
  /** The title without common words. */
  readonly coreGrams: Grams;
  readonly titleNumbers: Numbers;
  readonly numbers: Numbers;
  readonly titleDistricts: ReadonlySet<string>;
  readonly districts: ReadonlySet<string>;
  readonly titleIssues: Issues;
  readonly issues: Issues;
  readonly stance: Stance;
}

/** A body's first characters tell what it is about; the rest is the story. */
const READ_OF_BODY = 1200;
const TITLE_TIMES = 3;

export function traitsOf(letter: ComparedLetter, frequencies: GramFrequencies): LetterTraits {
  const { title } = letter;
  const body = letter.body.slice(0, READ_OF_BODY);
  const text = `${title}\n${letter.place}\n${body}`;
  const titleGrams = gramsIn(title);
  const bodyGrams = [...gramsIn(letter.place), ...gramsIn(body)];
  const names = namesIn(title);
  const bodyNames = namesIn(letter.place + ' ' + body.slice(0, 500));
  return {
    title,
    first: weighGrams(countGrams(gramsIn(body.slice(0, 80))), frequencies),
    last: weighGrams(countGrams(gramsIn(letter.body.slice(-80))), frequencies),
    idf: new Map([...titleGrams, ...bodyGrams].map((gram) => [gram, telling(gram, frequencies)])),
    allNames: [...names, ...bodyNames],
    allNameGrams: weighGrams(
      countGrams(names.flatMap(gramsIn), TITLE_TIMES, countGrams(bodyNames.flatMap(gramsIn))),
      frequencies,
    ),
    text,
    titleGrams: weighGrams(countGrams(titleGrams), frequencies),
    bodyGrams: weighGrams(countGrams(bodyGrams), frequencies),
    grams: weighGrams(countGrams(titleGrams, TITLE_TIMES, countGrams(bodyGrams)), frequencies),
    looseGrams: looseGrams(titleGrams, frequencies),
    titleTriples: titleTriples(title, frequencies),
    names,
    coreGrams: weighGrams(
      countGrams(gramsIn(coreOf(title.replace(/[a-z]\d*[省市区县]+/gu, ' ')))),
      frequencies,
    ),
    nameGrams: weighGrams(countGrams(names.flatMap(gramsIn)), frequencies),
    titleNumbers: numbersIn(title),
    numbers: numbersIn(text),
    titleDistricts: districtsIn(title),
    districts: districtsIn(text),
    titleIssues: issueCounts(title),
    issues: normalised(issueCounts(title, TITLE_TIMES, issueCounts(body))),
    stance: stanceOf(title),
  };
}

function normalised(counts: Map<number, number>): Issues {
  for (const [index, count] of counts) counts.set(index, 1 + Math.log(count));
  return counts;
}

function looseGrams(grams: readonly string[], frequencies: GramFrequencies): Grams {
  const weights = new Map<string, number>();
  let sum = 0;
  for (const gram of grams) {
    const loose =
      isHan(gram) && gram.length === 2 && gram.charAt(0) > gram.charAt(1)
        ? gram.charAt(1) + gram.charAt(0)
        : gram;
    const weight = telling(gram, frequencies);
    if (!weights.has(loose)) sum += weight * weight;
    weights.set(loose, weight);
  }
  return { weights, length: Math.sqrt(sum) };
}

function titleTriples(title: string, frequencies: GramFrequencies): Grams {
  const weights = new Map<string, number>();
  let sum = 0;
  for (const [run] of title.matchAll(/\p{Script=Han}+/gu)) {
    for (let i = 0; i + 2 < run.length; i += 1) {
      const weight =
        (telling(run.slice(i, i + 2), frequencies) + telling(run.slice(i + 1, i + 3), frequencies)) / 2;
      weights.set(run.slice(i, i + 3), weight);
      sum += weight;
    }
  }
  return { weights, length: sum };
}
