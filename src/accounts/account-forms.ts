import Joi from 'joi';

/** Passwords people choose; the administrator's forms share these. */
export const PASSWORD_LIMITS = { min: 10, max: 200 } as const;

export const newPassword = Joi.string().min(PASSWORD_LIMITS.min).max(PASSWORD_LIMITS.max).required();

export interface SignInForm {
  readonly username: string;
  readonly password: string;
  readonly back: string;
}

export const signInForm = Joi.object<SignInForm>({
  username: Joi.string().trim().max(60).required(),
  password: Joi.string().max(PASSWORD_LIMITS.max).required(),
  back: Joi.string().max(500).allow('').default(''),
});

export interface PasswordForm {
  readonly current: string;
  readonly next: string;
  readonly again: string;
}

export const passwordForm = Joi.object<PasswordForm>({
  current: Joi.string().max(PASSWORD_LIMITS.max).required(),
  next: newPassword,
  again: Joi.string().valid(Joi.ref('next')).required(),
});
