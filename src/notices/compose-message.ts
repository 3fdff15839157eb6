import type { Person, Town, Unit } from '../domain/directory/directory.ts';
import { answerAsTold } from '../domain/matters/publishing.ts';
import type { Matter } from '../domain/matters/matter.ts';
import type { DirectoryStore } from '../directory/directory-store.ts';
import type { OutgoingMessage } from './channels/channel.ts';
import type { Notice } from './notice.ts';

/** Looks a sentence up: language, key, parameters. */
export type Say = (language: 'zh-CN' | 'en', key: string, params: Readonly<Record<string, string>>) => string;

export type Compose = (
  notice: Notice,
  matter: Matter,
  person: Person | null,
  /** The other letters of its set; the matter it is joined to, whose answer and unit are its own too, among them. */
  others: readonly Matter[],
) => Promise<Pick<OutgoingMessage, 'subject' | 'text' | 'template' | 'params'>>;

/** The words of a notice. An SMS bears number and link only; a mail to the writer bears the answer itself. */
export function makeCompose(deps: {
  say: Say;
  directory: Pick<DirectoryStore, 'town' | 'units'>;
  baseUrl: string;
}): Compose {
  return async (notice, matter, person, others) => {
    const language = person ? 'zh-CN' : matter.letter.language;
    const town = await deps.directory.town();
    const units = await deps.directory.units();
    const primary = others.find(({ id }) => id === matter.joinedTo) ?? null;
    const params = paramsFor(notice, matter, primary, {
      language,
      town,
      units,
      baseUrl: deps.baseUrl,
    });
    const key = `notices:${notice.recipient.personId ? 'staff' : 'citizen'}.${notice.template}`;
    const full = notice.channel === 'mail' ? { ...params, ...mailParams(matter, others, units) } : params;
    return {
      subject: deps.say(language, `${key}.subject`, params),
      text: deps.say(language, `${key}.${notice.channel}`, full),
      template: notice.template,
      params,
    };
  };
}

function paramsFor(
  notice: Notice,
  matter: Matter,
  primary: Matter | null,
  context: { language: 'zh-CN' | 'en'; town: Town | null; units: readonly Unit[]; baseUrl: string },
): Record<string, string> {
  const lang = context.language === 'en' ? 'en' : 'zh';
  const unit = context.units.find(({ id }) => id === (primary ?? matter).lead);
  return {
    number: matter.number,
    other: primary?.number ?? '',
    mailbox: context.town?.mailbox[lang] ?? '',
    unit: unit?.name[lang] ?? '',
    dueOn: (primary ?? matter).clock.reply.dueOn,
    link: notice.recipient.personId
      ? `${context.baseUrl}/desk/${(primary ?? matter).id}`
      : `${context.baseUrl}/letters/track`,
  };
}

/** Only mails carry words of the letter, its answer or a question. */
function mailParams(
  matter: Matter,
  others: readonly Matter[],
  units: readonly Unit[],
): Record<string, string> {
  const asked = matter.history.findLast(({ what }) => what === 'askCitizen' || what === 'pause');
  return {
    title: matter.letter.title,
    name: matter.letter.writer.name,
    answer: answerAsTold(
      matter,
      others,
      units.map(({ phone }) => phone),
    ),
    question: asked?.text ?? '',
    refusal: matter.refusal?.text ?? '',
  };
}
