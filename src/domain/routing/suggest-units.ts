import type { HashedLetter } from './hashed-letter.ts';
import { foldText } from './letter-grams.ts';
import { classify, tellingWords, type LinearClassifier } from './linear-classifier.ts';

/** One line of the town's routing table, in order. Words are matched after NFKC and lower case. */
export interface RoutingRule {
  readonly id: string;
  readonly any: readonly string[];
  readonly all?: readonly string[];
  readonly unless?: readonly string[];
  readonly unit: string;
}

/** A unit proposed to the office, and the words of the letter that spoke for it. */
interface Suggestion {
  readonly unit: string;
  readonly words: readonly string[];
}

export interface RuleSuggestion extends Suggestion {
  readonly rule: string;
}

/** Learnt from the letters this unit dealt with. */
export interface LearntSuggestion extends Suggestion {
  /** How many of them. */
  readonly letters: number;
  readonly certainty: number;
  /** Version of what was learnt. */
  readonly weights: string;
}

export type UnitSuggestion = RuleSuggestion | LearntSuggestion;

export const isOfRule = (suggestion: UnitSuggestion): suggestion is RuleSuggestion => 'rule' in suggestion;

const HOW_MANY = 2;
/** Less is not worth a clerk's look. */
const LEAST_CERTAIN = 0.1;

export interface SuggestedLetter {
  readonly title: string;
  readonly body: string;
  readonly place: string;
}

/** The first rule that matches names the unit; what the office did with such letters follows, then the next rules. */
export function suggestUnits(
  letter: SuggestedLetter,
  rules: readonly RoutingRule[],
  learnt: readonly LearntSuggestion[],
): UnitSuggestion[] {
  const [first, ...others] = suggestByRules(letter, rules);
  const all = [...(first ? [first] : []), ...learnt, ...others];
  const isNew = ({ unit }: UnitSuggestion, index: number): boolean =>
    all.findIndex((earlier) => earlier.unit === unit) === index;
  return all.filter(isNew).slice(0, HOW_MANY);
}

function suggestByRules(letter: SuggestedLetter, rules: readonly RoutingRule[]): RuleSuggestion[] {
  const text = foldText(`${letter.title}\n${letter.body}\n${letter.place}`);
  const has = (word: string): boolean => text.includes(foldText(word));
  const found: RuleSuggestion[] = [];
  for (const { id, any, all = [], unless = [], unit } of rules) {
    if (found.length === HOW_MANY) break;
    if (found.some((earlier) => earlier.unit === unit)) continue;
    const words = any.filter(has);
    if (words.length > 0 && all.every(has) && !unless.some(has)) found.push({ unit, rule: id, words });
  }
  return found;
}

/** The units that dealt with letters like this one, likeliest first. */
export const suggestLearnt = (letter: HashedLetter, learnt: LinearClassifier): LearntSuggestion[] =>
  classify(letter, learnt)
    .slice(0, HOW_MANY)
    .filter(({ certainty }) => certainty >= LEAST_CERTAIN)
    .map(({ name, letters, certainty }) => ({
      unit: name,
      letters,
      certainty,
      words: tellingWords(letter, name, learnt),
      weights: learnt.version,
    }));
