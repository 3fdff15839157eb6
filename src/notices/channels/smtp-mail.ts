import { createTransport } from 'nodemailer';
import type { MessageChannel } from './channel.ts';

/** Mail by SMTP. `url` such as smtp://user:password@host:587; the Message-ID is the ledger's key, so a mail sent twice can be told. */
export function smtpMail({
  url,
  from,
}: {
  url: string;
  from: string;
}): MessageChannel & { close(): Promise<void> } {
  const transport = createTransport(url, { from });
  const domain = /@([^>\s]+)/.exec(from)?.[1] ?? 'localhost';
  return {
    async send({ to, subject, text, key, unsubscribe }) {
      const messageId = `<${key.replace(/[^\w.-]+/g, '.')}@${domain}>`;
      const headers = unsubscribe
        ? { 'List-Unsubscribe': `<${unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
        : {};
      const sent = await transport.sendMail({ to, subject, text, messageId, headers });
      return { id: sent.messageId };
    },
    close: async () => transport.close(),
  };
}
