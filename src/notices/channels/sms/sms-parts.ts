import smpp from 'smpp';
import { MessageRefused } from '../channel.ts';

/** One short message as it goes over the air; of a long one, with the header that puts it in its place. */
export interface SmsPart {
  readonly coding: typeof GSM | typeof UCS2;
  readonly hasHeader: boolean;
  readonly bytes: Buffer;
}

const GSM = 0;
const UCS2 = 8;
const ESCAPE = 0x1b;

/** Everything is in the alphabet all telephones share; else the message goes as UCS-2. */
export const isGsmText = (text: string): boolean =>
  !text.includes('\u001b') && smpp.encodings.ASCII.match(text);

/** In one part if it fits: 160 letters of the common alphabet or 70 of any other; else in parts of 153 or 67 under `reference`. */
export function smsParts(text: string, reference: number): readonly SmsPart[] {
  const isGsm = isGsmText(text);
  const bytes = isGsm ? smpp.encodings.ASCII.encode(text) : bigEndian(text);
  const coding = isGsm ? GSM : UCS2;
  if (bytes.length <= (isGsm ? 160 : 140)) return [{ coding, hasHeader: false, bytes }];
  const pieces = isGsm ? cut(bytes, 153, endsInEscape) : cut(bytes, 134, endsInHalfPair);
  if (pieces.length > 255) throw new MessageRefused('too long');
  return pieces.map((piece, index) => ({
    coding,
    hasHeader: true,
    bytes: Buffer.concat([Buffer.from([5, 0, 3, reference, pieces.length, index + 1]), piece]),
  }));
}

const bigEndian = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

/** Pieces as long as may be; one that would end in the middle of a letter leaves its beginning to the next. */
function cut(bytes: Buffer, most: number, splitBy: (piece: Buffer) => number): Buffer[] {
  const pieces: Buffer[] = [];
  for (let start = 0; start < bytes.length;) {
    const piece = bytes.subarray(start, start + most);
    const isLast = start + piece.length === bytes.length;
    const whole = isLast ? piece : piece.subarray(0, piece.length - splitBy(piece));
    pieces.push(whole);
    start += whole.length;
  }
  return pieces;
}

const endsInEscape = (piece: Buffer): number => (piece.at(-1) === ESCAPE ? 1 : 0);
const endsInHalfPair = (piece: Buffer): number => {
  const last = piece.readUInt16BE(piece.length - 2);
  return last >= 0xd800 && last <= 0xdbff ? 2 : 0;
};
