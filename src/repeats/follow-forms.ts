import Joi from 'joi';
import { PACES, type Pace } from './follower-store.ts';

export interface FollowForm {
  readonly mail: string;
  readonly pace: Pace;
}

const LONGEST = 100;

/** A mail goes out for each address given: not many from one place, few to one address. */
export const MAILS_FROM_ONE_PLACE = { limit: 60, windowMinutes: 60 } as const;
export const MAILS_TO_ONE_ADDRESS = { limit: 10, windowMinutes: 60 } as const;

/** 有进展告诉我: one address. Its words are `repeats:follow.mail`. */
export const followForm = Joi.object<FollowForm>({
  mail: Joi.string().trim().empty('').max(LONGEST).email({ tlds: false }).required(),
  pace: Joi.string()
    .valid(...PACES)
    .default('atOnce'),
});

export const paceForm = Joi.object<Pick<FollowForm, 'pace'>>({
  pace: Joi.string()
    .valid(...PACES)
    .required(),
});

const typedIn = (body: unknown, field: string): string => {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, field) : '';
  return typeof value === 'string' ? value.trim().slice(0, LONGEST) : '';
};

/** What was typed as an address, right or wrong. */
export const mailIn = (body: unknown): string => typedIn(body, 'mail');

/** What was chosen; at first, what most want. */
export const paceIn = (body: unknown): string => typedIn(body, 'pace') || 'atOnce';
