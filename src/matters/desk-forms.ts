import Joi from 'joi';
import { RESOLUTIONS } from '../domain/matters/resolution.ts';
import { REFUSAL_GROUNDS } from '../domain/matters/refusal-grounds.ts';
import { DomainError } from '../domain/domain-error.ts';
import { invalidInput } from '../platform/http/form-errors.ts';
import type { DeskActionName, DeskInput } from './desk-actions.ts';
import type { DeskCommand } from './perform-desk-action.ts';
import { listAddress } from './worklist.view.ts';

/** Characters; the counters of the page and the check share these. */
export const DESK_LIMITS = { words: 2000, reply: 6000, days: 10 } as const;

/** What a person chooses for an answer; a letter is withdrawn by its writer only. */
export const REPLY_RESOLUTIONS = RESOLUTIONS.filter((resolution) => resolution !== 'withdrawn');

type Fields = Partial<DeskInput> & { readonly other?: string };

// A line break is one character here, as in the counter beside the field.
const words = Joi.string().replace(/\r\n?/g, '\n').trim().max(DESK_LIMITS.words);
const said = words.min(2).required();
const remark = words.allow('').default('');
const unit = Joi.string().max(60);
const other = Joi.string().trim().max(40).required();
const confirmation = Joi.string().trim().max(20).allow('').default('');

const nothing = Joi.object<Fields>({});
const onlyWords = Joi.object<Fields>({ text: said });
const confirmed = Joi.object<Fields>({ confirmation });

/** One row per action: what its form must carry. */
const DESK_FORMS: Readonly<Record<DeskActionName, Joi.ObjectSchema<Fields>>> = {
  takeForSorting: nothing,
  askCitizen: onlyWords,
  answerQuestion: onlyWords,
  refuse: Joi.object<Fields>({
    ground: Joi.string()
      .valid(...REFUSAL_GROUNDS)
      .required(),
    text: said,
  }),
  join: Joi.object<Fields>({ other }),
  separate: nothing,
  holdOut: Joi.object<Fields>({ other }),
  nameAccused: Joi.object<Fields>({ accused: Joi.array().items(unit).single().max(20).default([]) }),
  takeBack: onlyWords,
  assign: Joi.object<Fields>({
    unit: unit.required(),
    supporting: Joi.array().items(unit).single().max(20).default([]),
    text: remark,
  }),
  signFor: nothing,
  askReturn: Joi.object<Fields>({ unit: unit.allow('').default(''), text: said }),
  acceptReturn: nothing,
  declineReturn: onlyWords,
  takeInHand: nothing,
  pause: onlyWords,
  resume: Joi.object<Fields>({ text: remark }),
  askExtension: Joi.object<Fields>({
    days: Joi.number().integer().min(1).max(DESK_LIMITS.days).required(),
    text: said,
  }),
  grantExtension: nothing,
  declineExtension: onlyWords,
  draft: Joi.object<Fields>({
    text: words.max(DESK_LIMITS.reply).required(),
    resolution: Joi.string()
      .valid(...REPLY_RESOLUTIONS)
      .required(),
  }),
  submitForReview: confirmed,
  sendBack: onlyWords,
  approve: confirmed,
  // One passage a line that is to be hidden besides.
  publish: Joi.object<Fields>({ text: remark }),
  withhold: onlyWords,
  reopen: onlyWords,
  close: nothing,
  archive: nothing,
};

const NOTHING_TYPED: DeskInput & { readonly other: string } = {
  text: '',
  unit: '',
  supporting: [],
  accused: [],
  ground: 'litigation',
  resolution: 'solved',
  days: 0,
  confirmation: '',
  other: '',
};

const seenVersion = Joi.number().integer().min(1).required();

/** Fields are sent as `<action>.<field>`: a page holds many forms, and each control has a name of its own. */
export const fieldName = (action: DeskActionName, field: string): string => `${action}.${field}`;

/** What was typed into an action's form, as it came. */
export function typedFields(action: DeskActionName, body: object): Readonly<Record<string, unknown>> {
  const prefix = fieldName(action, '');
  return Object.fromEntries(
    Object.entries(body).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
    ),
  );
}

/** A form of the desk as a command. @throws DomainError INVALID_INPUT naming every wrong field by its name on the page. */
export function parseDeskForm(action: DeskActionName, id: string, body: object): DeskCommand {
  const version = seenVersion.validate('version' in body ? body.version : undefined);
  if (version.error) throw new DomainError('INVALID_INPUT', { params: { because: 'unreadable' } });
  const { value, error } = DESK_FORMS[action].validate(typedFields(action, body), {
    abortEarly: false,
    stripUnknown: true,
  });
  if (error) {
    // A wrong unit among several is the fault of the whole list, which is one field on the page.
    const fields = invalidInput(error).fields.map((each) => ({
      ...each,
      field: fieldName(action, each.field.split('.')[0] ?? ''),
    }));
    throw new DomainError('INVALID_INPUT', { fields });
  }
  return { ...NOTHING_TYPED, ...value, id, action, seenVersion: version.value };
}

export interface WorklistForm {
  readonly tab: string;
  readonly unit: string;
  readonly page: number;
  readonly find: string;
}

/** The address of a worklist: what it shows lies in the address, so that it can be kept and sent. */
export const worklistForm = Joi.object<WorklistForm>({
  tab: Joi.string().max(20).allow('').default(''),
  unit: Joi.string().max(60).allow('').default(''),
  page: Joi.number().integer().min(1).max(10_000).default(1),
  find: Joi.string().trim().max(40).allow('').default(''),
});

/** The list a reader came from: taken apart and put together again, so that it leads to a desk and nowhere else. */
export function listGiven(given: unknown): string {
  const query = typeof given === 'string' ? given.split('?')[1] : undefined;
  const { error, value } = worklistForm.validate(Object.fromEntries(new URLSearchParams(query ?? '')), {
    stripUnknown: true,
  });
  return error ? '/desk' : listAddress(value);
}
