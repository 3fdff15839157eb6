import Joi from 'joi';
import { WAYS } from '../domain/letters/letter.ts';
import type { MessageWish } from '../domain/letters/reach.ts';
import { ABOUT } from './message-wish.view.ts';

/** The writer's own page. Its words are `messages:mine.<field>`. */
export const messageWishForm = Joi.object<MessageWish>({
  by: Joi.string()
    .valid(...WAYS)
    .required(),
  about: Joi.string()
    .valid(...ABOUT)
    .required(),
});

export interface UnsubscribeForm {
  readonly stop: 'progress' | 'all' | 'nothing';
}

/** The page behind a mail's link. A mail program posts without a button: it ends what comes unasked. */
export const unsubscribeForm = Joi.object<UnsubscribeForm>({
  stop: Joi.string().valid('progress', 'all', 'nothing').default('progress'),
});
