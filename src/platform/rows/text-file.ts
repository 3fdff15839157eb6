import { createReadStream } from 'node:fs';
import iconv from 'iconv-lite';

export type Encoding = 'utf8' | 'gb18030' | 'utf16le' | 'utf16be';

export const ENCODINGS: ReadonlyMap<string, Encoding> = new Map(
  Object.entries({
    'utf-8': 'utf8',
    utf8: 'utf8',
    gb18030: 'gb18030',
    gbk: 'gb18030',
    gb2312: 'gb18030',
    'utf-16le': 'utf16le',
    'utf-16be': 'utf16be',
  } as const),
);

/** Of damaged UTF-8, no more than this share of the bytes beyond ASCII is unreadable; more means another encoding. */
const DAMAGE = 0.05;
/** What stands for bytes that could not be read. */
export const MARK = '\uFFFD';

/** What a file is written in; see `encodingIn`. */
export const encodingOf = (path: string): Promise<{ encoding: Encoding; isClean: boolean }> =>
  encodingIn(createReadStream(path));

/** The text of a file that is held whole, without a byte order mark. */
export async function textIn(bytes: Buffer): Promise<string> {
  const { encoding } = await encodingIn([bytes]);
  return iconv.decode(bytes, encoding);
}

/**
 * What bytes are written in: by their byte order mark, else UTF-8 when they are that, else GB18030. `isClean` is said
 * of UTF-8 only: a mark in it was written by somebody and is no damage.
 */
async function encodingIn(
  pieces: AsyncIterable<unknown> | Iterable<unknown>,
): Promise<{ encoding: Encoding; isClean: boolean }> {
  const utf8 = new TextDecoder('utf-8');
  const strict = new TextDecoder('utf-8', { fatal: true });
  let isClean = true;
  let isFirst = true;
  let beyondAscii = 0;
  let unreadable = 0;
  const look = (text: string): void => {
    for (let at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, at + 1)) unreadable += 1;
  };
  for await (const piece of pieces) {
    const bytes = asBytes(piece);
    if (isFirst && bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf16le', isClean: false };
    if (isFirst && bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf16be', isClean: false };
    isFirst = false;
    for (const byte of bytes) if (byte >= 0x80) beyondAscii += 1;
    look(utf8.decode(bytes, { stream: true }));
    isClean &&= canRead(() => strict.decode(bytes, { stream: true }));
  }
  look(utf8.decode());
  isClean &&= canRead(() => strict.decode());
  if (!isClean && unreadable > beyondAscii * DAMAGE) return { encoding: 'gb18030', isClean };
  return { encoding: 'utf8', isClean };
}

/** The file's text in pieces, without a byte order mark. */
export async function* textOf(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(encoding, { stripBOM: true });
  for await (const piece of createReadStream(path)) yield decoder.write(asBytes(piece));
  const rest = decoder.end();
  if (rest) yield rest;
}

function canRead(read: () => string): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}

function asBytes(piece: unknown): Buffer {
  if (Buffer.isBuffer(piece)) return piece;
  throw new TypeError('a file is read in bytes');
}
