import Joi from 'joi';
import { isDay, type Day } from '../domain/clocks/zoned-day.ts';
import { DomainError } from '../domain/domain-error.ts';
import { CARD_ACTIONS, CARD_KINDS, type CardAction } from '../domain/supervision/card.ts';
import { HAND_GROUNDS, type HandGround } from '../domain/supervision/order-grounds.ts';
import { invalidInput } from '../platform/http/form-errors.ts';
import { periodForm } from '../statistics/figures-forms.ts';
import { STATE_FILTERS, type SupervisionAsked } from './open-supervision.ts';
import type { CardCommand } from './perform-card-action.ts';

/** Characters. */
export const SUPERVISION_LIMITS = { words: 2000 } as const;

/** The address of the board; a strange filter counts as not set, a strange day is said. */
export const supervisionForm = (today: Day): Joi.ObjectSchema<SupervisionAsked> =>
  periodForm(today).append<SupervisionAsked>({
    unit: Joi.string().max(60).allow('').default('').failover(''),
    kind: Joi.string()
      .valid('', ...CARD_KINDS)
      .default('')
      .failover(''),
    state: Joi.string()
      .valid('', ...STATE_FILTERS)
      .default('')
      .failover(''),
    page: Joi.number().integer().min(1).max(10_000).default(1).failover(1),
  });

// A line break is one character here, as in the counter beside the field.
const words = Joi.string().replace(/\r\n?/g, '\n').trim().min(2).max(SUPERVISION_LIMITS.words).required();
const day = Joi.string()
  .trim()
  .required()
  .custom((value: string, helpers) => (isDay(value) ? value : helpers.error('string.isoDate')));

interface Fields {
  readonly text: string;
  readonly answerBy?: Day;
}
const onlyWords = Joi.object<Fields>({ text: words });

/** One row per action: what its form must carry. */
const CARD_FORMS: Readonly<Record<CardAction, Joi.ObjectSchema<Fields>>> = {
  explain: onlyWords,
  appeal: onlyWords,
  uphold: onlyWords,
  withdraw: onlyWords,
  answer: onlyWords,
  sendBack: Joi.object<Fields>({ text: words, answerBy: day }),
  close: onlyWords,
};

export const isCardAction = (name: string): name is CardAction =>
  CARD_ACTIONS.some((action) => action === name);

/** Fields are sent as `<action>.<field>`: a page holds several forms, and each control has a name of its own. */
export const cardField = (action: CardAction, field: string): string => `${action}.${field}`;

/** What was typed into an action's form, as it came. */
export function typedInto(action: CardAction, body: object): Readonly<Record<string, unknown>> {
  const prefix = cardField(action, '');
  return Object.fromEntries(
    Object.entries(body).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
    ),
  );
}

const seenVersion = Joi.number().integer().min(1).required();

/** A form of a document's page as a command. @throws DomainError INVALID_INPUT naming every wrong field. */
export function parseCardForm(action: CardAction, body: object): CardCommand {
  const version = seenVersion.validate('version' in body ? body.version : undefined);
  if (version.error) throw new DomainError('INVALID_INPUT', { params: { because: 'unreadable' } });
  const { value, error } = CARD_FORMS[action].validate(typedInto(action, body), {
    abortEarly: false,
    stripUnknown: true,
  });
  if (error) throw invalidInput(error);
  return { action, seenVersion: version.value, text: value.text, answerBy: value.answerBy ?? '' };
}

export interface OrderForm {
  readonly id: string;
  readonly matter: string;
  readonly ground: HandGround;
  readonly words: string;
  readonly answerBy: Day;
}

export const orderForm = Joi.object<OrderForm>({
  id: Joi.string().guid().required(),
  matter: Joi.string().max(60).required(),
  ground: Joi.string()
    .valid(...HAND_GROUNDS)
    .required(),
  words,
  answerBy: day,
});
