import type { Person, Town, Unit } from '../domain/directory/directory.ts';
import { answerHad } from '../domain/matters/citizen-acts.ts';
import { answerAsTold } from '../domain/matters/publishing.ts';
import type { Matter } from '../domain/matters/matter.ts';
import { parseCardAddress } from '../domain/supervision/card-number.ts';
import type { DirectoryStore } from '../directory/directory-store.ts';
import type { OutgoingMessage } from './channels/channel.ts';
import type { MessageKeys } from './message-keys.ts';
import type { Notice } from './notice.ts';

/** Looks a sentence up: language, key, parameters. */
export type Say = (language: 'zh-CN' | 'en', key: string, params: Readonly<Record<string, string>>) => string;

export type Compose = (
  notice: Notice,
  matter: Matter,
  person: Person | null,
  /** The other letters of its set; the matter it is joined to, whose answer and unit are its own too, among them. */
  others: readonly Matter[],
) => Promise<Omit<OutgoingMessage, 'to' | 'key'>>;

/** The words of a notice. An SMS bears number and link only; a mail to the writer bears the answer itself. */
export function makeCompose(deps: {
  say: Say;
  directory: Pick<DirectoryStore, 'town' | 'units'>;
  keys: MessageKeys;
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
    const subject = deps.say(language, `${key}.subject`, params);
    const told = { subject, template: notice.template, params };
    if (notice.channel === 'sms') return { ...told, text: deps.say(language, `${key}.sms`, params) };
    const say = (word: string) => deps.say(language, word, {});
    const text = deps.say(language, `${key}.mail`, {
      ...params,
      ...mailParams(matter, others, units, say),
      rating: ratingLink(matter, deps),
    });
    return person ? { ...told, text } : { ...told, ...withWayOut(text, matter, language, deps) };
  };
}

/** Each mail to the writer says how to have fewer of them, to people and to mail programs. */
function withWayOut(
  text: string,
  { id, number }: Matter,
  language: 'zh-CN' | 'en',
  { say, keys, baseUrl }: { say: Say; keys: MessageKeys; baseUrl: string },
) {
  const unsubscribe = `${baseUrl}/messages/${number}/${keys.messagesKey(id)}`;
  return {
    text: `${text}\n\n${say(language, 'notices:citizen.wayOut', { unsubscribe })}`,
    unsubscribeUrl: unsubscribe,
  };
}

/** To judge the answer without number and code; who has the mail was sent the answer by mail as well. */
function ratingLink(matter: Matter, { keys, baseUrl }: { keys: MessageKeys; baseUrl: string }): string {
  const had = answerHad(matter);
  return had ? `${baseUrl}/rate/${matter.number}/${keys.ratingKey(matter.id, had.answeredAt)}` : '';
}

function paramsFor(
  notice: Notice,
  matter: Matter,
  primary: Matter | null,
  context: { language: 'zh-CN' | 'en'; town: Town | null; units: readonly Unit[]; baseUrl: string },
): Record<string, string> {
  const lang = context.language === 'en' ? 'en' : 'zh';
  const unit = context.units.find(({ id }) => id === (primary ?? matter).lead);
  const mailbox = context.town?.mailbox[lang] ?? '';
  return {
    number: matter.number,
    other: primary?.number ?? '',
    mailbox,
    // Before a unit has it, the office answers for it.
    unit: unit?.name[lang] ?? mailbox,
    dueOn: (primary ?? matter).clock.reply.dueOn,
    link: context.baseUrl + pathOf(notice, matter, primary),
  };
}

function pathOf({ key, recipient, template }: Notice, matter: Matter, primary: Matter | null): string {
  if (recipient.personId) return pathOfDocument(key) ?? `/desk/${(primary ?? matter).id}`;
  return template === 'published' ? `/answers/${matter.number}` : '/letters/track';
}

/** What was said about a document stands under its key: `matter/yellowCard-2026-12/3-cardAppealed/…`. */
function pathOfDocument(key: string): string | null {
  const [, cause = ''] = key.split('/');
  return parseCardAddress(cause) && `/supervision/cards/${cause}`;
}

/** Only mails carry words of the letter, its answer or a question. */
function mailParams(
  matter: Matter,
  others: readonly Matter[],
  units: readonly Unit[],
  say: (word: string) => string,
): Record<string, string> {
  const { refusal } = matter;
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
    refusal: refusal?.text ?? '',
    ground: refusal ? say(`letters:ground.${refusal.ground}.title`) : '',
    where: refusal ? say(`letters:ground.${refusal.ground}.where`) : '',
  };
}
