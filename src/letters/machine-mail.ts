import { domainOf, keyOfMessageId } from '../notices/mail-keys.ts';
import type { IncomingMail } from './mail-inbox.ts';

const AUTOMATIC = ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'list-id', 'list-unsubscribe'];
const PRECEDENCE = /\b(bulk|list|junk|auto_reply)\b/i;
const NO_ANSWERS = /\b(all|oof|autoreply)\b/i;
const SENDERS = /^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)([+@-]|$)/i;
/** What mail programs write before the subject of the mail they answer by themselves. */
const SUBJECT =
  /^\s*(自动回复|自動回覆|自动答复|automatic reply|auto(matic)?[ -]?(reply|response)|out of( the)? office)\s*[:：]/i;

/**
 * Written by a program, or junk by the mail server's own word: an answer could start a loop that ends with neither (RFC 3834). Also true of mails of our own that
 * came back.
 */
export function isFromMachine({ headers, from, subject, messageId }: IncomingMail, mailbox: string): boolean {
  const says = (name: string): string => headers.get(name) ?? '';
  const autoSubmitted = says('auto-submitted').toLowerCase();
  return (
    (autoSubmitted !== '' && !/^no\b/.test(autoSubmitted)) ||
    AUTOMATIC.some((name) => headers.has(name)) ||
    PRECEDENCE.test(says('precedence')) ||
    NO_ANSWERS.test(says('x-auto-response-suppress')) ||
    /^yes\b/i.test(says('x-spam-flag')) ||
    says('return-path').replaceAll(/\s/g, '') === '<>' ||
    /^multipart\/report\b/i.test(says('content-type')) ||
    SUBJECT.test(subject) ||
    SENDERS.test(from?.address ?? '') ||
    from?.address === mailbox ||
    keyOfMessageId(messageId ?? '', domainOf(mailbox)) !== null
  );
}
