/** 脱敏: a run of characters that the public copy shows as a mark of its kind. Offsets in UTF-16 units. */
export interface RedactionSpan {
  readonly start: number;
  readonly end: number;
  readonly kind: RedactionKind;
}

export type RedactionKind =
  | 'idNumber'
  | 'phone'
  | 'bankCard'
  | 'mail'
  | 'plate'
  | 'account'
  | 'name'
  | 'address'
  | 'other';

const DIGIT_BEFORE = '(?<![0-9A-Za-z])';
const DIGIT_AFTER = '(?![0-9A-Za-z])';

/** Ordered: an earlier kind claims its characters first. */
const PATTERNS: readonly { kind: RedactionKind; pattern: RegExp; holds?: (text: string) => boolean }[] = [
  { kind: 'mail', pattern: /[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/g },
  {
    kind: 'idNumber',
    pattern: new RegExp(
      `${DIGIT_BEFORE}\\d{6}[ -]?\\d{4}[ -]?\\d{4}[ -]?\\d{3}[ -]?[0-9Xx]${DIGIT_AFTER}`,
      'g',
    ),
    // With an X or in groups it is one even if mistyped; other runs of 18 digits are cards.
    holds: (text) => /[Xx -]/.test(text) || isIdNumber(text),
  },
  { kind: 'idNumber', pattern: new RegExp(`${DIGIT_BEFORE}\\d{15}${DIGIT_AFTER}`, 'g') },
  {
    kind: 'bankCard',
    pattern: new RegExp(`${DIGIT_BEFORE}\\d{4}(?:[ -]?\\d{4}){3}(?:[ -]?\\d{1,3})?${DIGIT_AFTER}`, 'g'),
  },
  {
    kind: 'account',
    pattern:
      /(?<=(?:微信|(?:weixin|wechat|wx|vx)(?=[^\n]{0,6}[:：]))(?:号码?|id)?\s?[是为:：]?\s?)[a-z][a-z0-9_-]{5,19}/gi,
  },
  { kind: 'account', pattern: /(?<=(?:qq|扣扣)(?:号码?)?\s?[是为:：]?\s?)[1-9]\d{4,10}(?!\d)/gi },
  {
    kind: 'phone',
    // Also right behind a word, as in Tel138… or wx138….
    pattern: /(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ .·–—-]{0,2}\d{4}[ .·–—-]{0,2}\d{4}(?!\d)/g,
  },
  {
    kind: 'phone',
    pattern: new RegExp(`${DIGIT_BEFORE}0\\d{2,3}\\)?[ -]?\\d{3,4}[ -]?\\d{4}${DIGIT_AFTER}`, 'g'),
  },
  { kind: 'phone', pattern: /(?<![0-9A-Za-z+])\+\d{1,3}(?:[ -]?\d){7,12}(?!\d)/g },
  {
    kind: 'plate',
    pattern:
      /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼] ?[A-Z][·•\s-]?[A-HJ-NP-Z0-9]{5,6}(?![A-Z0-9])/gi,
  },
];

/** GB 11643: the last character is a check digit modulo 11. */
function isIdNumber(text: string): boolean {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(text[i]), 0);
  return '10X98765432'[sum % 11] === text[17]?.toUpperCase();
}

interface KnownWords {
  readonly words: string;
  readonly kind: RedactionKind;
}

/** What people are known by: never to be read by those who have no business with them. */
export const particularsOf = (
  people: readonly { name: string; phone: string; mail: string; address: string }[],
): KnownWords[] =>
  people.flatMap(({ name, phone, mail, address }) => [
    { words: name, kind: 'name' as const },
    { words: phone, kind: 'phone' as const },
    { words: mail, kind: 'mail' as const },
    { words: address, kind: 'address' as const },
  ]);

/** Every occurrence of words that are known to be private, however they are spaced. Spans may overlap. */
export function knownSpans(text: string, known: readonly KnownWords[]): RedactionSpan[] {
  return known.flatMap(({ words, kind }) => {
    const needle = Array.from(folded(words).replace(/\s+/g, ''));
    if (needle.length < 2) return [];
    // 张三 is also written 张 三, in the form as in the text.
    const anyhow = new RegExp(needle.map(escaped).join('\\s*'), 'gu');
    return Array.from(folded(text).matchAll(anyhow), ({ index, 0: found }) => ({
      start: index,
      end: index + found.length,
      kind,
    }));
  });
}

/** What should be blacked out: patterns, and every occurrence of the writer's own `known` words (name, address, phone). */
export function suggestRedactions(text: string, known: readonly KnownWords[] = []): RedactionSpan[] {
  const plain = halfWidth(text);
  let spans: RedactionSpan[] = [];
  const claim = (start: number, end: number, kind: RedactionKind): void => {
    const met = spans.filter((span) => start < span.end && end > span.start);
    const [first] = met;
    if (!first) {
      spans.push({ start, end, kind });
      return;
    }
    // A name inside a mail address must not leave the rest of the address in sight: the run grows.
    spans = spans.filter((span) => !met.includes(span));
    spans.push({
      start: Math.min(start, ...met.map((span) => span.start)),
      end: Math.max(end, ...met.map((span) => span.end)),
      kind: first.kind,
    });
  };
  for (const { start, end, kind } of knownSpans(text, known)) claim(start, end, kind);
  for (const { kind, pattern, holds } of PATTERNS) {
    for (const match of plain.matchAll(pattern)) {
      if (!holds || holds(match[0])) claim(match.index, match.index + match[0].length, kind);
    }
  }
  return spans.sort((a, b) => a.start - b.start);
}

/** Full-width letters, digits and spaces as plain ones, one for one, so that offsets stay. */
const halfWidth = (text: string): string =>
  text
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ');

/** As above, and Latin capitals as small letters: people do not spell their name the same way twice. */
const folded = (text: string): string => halfWidth(text).replace(/[A-Z]/g, (letter) => letter.toLowerCase());

const escaped = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');

/** The copy everyone may read: each span replaced by a visible mark, so that readers see that something was removed. */
export function redact(text: string, spans: readonly RedactionSpan[]): string {
  let copy = '';
  let at = 0;
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    if (span.end <= at) continue;
    copy += text.slice(at, span.start) + REDACTION_MARK;
    at = span.end;
  }
  return copy + text.slice(at);
}

/** Stands for any removed run: its length tells nothing about what was there. */
export const REDACTION_MARK = '███';
