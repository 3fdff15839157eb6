/** What stands in one title where something else stands in the other: one sentence said of two things. */
export interface DifferingSlot {
  readonly a: string;
  readonly b: string;
  /** What both titles say right after it. */
  readonly after: string;
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
  return { a: slotA, b: slotB, after: a.slice(a.length - after).join('') };
}

/** Words that end the name of a place, or begin right after the part that tells it from its neighbours. */
const PLACE =
  /路|街|巷|弄|段|口|门|大道|桥|村|镇|乡|屯|小区|花园|花苑|家园|公寓|社区|新村|苑|园|城|府|庭|湾|郡|广场|公园|码头|小学|中学|学校|学院|大学|幼儿园|医院|中心|大厦|市场|商场|超市|站|楼|栋|幢|座|坡|岛|坞|厂|公司|road|street|lane|bridge|park|school|village|estate|market|hospital|station/u;
const BEGINS = new RegExp(`^(?:${PLACE.source})`, 'u');
const ENDS = new RegExp(`(?:${PLACE.source})$`, 'u');
/** Signs of a name, without its place word: shorter is none, longer is a sentence. */
const NAME = { shortest: 2, longest: 7 } as const;

/** Whether a slot names two places. Swapped characters make no other place, nor does a name that shares a part of the other. */
export function namesTwoPlaces({ a, b, after }: DifferingSlot): boolean {
  const isFollowed = BEGINS.test(after);
  const names = [a, b]
    .map((slot) => slot.replace(DISTRICT, ''))
    .map((slot) => (isFollowed ? slot : slot.replace(ENDS, '')));
  const areNames = [a, b].every((slot) => isFollowed || ENDS.test(slot));
  const [one = '', other = ''] = names;
  return (
    areNames &&
    names.every((name) => name.length >= NAME.shortest && name.length <= NAME.longest && IS_HAN.test(name)) &&
    !isOneName(one, other)
  );
}

const DISTRICT = /^[a-z]?\d*[市区县]/u;
const IS_HAN = /^\p{Script=Han}+$/u;

/** The same characters in another order, or two neighbouring ones in common. */
function isOneName(a: string, b: string): boolean {
  if (inAnyOrder(a) === inAnyOrder(b)) return true;
  for (let i = 0; i + 1 < a.length; i += 1) if (b.includes(a.slice(i, i + 2))) return true;
  return false;
}

const inAnyOrder = (name: string): string => Array.from(name).sort().join('');

/** Places that the two writers named and that neither letter of the other knows. Empty: nothing was said. */
export function arePlacesApart(
  a: { readonly place: string; readonly text: string },
  b: { readonly place: string; readonly text: string },
): boolean {
  if (a.place === '' || b.place === '') return false;
  return !knows(a, b.place) && !knows(b, a.place);
}

/** What any place may be called besides its name. */
const OF_ANY_PLACE =
  /社区卫生服务中心|卫生服务站|卫生站|卫生院|派出所|街道办|居委会|村委会|服务中心|工地|步道|小区|新村|社区|街道|公园|广场|菜场|市场|学校|小学|中学|幼儿园|医院|公交站|地铁站|路口|门口|门前|后门|大门|楼前|楼顶|顶层|附近|对面|旁边?|沿线|号楼|单元|[0-9a-z一二三四五六七八九十]+[号栋幢座楼期段]|[东南西北上下中前后]?[段侧岸坡门]|[市区县镇乡]/gu;

/** By two neighbouring characters: 文昌路 and 文昌路中段 are one place to look at. */
function knows({ place, text }: { readonly place: string; readonly text: string }, other: string): boolean {
  const name = signs(other.replaceAll(OF_ANY_PLACE, ' '));
  const whole = signs(`${place}\n${text}`).join('');
  // Nothing is left that tells it from any other.
  if (name.length < 2) return true;
  for (let i = 0; i + 1 < name.length; i += 1) if (whole.includes(`${name[i]}${name[i + 1]}`)) return true;
  return false;
}

const signs = (text: string): string[] => Array.from(text).filter((sign) => /[\p{L}\p{N}]/u.test(sign));
