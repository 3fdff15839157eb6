import { once } from 'node:events';
import type { Server } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface MailServer {
  readonly url: string;
  readonly received: { readonly from: string; readonly to: readonly string[]; readonly raw: string }[];
  /** What a recipient is answered with, such as `550 5.1.1 no such user`; nothing set: the mail is taken. */
  readonly answersTo: Map<string, string>;
  mostAtOnce(): number;
  close(): Promise<void>;
}

/** A mail server on this machine that takes everything it is not told to refuse. */
export async function aMailServer(): Promise<MailServer> {
  const received: MailServer['received'] = [];
  const answersTo = new Map<string, string>();
  let connected = 0;
  let most = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onConnect(_session, done) {
      connected += 1;
      most = Math.max(most, connected);
      done();
    },
    onClose() {
      connected -= 1;
    },
    onRcptTo({ address }, _session, done) {
      const [, code, words] = /^(\d{3}) (.*)$/.exec(answersTo.get(address) ?? '') ?? [];
      done(code ? Object.assign(new Error(words), { responseCode: Number(code) }) : undefined);
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString(),
        });
        done();
      });
    },
  });
  return {
    url: `smtp://127.0.0.1:${await portOf(server)}`,
    received,
    answersTo,
    mostAtOnce: () => most,
    close: () => new Promise<void>((resolve) => server.close(resolve)),
  };
}

/** Listens on a free port of this machine. */
export async function portOf(server: Pick<SMTPServer, 'listen'> | Server): Promise<number> {
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const address = listening.address();
  return typeof address === 'object' && address ? address.port : 0;
}

/** A header with its folds undone; null: it is not there. */
export function headerOf(raw: string, name: string): string | null {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replaceAll(/\r\n[ \t]+/g, ' ');
  return new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim() ?? null;
}

/** The text of a mail that has only one part. */
export function bodyOf(raw: string): string {
  const body = raw.slice(raw.indexOf('\r\n\r\n') + 4);
  const encoding = headerOf(raw, 'Content-Transfer-Encoding');
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString();
  if (encoding !== 'quoted-printable') return body;
  const bytes = body
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
