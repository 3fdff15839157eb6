import Joi from 'joi';
import { isDay, type Day } from '../domain/clocks/zoned-day.ts';
import type { Mailbox, Person, Unit } from '../domain/directory/directory.ts';
import { DomainError } from '../domain/domain-error.ts';
import type { RoutingRule } from '../domain/routing/suggest-units.ts';
import { newPassword } from '../accounts/account-forms.ts';
import { invalidInput } from '../platform/http/form-errors.ts';
import { STAFF_ROLES, type StaffRole } from './administer.ts';

export const UNIT_KINDS: readonly Unit['kind'][] = ['office', 'bureau', 'street', 'enterprise'];

const line = Joi.string().trim().max(120);
const words = Joi.string().replace(/\r\n?/g, '\n').trim().max(1000).allow('').default('');
// Letters and numbers that may be dialled or written on a card; empty when there is none.
const phone = Joi.string()
  .trim()
  .pattern(/^[+\d][\d\s-]{4,24}$/)
  .allow('')
  .default('');

/** Fields with both languages lie side by side: `name.zh`, `name.en`. */
interface BothFields {
  readonly 'name.zh': string;
  readonly 'name.en': string;
}

export interface UnitForm extends BothFields {
  readonly id: string;
  readonly kind: Unit['kind'];
  readonly 'duties.zh': string;
  readonly 'duties.en': string;
  readonly phone: string;
  readonly 'address.zh': string;
  readonly 'address.en': string;
}

/** As it stands in addresses of pages and in files. */
const shortId = Joi.string()
  .trim()
  .lowercase()
  .pattern(/^[a-z][a-z0-9-]{1,39}$/)
  .required();

export const unitForm = Joi.object<UnitForm>({
  id: shortId,
  'name.zh': line.required(),
  'name.en': line.required(),
  kind: Joi.string()
    .valid(...UNIT_KINDS)
    .required(),
  'duties.zh': words,
  'duties.en': words,
  phone,
  'address.zh': line.allow('').default(''),
  'address.en': line.allow('').default(''),
});

export const toUnit = (form: UnitForm): Unit => ({
  id: form.id,
  name: { zh: form['name.zh'], en: form['name.en'] },
  kind: form.kind,
  duties: { zh: form['duties.zh'], en: form['duties.en'] },
  phone: form.phone,
  address: { zh: form['address.zh'], en: form['address.en'] },
});

interface MailboxForm extends BothFields {
  readonly id: string;
}

export const mailboxForm = Joi.object<MailboxForm>({
  id: shortId,
  'name.zh': line.max(60).required(),
  'name.en': line.max(60).required(),
});

export const toMailbox = (form: MailboxForm): Mailbox => ({
  id: form.id,
  name: { zh: form['name.zh'], en: form['name.en'] },
});

export interface PersonForm extends BothFields {
  readonly username: string;
  readonly 'post.zh': string;
  readonly 'post.en': string;
  readonly role: StaffRole;
  readonly unit: string;
  readonly phone: string;
  readonly mail: string;
  readonly 'away.from': Day;
  readonly 'away.to': Day;
  readonly 'away.standIn': string;
}

const AWAY = ['away.from', 'away.to', 'away.standIn'] as const;

const besideIn = (helpers: Joi.CustomHelpers, field: string): string => {
  const typed: unknown = Reflect.get(helpers.state.ancestors[0], field);
  return typeof typed === 'string' ? typed.trim() : '';
};

/** One of the three fields of an absence: all are filled in, or none is. The first that is filled in says so. */
const away = (own: (typeof AWAY)[number], is: Joi.CustomValidator<string>): Joi.StringSchema =>
  Joi.string()
    .trim()
    .max(60)
    .allow('')
    .default('')
    .custom((value: string, helpers) => {
      const filled = AWAY.filter((field) => besideIn(helpers, field) !== '');
      return filled.length < AWAY.length && filled[0] === own
        ? helpers.error('away.some')
        : is(value, helpers);
    });
const awayFrom: Joi.CustomValidator<string> = (value, helpers) =>
  isDay(value) ? value : helpers.error('date.base');
const awayTo: Joi.CustomValidator<string> = (value, helpers) => {
  if (!isDay(value)) return helpers.error('date.base');
  return value < besideIn(helpers, 'away.from') ? helpers.error('to.early') : value;
};

const personFields = {
  username: Joi.string()
    .trim()
    .lowercase()
    .pattern(/^[a-z0-9][a-z0-9._-]{1,39}$/)
    .required(),
  'name.zh': line.required(),
  'name.en': line.required(),
  'post.zh': line.allow('').default(''),
  'post.en': line.allow('').default(''),
  role: Joi.string()
    .valid(...STAFF_ROLES)
    .required(),
  unit: Joi.string().max(60).required(),
  phone,
  mail: Joi.string().trim().email({ tlds: false }).max(120).allow('').default(''),
  'away.from': away('away.from', awayFrom),
  'away.to': away('away.to', awayTo),
  'away.standIn': away('away.standIn', (value) => value),
};

export const personForm = Joi.object<PersonForm>(personFields);
export const newPersonForm = Joi.object<PersonForm & { readonly password: string }>({
  ...personFields,
  password: newPassword,
});
export const passwordOnlyForm = Joi.object<{ readonly password: string }>({ password: newPassword });

export const toPerson = (id: string, form: PersonForm): Person => ({
  id,
  username: form.username,
  name: { zh: form['name.zh'], en: form['name.en'] },
  post: { zh: form['post.zh'], en: form['post.en'] },
  role: form.role,
  unit: form.unit,
  phone: form.phone,
  mail: form.mail,
  absence: form['away.from']
    ? { from: form['away.from'], to: form['away.to'], standIn: form['away.standIn'] }
    : null,
});

const someWords = Joi.array().items(Joi.string().trim().max(40)).max(100);

const rulesSchema = Joi.array()
  .items(
    Joi.object({
      id: Joi.string()
        .pattern(/^[a-z][a-z0-9-]{0,39}$/)
        .required(),
      any: someWords.min(1).required(),
      all: someWords,
      unless: someWords,
      unit: Joi.string().max(60).required(),
    }),
  )
  .max(500)
  .unique('id');

/** The routing table as text. @throws DomainError INVALID_INPUT: `rules`, or the place in it as `rules.<index>.<key>`. */
export function parseRules(text: unknown): RoutingRule[] {
  const { value, error } = rulesSchema.validate(readJson(text), { abortEarly: false, convert: false });
  if (!error) return value;
  const fields = invalidInput(error).fields.map((each) => ({
    ...each,
    field: each.field === '' ? 'rules' : `rules.${each.field}`,
  }));
  throw new DomainError('INVALID_INPUT', { fields });
}

function readJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    throw new DomainError('INVALID_INPUT', { fields: [{ field: 'rules', rule: 'json.unreadable' }] });
  }
}
