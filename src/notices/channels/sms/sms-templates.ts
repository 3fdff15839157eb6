import Joi from 'joi';
import { readFileSync } from 'node:fs';
import { ConfigError } from '../../../platform/config.ts';
import type { MailTemplate, NoticeTemplate } from '../../notice.ts';
import { MessageRefused, type OutgoingMessage } from '../channel.ts';

/** The provider's approved template for one of ours, and which of our values fill its places, in order. */
export interface SmsTemplate {
  readonly code: string;
  readonly params: readonly string[];
}

export type SmsTemplates = ReadonlyMap<string, SmsTemplate>;

/** All that goes by SMS: the compiler asks for a new one's line. `sms-…`: answers to a message that came in. */
const NAMES = Object.keys({
  received: true,
  asked: true,
  refused: true,
  answered: true,
  published: true,
  extended: true,
  assigned: true,
  returnAsked: true,
  extensionAsked: true,
  reopened: true,
  joined: true,
  separated: true,
  noted: true,
  requestDecided: true,
  sentBack: true,
  letterWithdrawn: true,
  rate: true,
  cardAppealed: true,
  cardDecided: true,
  orderIssued: true,
  orderAnswered: true,
  follow: true,
  sortOverdue: true,
  signOverdue: true,
  halfTime: true,
  reminder: true,
  yellowCard: true,
  urgingNotice: true,
  redCard: true,
  supervisionOrder: true,
  'sms-taken': true,
  'sms-notRead': true,
  'sms-wrongCode': true,
  'sms-empty': true,
  'sms-tooLong': true,
  'sms-closed': true,
} satisfies Record<Exclude<NoticeTemplate, MailTemplate> | `sms-${string}`, true>);

/** What may be said to a provider: numbers, names of offices, days, links. No word of a letter, no name of a person, no code. */
const VALUES = ['number', 'other', 'mailbox', 'unit', 'dueOn', 'link'];

const schema = Joi.object<Record<string, SmsTemplate>>().pattern(
  Joi.string().valid(...NAMES),
  Joi.object({
    code: Joi.string().max(100).required(),
    params: Joi.array()
      .items(Joi.string().valid(...VALUES))
      .max(20)
      .default([]),
  }),
);

/** Reads the file SMS_TEMPLATES names, once, at start. @throws ConfigError: a sentence that names the place. */
export function readSmsTemplates(file: string): SmsTemplates {
  const { value, error } = schema.validate(parsed(file));
  if (error) throw new ConfigError(`"SMS_TEMPLATES" ${file}: ${error.message}`);
  return new Map(Object.entries(value));
}

function parsed(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new ConfigError(`"SMS_TEMPLATES" ${file}: there is no such file, or it cannot be read`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new ConfigError(`"SMS_TEMPLATES" ${file}: this is not JSON`);
  }
}

export interface FilledTemplate {
  readonly code: string;
  readonly values: readonly (readonly [name: string, value: string])[];
}

/** @throws MessageRefused: the town has no approved template for this. */
export function fillTemplate(templates: SmsTemplates, message: OutgoingMessage): FilledTemplate {
  const template = templates.get(message.template);
  if (!template) throw new MessageRefused('no template');
  return {
    code: template.code,
    values: template.params.map((name) => [name, message.params[name] ?? '']),
  };
}
