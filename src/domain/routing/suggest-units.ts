/** One line of the town's routing table, in order. Words are matched after NFKC and lower case. */
export interface RoutingRule {
  readonly id: string;
  readonly any: readonly string[];
  readonly all?: readonly string[];
  readonly unless?: readonly string[];
  readonly unit: string;
}

/** A unit proposed to the office, and why: the rule and the words that made it fire. */
export interface UnitSuggestion {
  readonly unit: string;
  readonly rule: string;
  readonly words: readonly string[];
}

const HOW_MANY = 2;

/** The first rules that match name the unit; a second one is shown beside it when it names another unit. */
export function suggestUnits(
  letter: { readonly title: string; readonly body: string; readonly place: string },
  rules: readonly RoutingRule[],
): UnitSuggestion[] {
  const text = fold(`${letter.title}\n${letter.body}\n${letter.place}`);
  const found: UnitSuggestion[] = [];
  for (const rule of rules) {
    if (found.length === HOW_MANY) break;
    if (found.some((earlier) => earlier.unit === rule.unit)) continue;
    const words = rule.any.filter((word) => text.includes(fold(word)));
    const isMatch =
      words.length > 0 &&
      (rule.all ?? []).every((word) => text.includes(fold(word))) &&
      !(rule.unless ?? []).some((word) => text.includes(fold(word)));
    if (isMatch) found.push({ unit: rule.unit, rule: rule.id, words });
  }
  return found;
}

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();
