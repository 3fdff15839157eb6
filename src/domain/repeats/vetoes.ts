import { arePlacesApart, differingSlot, namesTwoPlaces } from './two-places.ts';
import { areDemandsOpposite } from './demand.ts';
import { areDistrictsApart } from './districts.ts';
import type { Veto } from './judgement.ts';
import type { LetterTraits } from './letter-traits.ts';
import { areNamesApart, longestNameShared, namesOf } from './name-agreement.ts';
import { numbersApart } from './numbers.ts';
import { cosine } from './weighed-grams.ts';

export interface FoundVeto {
  readonly kind: Veto;
  /** What differs, of the first letter and of the second. */
  readonly words: readonly string[];
}

/** Opposite demands are about one thing: titles less alike than this are about two. */
const ABOUT_ONE_THING = 0.5;

/**
 * What keeps two letters apart however alike they read. Only titles are asked: a body tells of other lines, years and
 * places besides its own.
 */
export function vetoOf(a: LetterTraits, b: LetterTraits): FoundVeto | null {
  const [kind] = numbersApart(a.numbers, b.numbers);
  if (kind !== undefined)
    return { kind: 'otherNumber', words: [...(a.numbers.get(kind) ?? []), ...(b.numbers.get(kind) ?? [])] };
  // A place on the border of two districts has one name and stands in either.
  if (areDistrictsApart(a.titleDistricts, b.titleDistricts) && longestNameShared(a, b) === 0)
    return { kind: 'otherPlace', words: [...a.titleDistricts, ...b.titleDistricts] };
  const slot = differingSlot(a.title, b.title);
  if (slot && namesTwoPlaces(slot)) return { kind: 'otherPlace', words: [slot.a, slot.b] };
  if (arePlacesApart(a, b)) return { kind: 'otherPlace', words: [a.place, b.place] };
  // Another name in the same sentence. An alias or a name left to the body does not come to this.
  if (areNamesApart(a, b)) return { kind: 'otherPlace', words: namesOf(a, b) };
  if (areDemandsOpposite(a.demand, b.demand) && cosine(a.subject, b.subject) >= ABOUT_ONE_THING)
    return { kind: 'oppositeDemand', words: [] };
  return null;
}
