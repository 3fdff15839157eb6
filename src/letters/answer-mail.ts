import type { DirectoryStore } from '../directory/directory-store.ts';
import { inLanguage, type Language } from '../domain/bilingual.ts';
import { MessageRefused, type MessageChannel } from '../notices/channels/channel.ts';
import type { Say } from '../notices/compose-message.ts';
import type { IncomingMail } from './mail-inbox.ts';
import type { MailLedger } from './mail-ledger.ts';

/** A mail from an address that can be answered, and what it is known by. */
export interface PersonsMail {
  readonly mail: IncomingMail;
  readonly from: NonNullable<IncomingMail['from']>;
  /** Of Message-ID and sender: who sends the Message-ID of another's mail gets nothing of that one's. */
  readonly key: string;
  /** Of the address. */
  readonly sender: string;
  readonly words: string;
  readonly language: Language;
  readonly at: Date;
}

/** The mail server would not take the answer just now. */
export class AnswerLater extends Error {}

export interface AnswerMailDeps {
  readonly channel: Pick<MessageChannel, 'send'>;
  readonly ledger: MailLedger;
  readonly directory: Pick<DirectoryStore, 'town'>;
  readonly say: Say;
  readonly baseUrl: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Answers mails that came in. A mail is answered once, or twice where a process died in between. */
export function makeAnswerMail(deps: AnswerMailDeps) {
  const { ledger, baseUrl } = deps;
  const links = { form: `${baseUrl}/letters/new`, track: `${baseUrl}/letters/track` };

  async function send(
    { mail, from, language, key }: PersonsMail,
    what: { name: 'code' | 'refused'; key: string; params: Readonly<Record<string, string>> },
  ): Promise<void> {
    const town = await deps.directory.town();
    const params = { mailbox: town ? inLanguage(language, town.mailbox) : '', ...links, ...what.params };
    try {
      await deps.channel.send({
        to: from.address,
        subject: deps.say(language, `mail:${what.name}.subject`, params),
        text: deps.say(language, `mail:${what.name}.text`, params),
        template: `mail.${what.name}`,
        params: {},
        key: what.key,
        ...(mail.messageId !== null && { inReplyTo: mail.messageId }),
      });
    } catch (error) {
      // An address that does not exist will not do so tomorrow either.
      if (!(error instanceof MessageRefused)) throw new AnswerLater();
    }
    await ledger.markAnswered(key);
  }

  return {
    /** The writer has no receipt page: the code comes to the address that wrote, once. */
    async withCode(
      mail: PersonsMail,
      letter: { matterId: string; number: string; title: string; name: string; code: string },
    ): Promise<void> {
      const { number, title, name, code } = letter;
      const names = mail.mail.leftOut.join('、');
      const leftOut = names === '' ? '' : deps.say(mail.language, 'mail:leftOut', { names });
      const key = `${letter.matterId}/code/citizen/mail`;
      await send(mail, { name: 'code', key, params: { number, title, name, code, leftOut } });
    },

    /** Says why a mail was not taken, at most once a day to one address: two programs may be talking to each other. */
    async withReasons(mail: PersonsMail, reasons: readonly string[], next: 'form' | 'track'): Promise<void> {
      const row = await ledger.begin({ ...rowOf(mail), became: 'refused', version: 0 });
      const lately = await ledger.recent(mail.sender, new Date(mail.at.getTime() - DAY_MS));
      const isAnswered = lately.some(({ became, isAnswered: was }) => became === 'refused' && was);
      if (row.isAnswered || isAnswered) return;
      const params = {
        reasons: reasons.map((reason) => `- ${reason}`).join('\n'),
        next: deps.say(mail.language, `mail:next.${next}`, links),
      };
      await send(mail, { name: 'refused', key: `mail/${mail.key}/refused/sender/mail`, params });
    },
  };
}

export type AnswerMail = ReturnType<typeof makeAnswerMail>;

export const rowOf = ({ key, sender, words, at }: PersonsMail) => ({
  key,
  sender,
  words,
  at,
  isAnswered: false,
});
