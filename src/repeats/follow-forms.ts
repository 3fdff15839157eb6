import Joi from 'joi';

export interface FollowForm {
  readonly mail: string;
}

const LONGEST = 100;

/** A mail goes out for each address given: not many from one place, few to one address. */
export const MAILS_FROM_ONE_PLACE = { limit: 60, windowMinutes: 60 } as const;
export const MAILS_TO_ONE_ADDRESS = { limit: 10, windowMinutes: 60 } as const;

/** 有进展告诉我: one address. Its words are `repeats:follow.mail`. */
export const followForm = Joi.object<FollowForm>({
  mail: Joi.string().trim().empty('').max(LONGEST).email({ tlds: false }).required(),
});

/** What was typed as an address, right or wrong. */
export const mailIn = (body: unknown): string => {
  const mail: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'mail') : '';
  return typeof mail === 'string' ? mail.trim().slice(0, LONGEST) : '';
};
