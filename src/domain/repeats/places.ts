/**
 * Districts a text names: the part of an address that everyone writes alike. Streets and estates are names and are
 * compared as such.
 */
const DISTRICT =
  /[a-z]\d+(?:县|区)|\p{Script=Han}{2}(?:新区|县)|(?<!小|社|市|校|景|城|地|园|新|矿|片|郊|库|特|片)\p{Script=Han}{2}区/gu;
const NO_DISTRICT =
  /小区|社区|市区|校区|景区|城区|地区|园区|新区$|辖区|住宅区|生活区|片区|郊区|库区|特区|[本该全各]区|[本该全各]县/u;

export function districtsIn(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [name] of text.matchAll(DISTRICT)) if (!NO_DISTRICT.test(name)) found.add(name);
  return found;
}
