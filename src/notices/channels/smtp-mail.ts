import { createTransport, type SendMailOptions } from 'nodemailer';
import { addressIn, domainOf, messageIdOf } from '../mail-keys.ts';
import { GatewayFault, MessageRefused, type MessageChannel, type OutgoingMessage } from './channel.ts';

/** Signs what goes out; `privateKey` in PEM. */
export interface Dkim {
  readonly domainName: string;
  readonly keySelector: string;
  readonly privateKey: string;
}

export interface SmtpMail {
  /** Such as smtp://user:password@host:587 */
  readonly url: string;
  readonly from: string;
  readonly dkim?: Dkim | null;
  /** Where the answer to the mail of a key goes; null: to the mailbox. */
  readonly replyTo?: (key: string) => string | null;
}

const MOST_MS = 15_000;
const WAITS = {
  dnsTimeout: 5000,
  connectionTimeout: 5000,
  greetingTimeout: 5000,
  socketTimeout: 10_000,
} as const;

/** A way out that is not signed is not offered by mail programs (RFC 8058); Nodemailer's own list lacks half of it. */
const SIGNED = [
  'From:Sender:Reply-To:Subject:Date:Message-ID:To:Cc:MIME-Version:Content-Type:Content-Transfer-Encoding',
  'In-Reply-To:References:Auto-Submitted:List-Unsubscribe:List-Unsubscribe-Post',
].join(':');

/** Mail by SMTP. What comes back, an answer or a bounce, comes to the mailbox. */
export function smtpMail({
  url,
  from,
  dkim = null,
  replyTo,
}: SmtpMail): MessageChannel & { close(): Promise<void> } {
  const transport = createTransport(
    {
      url,
      pool: true,
      maxConnections: 3,
      // At once and over another line, where one was dropped before a byte was sent; after that the ledger decides.
      maxRequeues: 1,
      ...WAITS,
      ...(dkim && { dkim: { ...dkim, headerFieldNames: SIGNED } }),
    },
    { from },
  );
  const mailbox = addressIn(from);
  return {
    async send(message) {
      const reply = replyTo?.(message.key) ?? null;
      try {
        const sent = await transport.sendMail({
          ...written(message, domainOf(mailbox)),
          envelope: { from: mailbox, to: message.to },
          ...(reply !== null && { replyTo: reply }),
          // The single waits may add up: this one is the end.
          signal: AbortSignal.timeout(MOST_MS),
        });
        return { id: sent.messageId };
      } catch (error) {
        throw refusalIn(error);
      }
    },
    close: async () => transport.close(),
  };
}

function written(
  { to, subject, text, key, unsubscribeUrl, inReplyTo }: OutgoingMessage,
  domain: string,
): SendMailOptions {
  return {
    to,
    subject,
    text,
    messageId: messageIdOf(key, domain),
    ...(inReplyTo !== undefined && { inReplyTo, references: inReplyTo }),
    headers: {
      'Auto-Submitted': inReplyTo === undefined ? 'auto-generated' : 'auto-replied',
      // Exchange heeds only its own word for it.
      'X-Auto-Response-Suppress': 'OOF, AutoReply',
      ...(unsubscribeUrl !== undefined && {
        'List-Unsubscribe': `<${unsubscribeUrl}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
  };
}

/** What a server says quotes addresses: only its codes go on. */
function refusalIn(error: unknown): Error {
  const { responseCode, response, command, code } = partsOf(error);
  const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(response)?.[0] ?? '';
  const reason = `${responseCode || code} ${status}`.trim();
  const isNoAddress = code === 'EENVELOPE' && command === 'API';
  // 5.7.x and 530 are about us, not about whom we write to: once that is put right, the same mail is let through.
  const isForGood =
    responseCode >= 500 && command === 'RCPT TO' && responseCode !== 530 && !status.startsWith('5.7.');
  return isForGood || isNoAddress
    ? new MessageRefused(reason)
    : new GatewayFault(`the mail server: ${reason}`);
}

function partsOf(error: unknown) {
  const part = (name: string): string | number => {
    const value: unknown = error instanceof Error ? Reflect.get(error, name) : '';
    return typeof value === 'string' || typeof value === 'number' ? value : '';
  };
  return {
    responseCode: Number(part('responseCode')),
    response: String(part('response')),
    command: String(part('command')),
    code: String(part('code')) || 'failed',
  };
}
