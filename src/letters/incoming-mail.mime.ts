import { createHash } from 'node:crypto';
import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { simpleParser, type Attachment, type ParsedMail } from 'mailparser';
import { LETTER_LIMITS } from '../domain/letters/letter.ts';
import { addressIn } from '../notices/mail-keys.ts';
import { fileTypeOf, safeFileName } from '../platform/http/file-types.ts';
import type { DeliveryReport, IncomingMail, MailFile } from './mail-inbox.ts';

const MEGABYTE = 1024 * 1024;
/** As many files as a letter may carry, at the third more that they are in a mail, and some text. */
export const MOST_BYTES =
  Math.ceil(LETTER_LIMITS.attachments.count * LETTER_LIMITS.attachments.bytes * 1.4) + MEGABYTE;

const BOUNDS = {
  maxHeadSize: MEGABYTE / 4,
  maxChildNodes: 300,
  maxHtmlLengthToParse: MEGABYTE,
  // The mail within a mail is a file; what a server says of a mail of ours is read apart.
  ignoreEmbedded: true,
  keepDeliveryStatus: true,
  keepCidLinks: true,
  skipTextToHtml: true,
  checksumAlgo: false,
} as const;

/** @throws when it is no mail anybody could read. */
export async function readMail(raw: Buffer, isWhole: boolean): Promise<IncomingMail> {
  const readable = withReadableHead(raw);
  const mail = await inRightCharset(readable, await simpleParser(readable, BOUNDS));
  const { files, leftOut } = sortFiles(mail.attachments);
  return {
    messageId: mail.messageId ?? null,
    fingerprint: createHash('sha256').update(raw).digest('hex'),
    from: senderOf(mail),
    to: recipientsOf(mail),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    references: [mail.inReplyTo ?? [], mail.references ?? []]
      .flat()
      .flatMap((ids) => ids.match(/<[^<>\s]+>/g) ?? []),
    headers: headersOf(mail),
    files,
    leftOut,
    report: reportIn(mail),
    isWhole,
  };
}

/** Old Chinese programs write names and subjects as bare bytes of GB18030. */
function withReadableHead(raw: Buffer): Buffer {
  const end = raw.indexOf('\r\n\r\n');
  const head = end === -1 ? raw : raw.subarray(0, end);
  if (isUtf8(head)) return raw;
  return Buffer.concat([Buffer.from(iconv.decode(head, 'gb18030')), raw.subarray(head.length)]);
}

const UNDECLARED = /^(content-type:\s*text\/(?:plain|html))(?!\s*;|\S)/gim;
const DECLARED_WRONG = /\bcharset\s*=\s*"?(?:utf-?8|us-ascii|ascii)\b"?/gi;
const lost = (text: string | undefined): number => (text ?? '').split('\uFFFD').length - 1;

/** A text that names no charset, or a wrong one, and is no UTF-8, is read as GB18030: the better reading stays. */
async function inRightCharset(raw: Buffer, mail: ParsedMail): Promise<ParsedMail> {
  if (lost(mail.text) === 0) return mail;
  const guessed = raw
    .toString('latin1')
    .replaceAll(DECLARED_WRONG, 'charset=gb18030')
    .replaceAll(UNDECLARED, '$1; charset=gb18030');
  const headed = /^content-type:/im.test(guessed.slice(0, guessed.indexOf('\r\n\r\n')))
    ? guessed
    : `Content-Type: text/plain; charset=gb18030\r\n${guessed}`;
  const again = await simpleParser(Buffer.from(headed, 'latin1'), BOUNDS);
  return lost(again.text) < lost(mail.text) ? again : mail;
}

/** Null: nobody, several people, or nothing that could be answered. */
function senderOf({ from }: ParsedMail): IncomingMail['from'] {
  const [one, another] = from?.value ?? [];
  if (!one?.address || another) return null;
  const address = addressIn(one.address);
  return /^[^\s@<>]+@[^\s@<>]+$/.test(address) ? { name: one.name, address } : null;
}

function recipientsOf(mail: ParsedMail): string[] {
  const written = [mail.to ?? [], mail.cc ?? []].flat().flatMap(({ value }) => value);
  const delivered = ['delivered-to', 'x-original-to', 'envelope-to'].flatMap((name) =>
    mail.headerLines.filter(({ key }) => key === name).map(({ line }) => valueOf(line)),
  );
  return [...written.flatMap(({ address = '' }) => address), ...delivered].filter(
    (address) => address !== '',
  );
}

function headersOf({ headerLines }: ParsedMail): Map<string, string> {
  const headers = new Map<string, string>();
  for (const { key, line } of headerLines) if (!headers.has(key)) headers.set(key, valueOf(line));
  return headers;
}

const valueOf = (line: string): string =>
  line
    .slice(line.indexOf(':') + 1)
    .replaceAll(/\r?\n[ \t]+/g, ' ')
    .trim();

/** Signatures of the mail itself: nobody sent them as a file. */
const NO_FILE = /^application\/(pkcs7-signature|x-pkcs7-signature|pgp-signature)$/i;

/** By the same rules as on the page: what it is by its bytes, size and number. Pictures within the text come last. */
function sortFiles(attachments: readonly Attachment[]): { files: MailFile[]; leftOut: string[] } {
  const files: MailFile[] = [];
  const leftOut: string[] = [];
  const given = attachments.filter(({ contentType }) => !NO_FILE.test(contentType));
  for (const { content, filename = '' } of given.toSorted(
    (a, b) => Number(a.related ?? false) - Number(b.related ?? false),
  )) {
    const type = fileTypeOf(content);
    const { count, bytes } = LETTER_LIMITS.attachments;
    if (type && content.length <= bytes && files.length < count)
      files.push({ name: safeFileName(filename, type), type: type.type, bytes: content });
    else leftOut.push(type ? safeFileName(filename, type) : namedAsGiven(filename));
  }
  return { files, leftOut };
}

const namedAsGiven = (name: string): string =>
  safeFileName(`${name}.`, { type: '', extension: '' }).replace(/\.$/, '');

/** RFC 3464: the part for machines says what happened, the part after it to which mail. */
function reportIn({ headers, attachments }: ParsedMail): DeliveryReport | null {
  const type = headers.get('content-type');
  const isReport = typeof type === 'object' && 'value' in type && type.value === 'multipart/report';
  const status = attachments.find(({ contentType }) => contentType === 'message/delivery-status');
  if (!isReport || !status) return null;
  const said = status.content.toString();
  const original = attachments.find(({ contentType }) =>
    /^(message\/rfc822|text\/rfc822-headers)$/.test(contentType),
  );
  return {
    action: /^action:\s*([a-z]+)/im.exec(said)?.[1]?.toLowerCase() ?? '',
    status: /^status:\s*(\d\.\d{1,3}\.\d{1,3})/im.exec(said)?.[1] ?? '',
    messageId: /^message-id:\s*(<[^<>\s]+>)/im.exec(original?.content.toString() ?? '')?.[1] ?? null,
  };
}
