import Joi from 'joi';
import type { Language } from '../domain/bilingual.ts';
import {
  LETTER_KINDS,
  LETTER_LIMITS,
  WAYS,
  WISHES,
  type LetterKind,
  type PublicationWish,
  type ReachBy,
} from '../domain/letters/letter.ts';
import { reachObstacle } from '../domain/letters/reach.ts';
import { parseForm } from '../platform/http/form-errors.ts';

import type { Draft } from './draft-store.ts';
import type { Matter, Rating } from '../domain/matters/matter.ts';
import type { CitizenActionName, CitizenInput } from './citizen-actions.ts';
import type { SubmitLetter } from './submit-letter.ts';

/** The forms of the citizen's pages. Their words are `letters:new.<field>` and `letters:mine.<field>`. */

/** Nothing unseen: control characters, marks that turn the direction of writing around, signs without width. */
const UNSEEN =
  /[^\P{Cc}\n\t]|\u200d(?!\p{Extended_Pictographic})|[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** A text as it is kept. Characters are counted as the page counts them: a line break is one, so is a rare character. */
function text(limits: { min?: number; max: number }, shape: 'line' | 'lines' = 'line'): Joi.StringSchema {
  const tidy: Joi.CustomValidator<string> = (value, helpers) => {
    const plain = value.replaceAll(/\r\n?/g, '\n').replace(UNSEEN, '');
    const kept = (shape === 'line' ? plain.replaceAll(/\s+/g, ' ') : plain).trim();
    const length = Array.from(kept).length;
    if (!SEEN.test(kept)) return helpers.error('any.required');
    if (length < (limits.min ?? 0)) return helpers.error('string.min', { limit: limits.min });
    if (length > limits.max) return helpers.error('string.max', { limit: limits.max });
    return kept;
  };
  return Joi.string().trim().empty('').custom(tidy);
}

const phone = Joi.string()
  .trim()
  .empty('')
  .normalize('NFKC')
  .pattern(/^\+?[0-9(][0-9() -]{4,18}[0-9]$/);
const mail = Joi.string().trim().empty('').max(100).email({ tlds: false });

export interface MatterForm {
  /** Absent: the town's first mailbox. */
  readonly mailbox?: string;
  readonly kind: LetterKind;
  readonly title: string;
}
export const matterForm = Joi.object<MatterForm>({
  mailbox: Joi.string().trim().max(40).empty(''),
  kind: Joi.string()
    .valid(...LETTER_KINDS)
    .required(),
  title: text(LETTER_LIMITS.title).required(),
});

export interface DetailsForm {
  readonly body: string;
  readonly place: string;
}
export const detailsForm = Joi.object<DetailsForm>({
  body: text(LETTER_LIMITS.body, 'lines').required(),
  place: text(LETTER_LIMITS.place).default(''),
});

export interface YouForm {
  readonly name: string;
  readonly phone: string;
  readonly mail: string;
  readonly address: string;
  readonly reachBy?: ReachBy;
}
/** The way of hearing needs its address; the sentence stands at the choice, which is the easier one to change. */
const fits: Joi.CustomValidator<string, ReachBy> = (value, helpers) => {
  const by = WAYS.find((way) => way === value);
  if (by === undefined) return helpers.error('any.only', { valids: WAYS });
  const typed = (field: string) => textIn(helpers.state.ancestors[0], field).trim();
  const missing = reachObstacle(by, { mail: typed('mail'), phone: typed('phone') });
  return missing ? helpers.error(`reach.${missing}`) : by;
};
export const youForm = Joi.object<YouForm>({
  name: text(LETTER_LIMITS.name).required(),
  // One of the two is enough; the sentence stands at the first.
  phone: phone.when('mail', {
    is: Joi.string().min(1).required(),
    // oxlint-disable-next-line unicorn/no-thenable -- Joi's own word
    then: Joi.string().default(''),
    otherwise: Joi.required(),
  }),
  mail: mail.default(''),
  address: text(LETTER_LIMITS.address).default(''),
  reachBy: Joi.string().empty('').custom(fits),
});

export interface WishForm {
  readonly wish: PublicationWish;
}
/** 举报 stays between the writer and its readers. */
export const wishForm = (kind: string | undefined): Joi.ObjectSchema<WishForm> =>
  Joi.object<WishForm>({
    wish: Joi.string()
      .valid(...(kind === 'report' ? (['private'] as const) : WISHES))
      .required(),
  });

export interface Step {
  readonly name: 'matter' | 'details' | 'you' | 'wish';
  readonly fields: readonly (keyof Draft['answers'])[];
  readonly form: (
    answers: Draft['answers'],
  ) => Joi.ObjectSchema<MatterForm | DetailsForm | YouForm | WishForm>;
}

/** The pages before the last, in order. A page between two of them is one more row. */
export const STEPS: readonly Step[] = [
  { name: 'matter', fields: ['mailbox', 'kind', 'title'], form: () => matterForm },
  { name: 'details', fields: ['body', 'place'], form: () => detailsForm },
  { name: 'you', fields: ['name', 'phone', 'mail', 'address', 'reachBy'], form: () => youForm },
  { name: 'wish', fields: ['wish'], form: ({ kind }) => wishForm(kind) },
];

/** The first page whose answers are missing or no longer right; null when the letter can be sent. */
export const firstOpenStep = (answers: Draft['answers']): Step | null =>
  STEPS.find((step) => step.form(answers).validate(answers, { stripUnknown: true }).error) ?? null;

/** More than any limit: what is too long is kept as typed, so that it can be shortened. */
const KEPT_LENGTH = 20_000;

export const textIn = (body: unknown, field: string): string => {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, field) : '';
  return typeof value === 'string' ? value.slice(0, KEPT_LENGTH) : '';
};

/** What was typed on a page, right or wrong; anything but text counts as nothing. */
export const typedIn = (step: Step, body: unknown): Draft['answers'] =>
  Object.fromEntries(step.fields.map((field) => [field, textIn(body, field)]));

/** What the pages' own buttons and hidden fields say. */
export const buttonsIn = (body: unknown) => ({
  key: textIn(body, 'key'),
  act: textIn(body, 'act'),
  remove: textIn(body, 'remove'),
  after: textIn(body, 'after'),
});

/** @throws DomainError INVALID_INPUT when a page's answers are not right; ask `firstOpenStep` before. */
export function letterFrom({ answers, attachments, shown }: Draft, language: Language): SubmitLetter {
  const { wish } = parseForm(wishForm(answers.kind), answers);
  const { reachBy, ...writer } = parseForm(youForm, answers);
  return {
    ...parseForm(matterForm, answers),
    ...parseForm(detailsForm, answers),
    writer,
    wish,
    language,
    channel: 'web',
    attachments,
    ...(reachBy && { reachBy }),
    ...(shown && { shown }),
  };
}

export interface TrackForm {
  readonly number: string;
  readonly code: string;
}
export const trackForm = Joi.object<TrackForm>({
  number: Joi.string().trim().empty('').max(40).required(),
  code: Joi.string().trim().empty('').max(40).required(),
});

const words = text(LETTER_LIMITS.note, 'lines');

interface Acted {
  readonly note?: string;
  readonly reply?: string;
  readonly reason?: string;
  readonly words?: string;
  readonly why?: string;
  readonly overall?: Rating['overall'];
  readonly solved?: Rating['solved'];
}

/** What the writer sends along with each of the actions of the tracking page. */
const CITIZEN_FORMS: Readonly<Record<CitizenActionName, Joi.ObjectSchema<Acted>>> = {
  addNote: Joi.object({ note: words.required() }),
  answerQuestion: Joi.object({ reply: words.required() }),
  resume: Joi.object({ reply: words.required() }),
  rate: Joi.object({
    overall: Joi.number().integer().min(1).max(5).required(),
    solved: Joi.string().valid('yes', 'partly', 'no').required(),
    words,
  }),
  reopen: Joi.object({ reason: words.required() }),
  withdraw: Joi.object({ sure: Joi.string().valid('yes').required(), why: words }),
};

/** @throws DomainError INVALID_INPUT naming every wrong field. */
export function citizenInput(action: CitizenActionName, body: unknown): CitizenInput {
  const sent = parseForm(CITIZEN_FORMS[action], body);
  return {
    text: sent.note ?? sent.reply ?? sent.reason ?? sent.words ?? sent.why ?? '',
    overall: sent.overall ?? 1,
    solved: sent.solved ?? 'no',
  };
}

/** Whether the last thing that happened is this very sending. */
export function isSameAgain(matter: Matter, action: CitizenActionName, input: CitizenInput): boolean {
  const last = matter.history.at(-1);
  if (last?.what !== action || last.by.role !== 'citizen') return false;
  return action === 'rate'
    ? matter.rating?.overall === input.overall && matter.rating.words === input.text
    : last.text === input.text;
}
