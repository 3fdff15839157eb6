import { isCardKind, type CardKind, type CardNumber } from './card.ts';

/** How a document is called in an address: `yellowCard-2026-12`. */
export const cardAddress = ({ kind, number }: { kind: CardKind; number: CardNumber }): string =>
  `${kind}-${number.year}-${number.sequence}`;

/** The other way; null for what names no document. */
export function parseCardAddress(text: string): { kind: CardKind; number: CardNumber } | null {
  const [, kind, year, sequence] = /^([A-Za-z]+)-(\d{4})-([1-9]\d{0,8})$/.exec(text) ?? [];
  return isCardKind(kind) ? { kind, number: { year: Number(year), sequence: Number(sequence) } } : null;
}
