/** No 0/O, 1/I/L: the code is read aloud and copied by hand. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const LENGTH = 10;

/** Spells random bytes (at least 20) as a secret code such as `7KQ2M-XH4VT`; 49 bits. */
export function spellSecretCode(bytes: Uint8Array): string {
  let code = '';
  for (let i = 0; code.length < LENGTH; i += 2) {
    // Two bytes a letter keep the bias of the remainder below one in two thousand.
    const value = ((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0);
    code += ALPHABET[value % ALPHABET.length];
  }
  return `${code.slice(0, 5)}-${code.slice(5)}`;
}

/** What a person typed → the code as printed, or null when it cannot be one. */
export function parseSecretCode(typed: string): string | null {
  const letters = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-–—]/g, '');
  if (!new RegExp(`^[${ALPHABET}]{${LENGTH}}$`).test(letters)) return null;
  return `${letters.slice(0, 5)}-${letters.slice(5)}`;
}
