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
  const found = NOTE.exec(text.normalize('NFKC'));
  const number = parseLetterNumber(found?.[1] ?? '');
  const code = parseSecretCode(found?.[2] ?? '');
  if (!number || !code) return null;
  return { number, code, text: (found?.[3] ?? '').replace(/^[\s,.;:、。!-]+/, '').trim() };
}
