/** Districts and counties: the part of an address everyone writes alike. Streets and estates are names. */
const DISTRICT = /[a-z]\d+[县区]|\p{Script=Han}{2}(?:新区|[区县])/gu;
/** What ends like one and is none. */
const NO_DISTRICT =
  /(?:[小社市校景城地园辖片郊库特矿灾林][区]|住宅区|生活区|高新区|开发区|[本该全各我在的到是][区县]|^\p{Script=Han}?[个和与及于对请问]\p{Script=Han}?[区县])$/u;

export function districtsIn(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [name] of text.matchAll(DISTRICT)) if (!NO_DISTRICT.test(name)) found.add(name);
  return found;
}

/** Both name districts, and none in common. */
export const areDistrictsApart = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size > 0 && b.size > 0 && ![...a].some((one) => b.has(one));
