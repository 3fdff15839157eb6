import type { DirectoryStore } from '../directory/directory-store.ts';
import type { Language } from '../domain/bilingual.ts';
import type { MatterStore } from '../matters/matter-store.ts';
import type { GatewayListener } from '../notices/channels/channel.ts';
import { domainOf, keyOfMessageId, readKey } from '../notices/mail-keys.ts';
import type { ReplyAddresses } from '../notices/reply-addresses.ts';
import type { Log } from '../platform/log.ts';
import { makeActAsWriter } from './act-as-writer.ts';
import { AnswerLater, makeAnswerMail, type AnswerMailDeps, type PersonsMail } from './answer-mail.ts';
import { makeLetterFromMail, type LetterFromMailDeps, type ReadLetter } from './letter-from-mail.ts';
import { isFromMachine } from './machine-mail.ts';
import type { DeliveryReport, IncomingMail, MailInbox, MailPlace, WaitingMail } from './mail-inbox.ts';
import { isStale, makeNoteFromMail, type ReadNote } from './note-from-mail.ts';
import { withoutHistory } from './quoted-history.ts';
import type { Secrets } from './secrets.ts';
import { sparing } from './sparing-channel.ts';
import type { ChangeMatter } from '../matters/change-matter.ts';

/** Mails under the rules of the pages. */
export interface MailForms {
  readonly letter: ReadLetter;
  readonly note: ReadNote;
}

export interface TakeInMailDeps
  extends AnswerMailDeps, Pick<LetterFromMailDeps, 'attachments' | 'submitLetter'> {
  readonly inbox: MailInbox;
  readonly matters: Pick<MatterStore, 'byId' | 'joinedTo'>;
  readonly directory: Pick<DirectoryStore, 'town' | 'people'>;
  readonly changeMatter: ChangeMatter;
  readonly forms: MailForms;
  readonly secrets: Pick<Secrets, 'keyHash' | 'wordsHash'>;
  readonly addresses: ReplyAddresses;
  /** Told of bounces. */
  readonly receipt: GatewayListener['receipt'];
  /** The mailbox's own address. */
  readonly mailbox: string;
  readonly log: Log;
}

const MOST_TRIES = 3;

/** Empties the mailbox: a new mail becomes a letter, an answer to one of ours a note. Returns how many were put away. */
export function makeTakeInMail(deps: TakeInMailDeps) {
  const { ledger, matters, secrets, log } = deps;
  const reason = (name: string, language: Language): string => deps.say(language, `mail:reason.${name}`, {});
  const namesFiles = (names: readonly string[], language: Language): string =>
    deps.say(language, 'mail:notTaken', { names: names.join('、') });
  const channel = sparing(deps.channel);
  const answer = makeAnswerMail({ ...deps, channel });
  const toLetter = makeLetterFromMail({ ...deps, readLetter: deps.forms.letter, reason }, answer);
  const toNote = makeNoteFromMail(
    { ledger, actAsWriter: makeActAsWriter(deps), readNote: deps.forms.note, reason, namesFiles },
    answer,
  );

  return (now: Date): Promise<number> => {
    channel.anew();
    return deps.inbox.sweep((waiting) => take(waiting, now));
  };

  /** One mail is no reason to leave the next: what fails is tried again, and set aside the third time. */
  async function take(waiting: WaitingMail, now: Date): Promise<MailPlace> {
    const tries = await ledger.countTry(waiting.id);
    if (tries > MOST_TRIES) {
      log.warn({ waiting: waiting.id, tries }, 'mail.set-aside');
      return 'failed';
    }
    try {
      return await placeOf(await waiting.read(), now);
    } catch (error) {
      if (error instanceof AnswerLater || isStale(error)) {
        await ledger.forgive(waiting.id);
        return 'waiting';
      }
      // Its name only: the rest may quote the mail.
      const why = error instanceof Error ? error.name : 'failed';
      log.warn({ waiting: waiting.id, tries, reason: why }, 'mail.not-taken');
      return tries < MOST_TRIES ? 'waiting' : 'failed';
    }
  }

  async function placeOf(mail: IncomingMail, now: Date): Promise<MailPlace> {
    if (mail.report) return takeReport(mail.report, mail.references);
    if (!mail.from || isFromMachine(mail, deps.mailbox)) return 'refused';
    const { from } = mail;
    const given = personsMail(mail, from, now);
    const about = aboutWhat(mail);
    const matter = about && (await matters.byId(about.matterId));
    if (matter && mail.isWhole) return toNote(given, matter);
    if (await isStaff(from.address)) return refuse(given, 'staff');
    if (!mail.isWhole) return refuse(given, 'tooLarge');
    // To answer our "this was too short" with a longer text is to write the letter.
    return toLetter(given, about ? withoutHistory(mail.text) : mail.text);
  }

  function personsMail(mail: IncomingMail, from: PersonsMail['from'], at: Date): PersonsMail {
    const { address } = from;
    const text = `${mail.subject}\n${mail.text}`;
    const files = mail.files.map(({ name, bytes }) => `${bytes.length} ${name}`);
    return {
      mail,
      from,
      key: secrets.keyHash(`mail\n${mail.messageId ?? mail.fingerprint}\n${address}`),
      sender: secrets.keyHash(`mail from\n${address}`),
      words: secrets.wordsHash([text, ...files].join('\n')),
      language: /\p{Script=Han}/u.test(text) || !/[a-z]/i.test(text) ? 'zh-CN' : 'en',
      at,
    };
  }

  /** The matter whose mail this answers: by the address it was sent to, else by the mails it names. */
  function aboutWhat({ to, references }: IncomingMail): { matterId: string } | null {
    for (const address of to) {
      const matterId = deps.addresses.matterOf(address);
      if (matterId !== null) return { matterId };
    }
    for (const reference of references) {
      const key = keyOfMessageId(reference, domainOf(deps.mailbox));
      if (key !== null) return readKey(key);
    }
    return null;
  }

  async function isStaff(address: string): Promise<boolean> {
    const people = await deps.directory.people();
    return people.some(({ mail }) => mail.trim().toLowerCase() === address);
  }

  async function refuse(mail: PersonsMail, why: 'staff' | 'tooLarge'): Promise<MailPlace> {
    await answer.withReasons(mail, [reason(why, mail.language)], 'form');
    return 'refused';
  }

  async function takeReport(
    { action, status, messageId }: DeliveryReport,
    references: readonly string[],
  ): Promise<MailPlace> {
    const state = action === 'failed' ? 'failed' : action === 'delivered' ? 'delivered' : null;
    const ids = messageId === null ? references : [messageId];
    const key = ids.map((id) => keyOfMessageId(id, domainOf(deps.mailbox))).find((found) => found !== null);
    if (!state || key === undefined) return 'refused';
    await deps.receipt({ id: null, key, state, remark: status });
    return 'processed';
  }
}

export type TakeInMail = ReturnType<typeof makeTakeInMail>;
