import Joi from 'joi';
import { dayOf } from '../domain/clocks/zoned-day.ts';
import type { FieldError } from '../domain/domain-error.ts';
import { LETTER_KINDS, type LetterKind } from '../domain/letters/letter.ts';
import { OLD_OUTCOMES, type OldOutcome } from '../domain/matters/open-matter.ts';
import type { OldLetter } from './archive-row.ts';
import { readOldDate, type OldDate } from './old-dates.ts';
import type { OldColumn } from './old-columns.ts';

/** Characters. History is longer than what is accepted today. */
const LONGEST = { title: 300, body: 20_000, reply: 20_000, short: 200 };
const TITLE_FROM_BODY = 30;

const KINDS: ReadonlyMap<string, LetterKind> = new Map(
  Object.entries({
    咨询: 'consult',
    投诉: 'complaint',
    建议: 'suggestion',
    求助: 'help',
    举报: 'report',
    表扬: 'praise',
  } as const),
);
const OUTCOMES: ReadonlyMap<string, OldOutcome> = new Map(
  Object.entries({
    已答复: 'answered',
    已回复: 'answered',
    答复: 'answered',
    不予受理: 'refused',
    不受理: 'refused',
    撤回: 'withdrawn',
    撤销: 'withdrawn',
    重复: 'repeat',
    重复信件: 'repeat',
  } as const),
);
const YES = /^(1|y|yes|t|true|是|公开|已公开|public|published)$/i;

/** The same letter on every system: one kind of line end, no half characters, no blank edges. */
const tidy = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .trim();

const words = (longest: number): Joi.AnySchema<string> =>
  Joi.any()
    .empty(null)
    .default('')
    .custom((value: unknown, helpers) => {
      if (typeof value === 'number' || typeof value === 'boolean') return String(value);
      if (typeof value !== 'string') return helpers.error('string.base');
      const tidied = tidy(value);
      if (tidied.length <= longest || Array.from(tidied).length <= longest) return tidied;
      return helpers.error('string.max', { limit: longest });
    });

const cellsSchema = Joi.object<Record<OldColumn, string>>({
  id: words(LONGEST.short),
  user: words(LONGEST.short),
  name: words(LONGEST.short),
  title: words(LONGEST.title),
  body: words(LONGEST.body),
  date: words(LONGEST.short),
  reply: words(LONGEST.reply),
  reply_date: words(LONGEST.short),
  unit: words(LONGEST.short),
  kind: words(LONGEST.short),
  place: words(LONGEST.short),
  phone: words(LONGEST.short),
  mail: words(LONGEST.short),
  address: words(LONGEST.short),
  published: words(LONGEST.short),
  outcome: words(LONGEST.short),
});

export interface ReadingOldLetters {
  readonly zone: string;
  readonly now: Date;
  /** Holds for rows that do not say whether they were public. */
  readonly isPublished: boolean;
}

type Read<T> = { readonly value: T } | { readonly problem: FieldError };

/** A row's cells as a letter, or the first thing that is wrong with it. The external id is empty when the row has none. */
export function readOldLetter(
  cells: ReadonlyMap<OldColumn, unknown>,
  reading: ReadingOldLetters,
): Read<OldLetter> {
  const { value: row, error } = cellsSchema.validate(Object.fromEntries(cells));
  if (error) {
    const [detail] = error.details;
    const limit: unknown = detail?.context?.['limit'];
    return wrong(
      detail?.path.join('.') ?? 'row',
      detail?.type ?? 'other',
      typeof limit === 'number' ? { limit } : {},
    );
  }
  if (row.body === '') return wrong('body', 'missing');
  const received = readDate(row.date, 'date', reading);
  if ('problem' in received) return received;
  const reply = readReply(row, received.value, reading);
  if ('problem' in reply) return reply;
  const outcome = readOutcome(row.outcome, reply.value !== null);
  if ('problem' in outcome) return outcome;
  const isPublished = row.published === '' ? reading.isPublished : YES.test(row.published);
  return {
    value: {
      externalId: row.id,
      reply: reply.value && { ...reply.value, unit: row.unit, isPublished },
      ending: { outcome: outcome.value, unit: row.unit },
      letter: {
        kind: kindOf(row.kind),
        title: row.title || titleFrom(row.body),
        body: row.body,
        place: row.place,
        writer: { name: row.name || row.user, phone: row.phone, mail: row.mail, address: row.address },
        // Nobody can be asked any more whether their name may stand beside what was public.
        wish: isPublished ? 'anonymous' : 'private',
        language: /\p{Script=Han}/u.test(row.body) ? 'zh-CN' : 'en',
        channel: 'import',
        attachments: [],
        receivedAt: received.value.instant,
      },
    },
  };
}

function readDate(typed: string, field: OldColumn, { zone, now }: ReadingOldLetters): Read<OldDate> {
  if (typed === '') return wrong(field, 'missing');
  const date = readOldDate(typed, zone);
  if (!date) return wrong(field, 'date.unreadable');
  return date.instant > now ? wrong(field, 'date.future') : { value: date };
}

function readReply(
  row: Record<OldColumn, string>,
  received: OldDate,
  reading: ReadingOldLetters,
): Read<{ readonly text: string; readonly answeredAt: Date } | null> {
  if (row.reply === '') return row.reply_date === '' ? { value: null } : wrong('reply', 'reply.noText');
  if (row.reply_date === '') return wrong('reply_date', 'reply.noDate');
  const answered = readDate(row.reply_date, 'reply_date', reading);
  if ('problem' in answered) return answered;
  const { instant, hasTime } = answered.value;
  if (instant >= received.instant) return { value: { text: row.reply, answeredAt: instant } };
  // A reply of which only the day is known, on the letter's own day, came after the letter.
  const isSameDay = !hasTime && dayOf(instant, reading.zone) === dayOf(received.instant, reading.zone);
  if (isSameDay) return { value: { text: row.reply, answeredAt: received.instant } };
  return wrong('reply_date', 'reply.beforeLetter');
}

function readOutcome(typed: string, hasReply: boolean): Read<OldOutcome | null> {
  if (typed === '') return { value: null };
  const outcome = OLD_OUTCOMES.find((known) => known === typed.toLowerCase()) ?? OUTCOMES.get(typed);
  if (!outcome) return wrong('outcome', 'outcome.unknown');
  return outcome === 'answered' && !hasReply ? wrong('outcome', 'outcome.noReply') : { value: outcome };
}

/** Other offices sort letters otherwise: what is not one of our kinds is kept as a question. */
function kindOf(typed: string): LetterKind {
  const name = typed.toLowerCase();
  return (
    LETTER_KINDS.find((kind) => kind === name) ?? KINDS.get(name.replace(/(类|信|件)+$/, '')) ?? 'consult'
  );
}

function titleFrom(body: string): string {
  return Array.from(body.replace(/\s+/g, ' ')).slice(0, TITLE_FROM_BODY).join('');
}

const wrong = (
  field: string,
  rule: string,
  params: FieldError['params'] = {},
): { readonly problem: FieldError } => ({ problem: { field, rule, params } });
