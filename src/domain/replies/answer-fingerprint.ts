/** A text without what can differ between two pastings of it: spaces, punctuation, width and case. */
export const squeeze = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}]/gu, '');

/** Equal for answers in the same words; 64 bits of FNV-1a, in two halves with different seeds. Not a secret's hash. */
export function answerFingerprint(text: string): string {
  const plain = squeeze(text);
  return half(plain, 0x811c9dc5) + half(plain, 0x1b873593);
}

function half(text: string, seed: number): string {
  let hash = seed;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
