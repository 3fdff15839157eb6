import type { ClockPolicy } from '../domain/clocks/clock-policy.ts';
import type { TimeLimit } from '../domain/clocks/due-date.ts';
import { extensionLimit } from '../domain/clocks/matter-clock.ts';
import { LETTER_KINDS, LETTER_LIMITS, WAYS, WISHES } from '../domain/letters/letter.ts';
import { wishOf } from '../domain/letters/reach.ts';
import type { RefusalGround } from '../domain/matters/refusal-grounds.ts';
import { shortName } from '../domain/publication/public-letter.ts';
import { particularsOf, redact, suggestRedactions } from '../domain/publication/redaction.ts';
import { inLanguage, type Language } from '../domain/bilingual.ts';
import type { Town } from '../domain/directory/directory.ts';
import { dueView } from './due.view.ts';
import type { Draft } from './draft-store.ts';
import { hasOffer } from './offer-answers.ts';
import type { Receipt } from './submit-letter.ts';

/** What the pages of the form show. */

type Answers = Draft['answers'];

export const STEP_NAMES = ['matter', 'details', 'you', 'wish', 'check'] as const;
export type StepName = (typeof STEP_NAMES)[number];

/** The town's mailboxes in the reader's language, the first with an empty id. */
export type MailboxChoice = readonly { readonly id: string; readonly name: string }[];

export function mailboxChoice(town: Town | null, lang: Language): MailboxChoice {
  if (!town?.mailboxes?.length) return [];
  const first = { id: '', name: inLanguage(lang, town.mailbox) };
  return [first, ...town.mailboxes.map(({ id, name }) => ({ id, name: inLanguage(lang, name) }))];
}

const filesOf = (draft: Draft) => draft.attachments.map(({ id, name, size }) => ({ id, name, size }));

const HOURS = { workingDays: 24 * 1.4, calendarDays: 24, hours: 1 } as const;

/** Orders limits of different units; five working days are about a week. */
const lengthOf = ({ amount, unit }: TimeLimit): number => amount * HOURS[unit];

export function startView(
  found: { draft: Draft | null; isSent: boolean; isLost: boolean },
  policy: ClockPolicy,
) {
  const replies = [
    policy.reply,
    ...policy.exceptions.flatMap(({ reply, mailboxes }) => (mailboxes ? [] : (reply ?? []))),
  ].toSorted((a, b) => lengthOf(a) - lengthOf(b));
  return {
    goOn: found.draft && { title: found.draft.answers.title ?? '' },
    isSent: found.isSent,
    isLost: found.isLost && !found.draft,
    shortest: replies[0],
    longest: replies.at(-1),
  };
}

export function stepView(name: StepName, draft: Draft, after: string, mailboxes: MailboxChoice = []) {
  const { answers } = draft;
  const at = STEP_NAMES.indexOf(name);
  const before = name === 'details' && draft.shown ? 'similar' : STEP_NAMES[at - 1];
  return {
    step: name,
    steps: STEP_NAMES,
    current: at + 1,
    after,
    backTo: after === 'check' ? '/letters/new/check' : before ? `/letters/new/${before}` : '/letters/new',
    // One mailbox is no choice.
    mailboxes,
    form: {
      mailbox: answers.mailbox ?? '',
      kind: answers.kind ?? '',
      title: answers.title ?? '',
      body: answers.body ?? '',
      place: answers.place ?? '',
      name: answers.name ?? '',
      phone: answers.phone ?? '',
      mail: answers.mail ?? '',
      address: answers.address ?? '',
      reachBy: answers.reachBy ?? '',
      wish: answers.wish ?? '',
    },
    kinds: LETTER_KINDS,
    wishes: WISHES,
    ways: WAYS,
    limits: {
      body: LETTER_LIMITS.body.max,
      title: LETTER_LIMITS.title.max,
      files: LETTER_LIMITS.attachments.count,
      megabytes: Math.floor(LETTER_LIMITS.attachments.bytes / 1_048_576),
    },
    files: filesOf(draft),
    preview: previewOf(answers),
    hearsBy: hearsBy(answers),
    isReport: answers.kind === 'report',
    offered: hasOffer(draft) ? (draft.shown?.numbers.length ?? 0) : 0,
  };
}

/** What comes of the choice, or of none, with the addresses that were given. */
function hearsBy({ name = '', phone = '', mail = '', address = '', reachBy: typed }: Answers) {
  const reachBy = WAYS.find((way) => way === typed);
  return wishOf({ writer: { name, phone, mail, address }, ...(reachBy && { reachBy }) }, null).by;
}

/** How the letter would stand on the public pages; the office looks over it once more. */
function previewOf(answers: Answers) {
  const { name = '', phone = '', mail = '', address = '' } = answers;
  const known = particularsOf([{ name, phone, mail, address }]);
  const clean = (text: string) => redact(text, suggestRedactions(text, known));
  return {
    title: clean(answers.title ?? ''),
    body: clean(answers.body ?? ''),
    signedAs: shortName(answers.name ?? ''),
  };
}

export function receiptView({ matter, code }: Receipt, zone: string, lang: Language) {
  return {
    number: matter.number,
    code,
    due: dueView(matter.clock.reply, zone, lang),
    isReport: matter.letter.kind === 'report',
    hearsBy: wishOf(matter.letter, null).by,
  };
}

export function rulesView(grounds: readonly RefusalGround[], policy: ClockPolicy) {
  const { sort, sign, reply, longestExtension, closeAfter } = policy;
  return {
    grounds,
    kinds: LETTER_KINDS,
    limits: {
      sort,
      sign,
      reply,
      extension: extensionLimit(longestExtension, reply),
      close: closeAfter,
    },
    repliesByKind: policy.exceptions.flatMap(({ kinds, mailboxes, reply: other }) =>
      other && !mailboxes ? [{ kinds, limit: other }] : [],
    ),
  };
}
