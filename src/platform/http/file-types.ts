/** What a file is by its own first bytes; its name and what the browser says of it prove nothing. */

export interface FileType {
  readonly type: string;
  readonly extension: string;
}

const startsWith =
  (...bytes: readonly number[]) =>
  (file: Buffer): boolean =>
    bytes.every((byte, at) => file[at] === byte);

const says = (file: Buffer, at: number, word: string): boolean =>
  file.toString('latin1', at, at + word.length) === word;

const KNOWN: readonly (FileType & { is: (file: Buffer) => boolean })[] = [
  { type: 'image/jpeg', extension: 'jpg', is: startsWith(0xff, 0xd8, 0xff) },
  { type: 'image/png', extension: 'png', is: startsWith(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) },
  { type: 'image/webp', extension: 'webp', is: (file) => says(file, 0, 'RIFF') && says(file, 8, 'WEBP') },
  { type: 'application/pdf', extension: 'pdf', is: (file) => says(file, 0, '%PDF-') },
];

/** Null: none of those a letter may carry. */
export function fileTypeOf(file: Buffer): FileType | null {
  const known = KNOWN.find(({ is }) => is(file));
  return known ? { type: known.type, extension: known.extension } : null;
}

const NAME_LENGTH = 60;
/** What a file system, a header or the direction of writing could be fooled with. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"|?*]/gu;

/** A file's name as a text to be read: no path, nothing unseen, and the ending of what the file really is. */
export function safeFileName(name: string, { extension }: FileType): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const stem = last
    .replace(UNSAFE, '')
    .replace(/\.[^.]*$/, '')
    .replace(/\s+/g, ' ')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  return `${Array.from(stem).slice(0, NAME_LENGTH).join('') || 'file'}.${extension}`;
}
