/** A number with what it counts or names, such as line 3, phase 2, class of 2018, building 5. */
export type NumberKind =
  | 'line'
  | 'bus'
  | 'phase'
  | 'building'
  | 'group'
  | 'class'
  | 'year'
  | 'lot'
  | 'figure';

export type Numbers = ReadonlyMap<NumberKind, ReadonlySet<string>>;

const NUMERAL = '(?:\\d+|[一二三四五六七八九十]+)';
/** `(…)` is the number. A street called by a numeral is a name and not a number, so buses need digits. */
const PATTERNS: readonly (readonly [NumberKind, RegExp])[] = [
  ['line', new RegExp(`(${NUMERAL})号线|line (\\d+)`, 'gu')],
  ['bus', /(?<![\da-z])(\d{1,4})(?:路(?!口|段)|公交|区间|班车)|(?:公交车?|巴士|bus )(\d{1,4})(?!\d)/gu],
  ['phase', new RegExp(`(${NUMERAL})[、和与及]?(${NUMERAL})?期(?![间限望待盼末货])|phase (\\d+)`, 'gu')],
  ['building', new RegExp(`(${NUMERAL}|[a-z]\\d*)[栋幢座]|building (\\d+)`, 'gu')],
  ['group', new RegExp(`(${NUMERAL})[组队]`, 'gu')],
  ['class', new RegExp(`(${NUMERAL})(?:班|年级|届)|class (\\d+)`, 'gu')],
  ['year', /((?:19|20)\d\d)(?!\d)|(?<!\d)(\d\d)年/gu],
  // Ages, sums and limits in titles of other scripts; what a thing is now ("from 25 to 18") and how old children are ("under 16") is not what is asked for.
  [
    'figure',
    /(?<=^|[\s£$€(])(?<!from |instead of |than |under |under the age of )(?!(?:19|20)\d\d\b)(\d[\d,.]*\d|\d)(?=$|[\s.,;:!?%)]|'s|mph|km)/gu,
  ],
  ['lot', new RegExp(`(${NUMERAL})(?:标段?|号地块)`, 'gu')],
];

export function numbersIn(text: string): Numbers {
  const found = new Map<NumberKind, Set<string>>();
  for (const [kind, pattern] of PATTERNS) {
    for (const [, ...groups] of text.matchAll(pattern)) {
      for (const group of groups) {
        if (group === undefined) continue;
        const values = found.get(kind) ?? new Set<string>();
        values.add(plainNumber(group, kind));
        found.set(kind, values);
      }
    }
  }
  return found;
}

const DIGITS = '零一二三四五六七八九';

/** 十二 → 12; a year of two digits gets its century. */
function plainNumber(text: string, kind: NumberKind): string {
  if (/^\d+$/.test(text)) {
    return kind === 'year' && text.length === 2 ? `20${text}` : String(Number(text));
  }
  if (!/^[一二三四五六七八九十]+$/.test(text)) return text;
  const [tens = '', ones = ''] = text.includes('十') ? text.split('十') : ['', text];
  const high = text.includes('十') ? (tens === '' ? 1 : DIGITS.indexOf(tens)) : 0;
  return String(high * 10 + (ones === '' ? 0 : DIGITS.indexOf(ones.slice(-1))));
}

/** Kinds both texts number, and number differently throughout. */
export function numbersApart(a: Numbers, b: Numbers): NumberKind[] {
  return [...a].flatMap(([kind, values]) => {
    const others = b.get(kind);
    return others !== undefined && ![...values].some((value) => others.has(value)) ? [kind] : [];
  });
}

export function numbersShared(a: Numbers, b: Numbers): string[] {
  return [...a].flatMap(([kind, values]) => [...values].filter((value) => b.get(kind)?.has(value)));
}
