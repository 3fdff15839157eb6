import assert from 'node:assert/strict';
import { letterNumber, parseLetterNumber } from '../../../src/domain/letters/letter-number.ts';

/** Spread over the sequence, so that every digit stands in every place. */
const NUMBERS = Array.from({ length: 200 }, (_, i) => letterNumber(2000 + (i % 100), 1 + i * 4999));

describe('letter number › printed', () => {
  for (const [year, sequence, printed] of [
    // Luhn by hand, every second digit from the right doubled, tens added up: 5+1+4+4+0+0+3+2+0+2 = 21, so 9.
    [2026, 4217, '2026-004217-9'],
    // 2+0+0+0+0+0+3+2+0+2 = 9, so 1.
    [2026, 1, '2026-000001-1'],
    [2026, 999_999, '2026-999999-9'],
    [2026, 1_000_000, '2026-1000000-4'],
  ] as const) {
    it(`${year}, ${sequence} › ${printed}`, () => assert.equal(letterNumber(year, sequence), printed));
  }
});

describe('letter number › typed', () => {
  for (const typed of [
    '2026-004217-9',
    '20260042179',
    ' 2026 004217 9 ',
    '２０２６－００４２１７－９',
    '2026–004217—9',
    '2026_004217.9',
    '2026 - 004217 - 9',
  ]) {
    it(`'${typed}' › is forgiven`, () => assert.equal(parseLetterNumber(typed), '2026-004217-9'));
  }

  it('a seven-digit sequence › is a number too', () => {
    assert.equal(parseLetterNumber('202610000004'), '2026-1000000-4');
  });

  for (const typed of [
    '',
    '2026',
    '2026-004217',
    '2026-004217-7',
    '2026-0042179-99',
    'A026-004217-9',
    '12345',
  ]) {
    it(`'${typed}' › is no number`, () => assert.equal(parseLetterNumber(typed), null));
  }

  it('every number as printed › is read back', () => {
    for (const number of NUMBERS) assert.equal(parseLetterNumber(number), number);
  });

  it('any single wrong digit › is caught', () => {
    for (const number of NUMBERS) {
      for (let at = 0; at < number.length; at += 1) {
        if (number[at] === '-') continue;
        for (const digit of '0123456789') {
          if (digit === number[at]) continue;
          const wrong = number.slice(0, at) + digit + number.slice(at + 1);
          assert.equal(parseLetterNumber(wrong), null, `${number} as ${wrong}`);
        }
      }
    }
  });

  it('any two neighbours swapped › are caught, except 09 and 90', () => {
    let swaps = 0;
    for (const number of NUMBERS) {
      const digits = number.replaceAll('-', '');
      for (let at = 0; at + 1 < digits.length; at += 1) {
        const pair = digits.slice(at, at + 2);
        const swapped = pair.slice(1) + pair.slice(0, 1);
        if (pair === swapped || pair === '09' || pair === '90') continue;
        swaps += 1;
        assert.equal(parseLetterNumber(digits.slice(0, at) + swapped + digits.slice(at + 2)), null, number);
      }
    }
    assert.ok(swaps > 1000);
  });
});
