import Joi from 'joi';

export interface FollowForm {
  readonly mail: string;
}

const LONGEST = 100;

/** A mail goes out for each address given: few from one place, and few to one address. */
export const MAILS = { limit: 10, windowMinutes: 60 } as const;

/** 有进展告诉我: one address. Its words are `repeats:follow.mail`. */
export const followForm = Joi.object<FollowForm>({
  mail: Joi.string().trim().empty('').max(LONGEST).email({ tlds: false }).required(),
});

/** What was typed as an address, right or wrong. */
export const mailIn = (body: unknown): string => {
  const mail: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'mail') : '';
  return typeof mail === 'string' ? mail.trim().slice(0, LONGEST) : '';
};
