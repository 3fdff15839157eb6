import type { Veto } from './judgement.ts';
import type { LetterTraits } from './letter-traits.ts';
import { numbersApart } from './numbers.ts';

/**
 * What keeps two letters apart however alike they read. Only titles are asked: a body tells of other lines, years and
 * places besides its own.
 */
export function vetoOf(
  a: LetterTraits,
  b: LetterTraits,
): { readonly veto: Veto; readonly words: readonly string[] } | null {
  const numbers = numbersApart(a.titleNumbers, b.titleNumbers);
  const [kind] = numbers;
  if (kind !== undefined) {
    return {
      veto: 'otherNumber',
      words: [...(a.titleNumbers.get(kind) ?? []), ...(b.titleNumbers.get(kind) ?? [])],
    };
  }
  return null;
}
