import { ImapFlow, type ImapFlowOptions } from 'imapflow';
import type { Log } from '../platform/log.ts';
import { MOST_BYTES, readMail } from './incoming-mail.mime.ts';
import type { IncomingMail, MailInbox, MailPlace } from './mail-inbox.ts';

/** A sweep ends well before the next could start beside it; what is left waits for that. */
const MOST_MAILS = 200;
const MOST_MS = 4 * 60_000;
/** A mail that cannot be read by then is not read. */
const READING_MS = 30_000;

const FOLDERS: Readonly<Record<Exclude<MailPlace, 'waiting'>, string>> = {
  processed: 'Processed',
  refused: 'Refused',
  failed: 'Failed',
};

/** A mailbox by IMAP. A mail that has its place is moved to a folder beside it, so that whoever looks can see what became of it. */
export function imapInbox(url: string, log: Log): MailInbox {
  return {
    async sweep(take) {
      const client = new ImapFlow(optionsOf(url));
      // What breaks rejects what waits for it; without a listener it would end the process as well.
      client.on('error', () => {});
      try {
        await client.connect();
        return await sweepMailbox(client, folderIn(url), take, log);
      } catch (error) {
        throw withoutWords(error);
      } finally {
        // No farewell: a server that hangs would be waited for.
        client.close();
      }
    },
  };
}

async function sweepMailbox(
  client: ImapFlow,
  folder: string,
  take: Parameters<MailInbox['sweep']>[0],
  log: Log,
): Promise<number> {
  const started = performance.now();
  const { uidValidity } = await client.mailboxOpen(folder);
  const found = await client.search({ deleted: false }, { uid: true });
  const uids = (found || []).toSorted((a, b) => a - b).slice(0, MOST_MAILS);
  const folders = new Map<string, string>();
  let put = 0;
  for (const uid of uids) {
    if (performance.now() - started > MOST_MS) break;
    const id = `${uidValidity}/${uid}`;
    const place = await take({ id, read: () => withinTime(read(client, uid)) });
    // The line broke: the mails behind this one are not to blame.
    if (!client.usable) throw new Error('The mailbox is gone.');
    if (place === 'waiting') continue;
    const path = folders.get(place) ?? (await client.mailboxCreate([FOLDERS[place]])).path;
    folders.set(place, path);
    if (await client.messageMove(String(uid), path, { uid: true })) put += 1;
    else log.warn({ waiting: id, place }, 'mail.not-moved');
  }
  return put;
}

async function read(client: ImapFlow, uid: number): Promise<IncomingMail> {
  const range = String(uid);
  const { size = 0 } = (await client.fetchOne(range, { size: true }, { uid: true })) || {};
  const isWhole = size <= MOST_BYTES;
  const fetched = await client.fetchOne(range, isWhole ? { source: true } : { headers: true }, { uid: true });
  const raw = fetched ? (isWhole ? fetched.source : fetched.headers) : undefined;
  if (!raw) throw new Error('The mail is gone.');
  return readMail(raw, isWhole);
}

async function withinTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The mail took too long to read.')), READING_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function optionsOf(url: string): ImapFlowOptions {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'imaps:';
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (secure ? 993 : 143),
    secure,
    // Without encryption it is this machine: there is nobody to encrypt for, and no certificate to trust.
    ...(!secure && { doSTARTTLS: false }),
    auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    // Some providers let nobody read who does not say this.
    clientInfo: { name: 'Huiyin' },
    disableAutoIdle: true,
    connectionTimeout: 10_000,
    greetingTimeout: 5000,
    socketTimeout: 60_000,
    maxLiteralSize: MOST_BYTES + 1024,
    maxResponseSize: 2 * MOST_BYTES,
    logger: false,
  };
}

const folderIn = (url: string): string =>
  decodeURIComponent(new URL(url).pathname.replace(/^\//, '')) || 'INBOX';

/** Its code at most: what a server says may name the account. */
function withoutWords(error: unknown): Error {
  if (!(error instanceof Error)) return new Error('the mailbox: failed');
  if ('authenticationFailed' in error) return new Error('the mailbox: sign-in refused');
  return new Error(`the mailbox: ${'code' in error ? String(error.code) : error.name}`);
}
