import type { AttachmentRef } from '../domain/letters/letter.ts';
import { rowOf, type AnswerMail, type PersonsMail } from './answer-mail.ts';
import type { AttachmentStore } from './attachment-store.ts';
import type { MailPlace } from './mail-inbox.ts';
import type { MailLedger } from './mail-ledger.ts';
import type { Secrets } from './secrets.ts';
import type { ReceiveLetter, SubmitLetter } from './submit-letter.ts';

/** A mail's letter by the rules of the pages, or what is wrong with it in the writer's language. */
export type ReadLetter = (
  mail: { subject: string; text: string; from: PersonsMail['from'] },
  language: PersonsMail['language'],
) => { readonly value: Omit<SubmitLetter, 'attachments'> } | { readonly faults: readonly string[] };

export interface LetterFromMailDeps {
  readonly ledger: MailLedger;
  readonly attachments: Pick<AttachmentStore, 'put' | 'get'>;
  readonly submitLetter: ReceiveLetter;
  readonly secrets: Pick<Secrets, 'keyHash'>;
  readonly readLetter: ReadLetter;
  readonly reason: (name: 'tooMany', language: PersonsMail['language']) => string;
}

const HOUR_MS = 60 * 60 * 1000;
const MOST_AN_HOUR = 20;

/** A new letter. Done again from the start it finds what was done: the files by their ids, the letter by its key. */
export function makeLetterFromMail(deps: LetterFromMailDeps, answer: AnswerMail) {
  const { ledger } = deps;
  return async (mail: PersonsMail, text: string): Promise<MailPlace> => {
    const read = deps.readLetter({ subject: mail.mail.subject, text, from: mail.from }, mail.language);
    if ('faults' in read) {
      await answer.withReasons(mail, read.faults, 'form');
      return 'refused';
    }
    const lately = await ledger.recent(mail.sender, new Date(mail.at.getTime() - 24 * HOUR_MS));
    const others = lately.filter(({ became, key }) => became === 'letter' && key !== mail.key);
    // The same words within a day: a mail delivered twice, or a program that answers our answers.
    if (others.some(({ words }) => words === mail.words)) return 'refused';
    if (others.filter(({ at }) => mail.at.getTime() - at.getTime() < HOUR_MS).length >= MOST_AN_HOUR) {
      await answer.withReasons(mail, [deps.reason('tooMany', mail.language)], 'form');
      return 'refused';
    }
    const row = await ledger.begin({ ...rowOf(mail), became: 'letter', version: 0 });
    const attachments = await keepFiles(mail);
    const { matter, code } = await deps.submitLetter({ ...read.value, attachments }, mail.key);
    if (!row.isAnswered) {
      const { title, writer } = matter.letter;
      const { id: matterId, number } = matter;
      await answer.withCode(mail, { matterId, number, title, name: writer.name, code });
    }
    return 'processed';
  };

  async function keepFiles({ mail, key, at }: PersonsMail): Promise<AttachmentRef[]> {
    const kept: AttachmentRef[] = [];
    for (const [n, { name, type, bytes }] of mail.files.entries()) {
      const ref = { id: deps.secrets.keyHash(`${key}/file/${n}`), name, type, size: bytes.length };
      if (!(await deps.attachments.get(ref.id))) await deps.attachments.put({ ...ref, bytes }, at);
      kept.push(ref);
    }
    return kept;
  }
}
