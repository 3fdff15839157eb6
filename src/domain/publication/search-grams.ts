/**
 * What a text is found by: pairs of neighbouring Han characters, and whole words of other scripts. Chinese has no word
 * spaces, so every pair counts; a text that holds all pairs of a query nearly always holds the query itself.
 */
export function searchGrams(text: string): Set<string> {
  const grams = new Set<string>();
  const plain = text.normalize('NFKC').toLowerCase();
  for (const run of plain.match(/\p{Script=Han}+|[\p{L}\p{N}]+/gu) ?? []) {
    for (const part of run.match(/\p{Script=Han}+|[^\p{Script=Han}]+/gu) ?? []) {
      if (!/^\p{Script=Han}/u.test(part)) grams.add(part);
      else for (let i = 0; i + 1 < part.length; i += 1) grams.add(part.slice(i, i + 2));
    }
  }
  return grams;
}
