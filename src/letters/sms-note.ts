import { parseLetterNumber } from '../domain/letters/letter-number.ts';
import { parseSecretCode } from '../domain/letters/secret-code.ts';

/** What a writer sends by SMS: number and code of the letter, then the words. */
export interface SmsNote {
  readonly number: string;
  readonly code: string;
  readonly text: string;
}

const DASH = '[-–—−\\s]?';
const NOTE = new RegExp(
  `(\\d{4}${DASH}\\d{6,7}${DASH}\\d)[\\s,，;；:：]*([2-9A-Z]{5}${DASH}[2-9A-Z]{5})(?![0-9A-Z])([\\s\\S]*)$`,
  'i',
);

/** `2026-004217-9 7KQ2M-XH4VT the words`, as people type it on a telephone; null when number or code is missing. */
export function readSmsNote(text: string): SmsNote | null {
  const found = NOTE.exec(inNarrowLetters(text));
  const number = parseLetterNumber(found?.[1] ?? '');
  const code = parseSecretCode(found?.[2] ?? '');
  if (!number || !code) return null;
  // Their own words stay as they were written.
  const words = text.slice(text.length - (found?.[3] ?? '').length);
  return { number, code, text: words.replace(/^[\s,.;:、。!，．；：！－-]+/, '').trim() };
}

/** １２３ as 123, each sign in its place: on a Chinese keyboard number and code may come out wide. */
const inNarrowLetters = (text: string): string =>
  text.replaceAll(/[！-～]/g, (wide) => String.fromCodePoint((wide.codePointAt(0) ?? 0) - 0xfee0));
