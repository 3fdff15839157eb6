import Joi from 'joi';
import { LIMIT_UNITS } from '../domain/clocks/due-date.ts';
import { addDays, isDay, type Day } from '../domain/clocks/zoned-day.ts';
import { DomainError, type FieldError } from '../domain/domain-error.ts';
import { inLanguage } from '../domain/bilingual.ts';
import type { Mailbox } from '../domain/directory/directory.ts';
import { LETTER_KINDS } from '../domain/letters/letter.ts';
import { describeFields, invalidInput, type FieldMessage } from '../platform/http/form-errors.ts';
import type { Translate } from '../platform/words.ts';
import {
  CHANNELS,
  fieldsOf,
  FREE_LIMITS,
  NEEDED_LIMITS,
  RECIPIENTS,
  STEP_TIMES,
  STEPS,
  type PolicyForm,
  type Typed,
} from './policy-fields.ts';

/** The form of a policy. Its fields are named as paths, `limit.reply.amount`; their words are `clocks:form.…`. */

const LONGEST = 400;
const MOST_STEP_DAYS = 60;
const YEARS_AHEAD_DAYS = 3 * 366;

const line = Joi.string().trim().empty('').max(60).required();
const whole = (least: number, most: number) => Joi.number().empty('').integer().min(least).max(most);
const yes = Joi.string().empty('').valid('yes');
const unit = Joi.string()
  .valid(...LIMIT_UNITS)
  .required();
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const time = Joi.string().trim().empty('').pattern(TIME);
const each = <T>(names: readonly string[], schema: Joi.Schema<T>): Joi.ObjectSchema =>
  Joi.object(Object.fromEntries(names.map((name) => [name, schema])));

/** What was typed beside or above a field, converted or not. */
const beside = (helpers: Joi.CustomHelpers, level: number, ...path: string[]): unknown =>
  path.reduce(
    (value: unknown, key) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined,
    helpers.state.ancestors[level],
  );

const afterOpening =
  (rule: string): Joi.CustomValidator<string> =>
  (value, helpers) => {
    const opens = String(beside(helpers, 0, 'opensAt'));
    // A wrong hour of opening has its own sentence.
    return TIME.test(opens) && value <= opens ? helpers.error(rule) : value;
  };

const limit = Joi.object({ amount: whole(1, LONGEST).required(), unit, rolls: yes, first: yes });
const freeLimit = Joi.object({ amount: whole(1, LONGEST), unit, rolls: yes, first: yes });

/** A kind is reminded on another day only if letters are reminded at all. */
const reminded: Joi.CustomValidator<number> = (value, helpers) =>
  beside(helpers, 2, 'step', 'reminder', 'on') === 'yes' ? value : helpers.error('reminder.off');
const kind = Joi.object({
  amount: whole(1, LONGEST),
  unit,
  extension: whole(0, LONGEST),
  reminder: whole(1, MOST_STEP_DAYS).custom(reminded),
});

const some = (names: readonly string[]) =>
  Joi.array()
    .items(Joi.string().valid(...names))
    .single()
    .unique()
    .min(1)
    .required();

const UNCOUNTED = ['halfTime', 'dueDay'];
const stepOn = Joi.object({
  // Sent twice, it is no longer one text.
  on: yes.required(),
  when: Joi.string()
    .valid(...STEP_TIMES)
    .required(),
  count: Joi.any().when('when', {
    is: Joi.valid(...UNCOUNTED),
    // oxlint-disable-next-line unicorn/no-thenable -- Joi's own word
    then: Joi.any().strip(),
    otherwise: whole(1, MOST_STEP_DAYS).required(),
  }),
  hour: Joi.string().valid('opens', 'closes').required(),
  to: some(RECIPIENTS),
  by: some(CHANNELS),
});
const step = Joi.alternatives().conditional(Joi.object({ on: Joi.exist().not('') }).unknown(), {
  // oxlint-disable-next-line unicorn/no-thenable -- Joi's own word
  then: stepOn,
  otherwise: Joi.object({ on: Joi.any().strip() }).options({ stripUnknown: true }),
});

const policyForm = (today: Day, mailboxes: readonly Mailbox[]): Joi.ObjectSchema<PolicyForm> => {
  const fromDay: Joi.CustomValidator<string> = (value, helpers) => {
    if (beside(helpers, 0, 'from') !== 'day') return value;
    if (!isDay(value)) return helpers.error('date.base');
    if (value < today) return helpers.error('date.min', { limit: today });
    const last = addDays(today, YEARS_AHEAD_DAYS);
    return value > last ? helpers.error('date.max', { limit: last }) : value;
  };
  return Joi.object<PolicyForm>({
    name: Joi.object({ zh: line, en: line }),
    from: Joi.string().valid('now', 'day').required(),
    fromDay: Joi.string()
      .trim()
      .empty('')
      .custom(fromDay)
      // oxlint-disable-next-line unicorn/no-thenable -- Joi's own word
      .when('from', { is: 'day', then: Joi.required() }),
    opensAt: time.required(),
    closesAt: time.required().custom(afterOpening('closes.early')),
    lateFrom: time.custom(afterOpening('late.early')),
    extension: whole(0, LONGEST).required(),
    limit: each(NEEDED_LIMITS, limit).concat(each(FREE_LIMITS, freeLimit)),
    kind: each(LETTER_KINDS, kind),
    box: each(
      mailboxes.map(({ id }) => id),
      kind,
    ).default({}),
    step: each(STEPS, step),
  });
};

/** What was typed, right or wrong, of the form's own fields. */
export const typedPolicy = (body: unknown, mailboxes: readonly Mailbox[] = []): Typed =>
  Object.fromEntries(
    fieldsOf(mailboxes).flatMap((field): [string, string | string[]][] => {
      const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, field) : undefined;
      if (typeof value === 'string') return [[field, value]];
      return Array.isArray(value) ? [[field, value.filter((one) => typeof one === 'string')]] : [];
    }),
  );

/** @throws DomainError INVALID_INPUT that names every wrong field. */
export function parsePolicy(typed: Typed, today: Day, mailboxes: readonly Mailbox[] = []): PolicyForm {
  const given = nested(typed, fieldsOf(mailboxes));
  const { value, error } = policyForm(today, mailboxes).validate(given, { abortEarly: false });
  if (error) throw invalidInput(error);
  return value;
}

/** `{ 'a.b': x }` → `{ a: { b: x } }`. The names are the form's own. */
function nested(typed: Typed, fields: readonly string[]): object {
  const root: Record<string, unknown> = {};
  for (const field of fields) {
    const path = field.split('.');
    const name = path.pop() ?? '';
    let place = root;
    for (const key of path) {
      const next: Record<string, unknown> = isRecord(place[key]) ? place[key] : {};
      place[key] = next;
      place = next;
    }
    if (typed[field] !== undefined) place[name] = typed[field];
  }
  return root;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** A sentence for each wrong field, with what the field is of: "Complaint, days to answer: …". */
export function describePolicy(
  refusal: DomainError,
  t: Translate,
  mailboxes: readonly Mailbox[] = [],
): FieldMessage[] {
  const firsts = new Map<string, FieldError>();
  for (const one of refusal.fields) {
    // A tick within a list has its sentence at the list.
    const field = one.field.replace(/\.\d+$/, '');
    if (!firsts.has(field)) firsts.set(field, { ...one, field });
  }
  return [...firsts.values()].map((one) => {
    const [group = '', which = '', part = ''] = one.field.split('.');
    const named = part === '' ? one : { ...one, ...inWords([group, which, part], one, t, mailboxes) };
    const [said] = describeFields([named], t, 'clocks:form');
    return { field: one.field, message: said?.message ?? '' };
  });
}

function inWords(
  [group, which, part]: readonly [string, string, string],
  { params }: FieldError,
  t: Translate,
  mailboxes: readonly Mailbox[],
) {
  const of = {
    limit: `clocks:limit.${which}`,
    kind: `letters:kind.${which}`,
    step: `desk:step.${which}`,
  }[group];
  const box = mailboxes.find(({ id }) => group === 'box' && id === which);
  // A mailbox has the fields of a kind, and their words.
  const words = box ? 'kind' : group;
  const label = t('clocks:form.labelOf', {
    of: box ? inLanguage(t.lang, box.name) : of === undefined ? '' : t(of),
    label: t(`clocks:form.${words}.${part}.label`),
  });
  return { field: `${words}.${part}`, params: { ...params, label } };
}

/** Where a draft began, and which version was the last then. */
export interface DraftOrigin {
  readonly base: string;
  readonly after: string;
}
export const draftOrigin = Joi.object<DraftOrigin>({
  base: Joi.string().max(80).required(),
  after: Joi.string().max(80).allow('').required(),
});
