/** What mail programs put between an answer and the mail it answers. A line longer than this is none of it. */
const LONGEST = 300;

const DIVIDER =
  /^[-_ ]{2,}\s*(原始邮件|原始郵件|原邮件|回复的原邮件|转发邮件|转发的邮件|original message|replied message|forwarded message)\s*[-_ ]{2,}$/i;
const HEAD = /^(>\s*)*\**\s*(发件人|寄件者|寄件人|发自|from)\s*\**\s*[:：]/i;
const BELOW_HEAD =
  /^(>\s*)*\**\s*(发送时间|发送日期|寄件日期|日期|时间|收件人|收件者|主题|主旨|sent|date|to|subject)\s*\**\s*[:：]/i;
/** 于 … 写道：, On … wrote: */
const SAYS_WHO_WROTE = /(写道|寫道|wrote)\s*[:：]$/i;
/** How such a sentence begins where it is broken: with a word for when, or with who it was. */
const BEGINS_WHO_WROTE = /^(>\s*)*((在|于|於|on|at)\s.*\d|[^<>]*<[^<>\s]+@[^<>\s]+>)/i;
const RULE_BELOW = /\n\s*[-_]{5,}\s*$/;
const QUOTED = /^\s*>/;

/** The words of an answer without the mail it answers. What stands below quoted lines is kept: some answer beneath. */
export function withoutHistory(text: string): string {
  const lines = text.replaceAll(/\r\n?/g, '\n').split('\n');
  const end = lines.findIndex((_, at) => opensHistory(lines, at));
  const own = end === -1 ? unquoted(lines) : unquoted(lines.slice(0, end)).replace(RULE_BELOW, '').trim();
  // Nothing above: the answer stands below or within.
  return own === '' ? unquoted(lines) : own;
}

/** From here on everything is the former mail. */
function opensHistory(lines: readonly string[], at: number): boolean {
  const line = (lines[at] ?? '').trim();
  if (line.length > LONGEST) return false;
  if (DIVIDER.test(line)) return true;
  if (HEAD.test(line)) return lines.slice(at + 1, at + 4).some((next) => BELOW_HEAD.test(next.trim()));
  return attribution(lines, at) > 0 && !hasQuoteBelow(lines, at);
}

/** How many lines say who wrote when: mail programs break the sentence where it gets long. */
function attribution(lines: readonly string[], at: number): number {
  const counts = BEGINS_WHO_WROTE.test((lines[at] ?? '').trim().slice(0, LONGEST)) ? [1, 2, 3] : [1];
  for (const count of counts) {
    const said = lines.slice(at, at + count).map((line) => line.trim());
    const whole = said.join(' ');
    if (whole.length > LONGEST || said.includes('')) return 0;
    if (SAYS_WHO_WROTE.test(whole)) return /\d/.test(whole) || /[<@]/.test(whole) ? count : 0;
  }
  return 0;
}

const hasQuoteBelow = (lines: readonly string[], at: number): boolean =>
  lines
    .slice(at + 1, at + 6)
    .filter((line) => line.trim() !== '')
    .some((line) => QUOTED.test(line));

/** Without the lines that quote, and those that say of whom. */
function unquoted(lines: readonly string[]): string {
  const kept: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const attributed = hasQuoteBelow(lines, at) ? attribution(lines, at) : 0;
    if (attributed > 0) at += attributed - 1;
    else if (!QUOTED.test(line)) kept.push(line);
  }
  return kept.join('\n').trim();
}
