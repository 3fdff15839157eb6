import { DomainError } from '../domain/domain-error.ts';
import type { Language } from '../domain/bilingual.ts';
import { LIFECYCLE } from '../domain/matters/lifecycle.ts';
import type { Matter } from '../domain/matters/matter.ts';
import { rowOf, type AnswerMail, type PersonsMail } from './answer-mail.ts';
import type { makeActAsWriter } from './act-as-writer.ts';
import type { CitizenInput } from './citizen-actions.ts';
import type { MailPlace } from './mail-inbox.ts';
import type { MailLedger } from './mail-ledger.ts';
import { withoutHistory } from './quoted-history.ts';

type NoteAction = 'answerQuestion' | 'resume' | 'addNote';

/** An answer's words by the rules of the pages, or what is wrong with them in the writer's language. */
export type ReadNote = (
  action: NoteAction,
  text: string,
  language: Language,
) => { readonly value: CitizenInput } | { readonly faults: readonly string[] };

export interface NoteFromMailDeps {
  readonly ledger: MailLedger;
  readonly actAsWriter: ReturnType<typeof makeActAsWriter>;
  readonly readNote: ReadNote;
  readonly reason: (name: 'notTheWriter' | 'over', language: Language) => string;
  /** What stands under a note that came with files: a note carries none. */
  readonly namesFiles: (names: readonly string[], language: Language) => string;
}

/** The writer answers a mail of ours. */
export function makeNoteFromMail(deps: NoteFromMailDeps, answer: AnswerMail) {
  return async (given: PersonsMail, matter: Matter): Promise<MailPlace> => {
    const { language, writer } = matter.letter;
    const mail = { ...given, language };
    const refuse = async (reasons: readonly string[]): Promise<MailPlace> => {
      await answer.withReasons(mail, reasons, 'track');
      return 'refused';
    };
    if (writer.mail.trim().toLowerCase() !== mail.from.address)
      return refuse([deps.reason('notTheWriter', language)]);
    const action = actionIn(matter);
    if (!action) return refuse([deps.reason('over', language)]);
    const read = deps.readNote(action, withoutHistory(mail.mail.text), language);
    if ('faults' in read) return refuse(read.faults);
    const files = [...mail.mail.files.map(({ name }) => name), ...mail.mail.leftOut];
    const named = files.length > 0 ? `\n\n${deps.namesFiles(files, language)}` : '';
    await addOnce(mail, matter, action, { ...read.value, text: `${read.value.text}${named}` });
    return 'processed';
  };

  /** Died after the note was written and before the mail was put away: the note is found by what it says. */
  async function addOnce(
    mail: PersonsMail,
    matter: Matter,
    action: NoteAction,
    input: CitizenInput,
  ): Promise<void> {
    const row = await deps.ledger.begin({ ...rowOf(mail), became: 'note', version: matter.version });
    const isThere = matter.history.some(
      ({ seq, by, text }) => seq > row.version && by.role === 'citizen' && text === input.text,
    );
    if (!isThere) await deps.actAsWriter(matter, action, input);
  }
}

/** What an answer is to the matter as it stands; null: nothing can be added any more. */
function actionIn({ state }: Matter): NoteAction | null {
  const actions: readonly NoteAction[] = ['answerQuestion', 'resume', 'addNote'];
  return actions.find((action) => LIFECYCLE[action].from.includes(state)) ?? null;
}

/** Somebody changed the matter at the same moment. */
export const isStale = (error: unknown): boolean => error instanceof DomainError && error.code === 'STALE';
