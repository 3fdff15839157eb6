/** Mails as they come over the line. */
export interface MailParts {
  readonly from?: string;
  readonly to?: string;
  readonly subject?: string;
  readonly text?: string;
  readonly id?: string | null;
  /** Further header lines. */
  readonly headers?: readonly string[];
  readonly files?: readonly { readonly name: string; readonly type: string; readonly bytes: Buffer }[];
}

let mails = 0;

const LONG_ENOUGH = '文昌路中段路面有一个大坑，夜里很危险，请派人修补。';

export function aMail(parts: MailParts = {}): string {
  mails += 1;
  const { from = '李小满 <li@mail.example>', to = 'box@town.example', subject = '文昌路路面破损' } = parts;
  const {
    text = `${LONG_ENOUGH}第${mails}处。`,
    id = `<q${mails}@mail.example>`,
    headers = [],
    files = [],
  } = parts;
  const head = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    ...(id === null ? [] : [`Message-ID: ${id}`]),
    'Date: Thu, 24 Sep 2026 10:00:00 +0800',
    'MIME-Version: 1.0',
    ...headers,
  ];
  const plain = 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit';
  if (files.length === 0) return `${head.join('\r\n')}\r\n${plain}\r\n\r\n${text}\r\n`;
  const sections = [
    `${plain}\r\n\r\n${text}`,
    ...files.map(
      ({ name, type, bytes }) =>
        `Content-Type: ${type}; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"\r\n` +
        `Content-Transfer-Encoding: base64\r\n\r\n${inLines(bytes)}`,
    ),
  ];
  const body = sections.map((section) => `--part\r\n${section}\r\n`).join('');
  return `${head.join('\r\n')}\r\nContent-Type: multipart/mixed; boundary=part\r\n\r\n${body}--part--\r\n`;
}

const inLines = (bytes: Buffer): string => bytes.toString('base64').replaceAll(/.{76}/g, '$&\r\n');

/** What a mail server sends back about a mail of ours. */
export const aBounce = (original: string, action = 'failed', status = '5.1.1'): string =>
  [
    'Return-Path: <>',
    'From: Mail Delivery System <MAILER-DAEMON@mx.example>',
    'To: box@town.example',
    'Subject: Undelivered Mail Returned to Sender',
    'Message-ID: <b1@mx.example>',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=part',
    '',
    '--part',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'I am sorry.',
    '--part',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    '',
    'Final-Recipient: rfc822; li@mail.example',
    `Action: ${action}`,
    `Status: ${status}`,
    'Diagnostic-Code: smtp; 550 no such user',
    '--part',
    'Content-Type: message/rfc822',
    '',
    'From: box@town.example',
    `Message-ID: ${original}`,
    'Subject: hello',
    '',
    'hello',
    '--part--',
    '',
  ].join('\r\n');

export const PNG = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  Buffer.alloc(2000, 7),
]);
export const PDF = Buffer.from('%PDF-1.7\nsome pages');
