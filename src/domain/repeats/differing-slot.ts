/** What stands in one title where something else stands in the other: one sentence said of two things. */
export interface DifferingSlot {
  readonly a: string;
  readonly b: string;
  /** What both titles say right after it. */
  readonly then: string;
}

/** Titles that share less are two sentences, of which nothing can be told this way. */
const LEAST_AROUND = 4;
const LEAST_SHARE = 0.4;

/** Null when the titles are equal, too unlike, or when one merely says more than the other. Titles are folded. */
export function differingSlot(titleA: string, titleB: string): DifferingSlot | null {
  const a = signs(titleA);
  const b = signs(titleB);
  const most = Math.min(a.length, b.length);
  let before = 0;
  while (before < most && a[before] === b[before]) before += 1;
  let after = 0;
  while (after < most - before && a[a.length - 1 - after] === b[b.length - 1 - after]) after += 1;
  const slotA = a.slice(before, a.length - after).join('');
  const slotB = b.slice(before, b.length - after).join('');
  const around = before + after;
  if (slotA === '' || slotB === '' || around < LEAST_AROUND || around < most * LEAST_SHARE) return null;
  return { a: slotA, b: slotB, then: a.slice(a.length - after).join('') };
}

/** Words that end the name of a place, or begin right after the part that tells it from its neighbours. */
const PLACE =
  /路|街|巷|弄|大道|桥|村|镇|乡|屯|小区|花园|花苑|家园|公寓|社区|新村|苑|园|城|府|庭|湾|郡|广场|公园|码头|小学|中学|学校|学院|大学|幼儿园|医院|中心|大厦|市场|商场|超市|站|楼|栋|幢|座|坡|岛|坞|厂|公司|road|street|lane|bridge|park|school|village|estate|market|hospital|station/u;
const LONGEST_NAME = 12;
const LOOKED_AFTER = 3;

/** Whether a slot names two places. Swapped characters make no other place, nor does a name that contains the other. */
export function namesTwoPlaces({ a, b, then }: DifferingSlot): boolean {
  if (Math.max([...a].length, [...b].length) > LONGEST_NAME) return false;
  const isPlace = PLACE.test(then.slice(0, LOOKED_AFTER)) || (PLACE.test(a) && PLACE.test(b));
  return isPlace && shareOf(a, b) < 0.5;
}

/** Share of the shorter one's characters that stand in the other, in any order, place words aside. */
function shareOf(a: string, b: string): number {
  const own = [...a.replace(PLACE, '')];
  const others = [...b.replace(PLACE, '')];
  const [few, many] = own.length <= others.length ? [own, others] : [others, own];
  if (few.length === 0) return 1;
  return few.filter((sign) => many.includes(sign)).length / few.length;
}

/** Places that the two writers named and that neither letter of the other knows. Empty: nothing was said. */
export function arePlacesApart(
  a: { readonly place: string; readonly text: string },
  b: { readonly place: string; readonly text: string },
): boolean {
  if (a.place === '' || b.place === '') return false;
  return !knows(a, b.place) && !knows(b, a.place);
}

/** By two neighbouring characters: 文昌路 and 文昌路中段 are one place to look at. */
function knows({ place, text }: { readonly place: string; readonly text: string }, other: string): boolean {
  const all = signs(other.replaceAll(/[市区县镇乡]/gu, ''));
  const whole = signs(`${place}\n${text}`).join('');
  if (all.length < 2) return true;
  for (let i = 0; i + 1 < all.length; i += 1) {
    const pair = `${all[i]}${all[i + 1]}`;
    if (!PLACE.test(pair) && whole.includes(pair)) return true;
  }
  return false;
}

const signs = (text: string): string[] => [...text].filter((sign) => /[\p{L}\p{N}]/u.test(sign));
