/** What a classifier reads of a letter. The place is not read: it says where a matter is, not what it is about. */
export interface RoutedLetter {
  /** Empty in old letters and where people write without one. */
  readonly title: string;
  readonly body: string;
}

/** One part of a letter as counted grams. Parts are weighed apart: what stands in a title says more than its share of the text. */
export interface LetterSection {
  /** Its length beside that of the other sections, once each is made as long as one another. */
  readonly share: number;
  readonly grams: ReadonlyMap<string, number>;
}

/** A letter without a title says at its beginning what it is about. */
const LEAD_LENGTH = 30;
const LEAD_SHARE = 0.7;
const WORDS = /\p{Script=Han}+|[\p{L}\p{N}]+/gu;
const SCRIPTS = /\p{Script=Han}+|[^\p{Script=Han}]+/gu;
const IS_HAN = /^\p{Script=Han}/u;

export const foldText = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Chinese characters and pairs of them, and whole words of other scripts. */
export function gramsOf(text: string): Map<string, number> {
  const grams = new Map<string, number>();
  const count = (gram: string): void => void grams.set(gram, (grams.get(gram) ?? 0) + 1);
  for (const run of text.match(WORDS) ?? []) {
    for (const part of run.match(SCRIPTS) ?? []) {
      if (!IS_HAN.test(part)) {
        count(part);
        continue;
      }
      const characters = Array.from(part);
      for (const [index, character] of characters.entries()) {
        count(character);
        const next = characters[index + 1];
        if (next !== undefined) count(character + next);
      }
    }
  }
  return grams;
}

export function sectionsOf({ title, body }: RoutedLetter): LetterSection[] {
  const whole = foldText(`${title}\n${body}`).trim();
  const lead =
    title.trim() === ''
      ? Array.from(whole.slice(0, 2 * LEAD_LENGTH))
          .slice(0, LEAD_LENGTH)
          .join('')
      : foldText(title);
  return [
    { share: LEAD_SHARE, grams: gramsOf(lead) },
    { share: 1, grams: gramsOf(whole) },
  ];
}
