import { searchGrams } from '../../src/domain/publication/search-grams.ts';
import type { Judge } from '../../src/domain/repeats/judge.ts';
import type { Judgement } from '../../src/domain/repeats/judgement.ts';
import type { SimilarQuery } from '../../src/repeats/earlier-letters.ts';

/** Finds and judges by the pairs of characters of a title: enough to tell what is done with what was found. */

export function share(one: string, other: string): number {
  const [a, b] = [searchGrams(one), searchGrams(other)];
  return [...a].filter((gram) => b.has(gram)).length / Math.max(1, a.size);
}

export const judgement = (score: number): Judgement => ({
  score,
  verdict: score >= 0.8 ? 'same' : score >= 0.4 ? 'perhaps' : 'other',
  veto: null,
  reasons: [],
  weights: 'test',
});

export const alike = (ids: () => readonly string[]) => ({
  earlierLetters: {
    similar: async ({ limit }: SimilarQuery) =>
      ids()
        .map((id) => ({ id, similarity: 1 }))
        .slice(0, limit),
  },
  getJudge: async (): Promise<Judge> => (letter) => (earlier) =>
    judgement(share(letter.title, earlier.title)),
});
