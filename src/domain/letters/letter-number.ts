/** The number a citizen is given: year, sequence and a check digit (Luhn), as in 2026-004217-9. Public and guessable. */
export function letterNumber(year: number, sequence: number): string {
  const digits = `${year}${String(sequence).padStart(6, '0')}`;
  return `${digits.slice(0, 4)}-${digits.slice(4)}-${checkDigit(digits)}`;
}

/** What a person typed → the number as printed, or null when it cannot be one. Full-width digits and spaces are forgiven. */
export function parseLetterNumber(typed: string): string | null {
  const digits = typed.normalize('NFKC').replace(/[\s\-–—_.]/g, '');
  if (!/^\d{11,12}$/.test(digits)) return null;
  const body = digits.slice(0, -1);
  if (String(checkDigit(body)) !== digits.slice(-1)) return null;
  return `${body.slice(0, 4)}-${body.slice(4)}-${digits.slice(-1)}`;
}

/** Luhn (ISO/IEC 7812-1): catches every single wrong digit and most swapped neighbours. */
function checkDigit(digits: string): number {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return (10 - (sum % 10)) % 10;
}
