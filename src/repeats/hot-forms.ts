import Joi from 'joi';
import { NOTICE_LIMITS } from '../domain/publication/public-notice.ts';
import { HOT_WINDOWS, type HotWindow } from '../domain/repeats/hot-matters.ts';
import type { SeenLetter } from './join-group.ts';

/** More letters than this are joined in more than one go. */
export const MOST_JOINED = 200;

const days = Joi.number()
  .valid(...HOT_WINDOWS)
  .default(HOT_WINDOWS[0])
  .failover(HOT_WINDOWS[0]);

/** The address of the page; a strange window counts as not set. */
export const hotForm = Joi.object<{ readonly days: HotWindow }>({ days });

/** A letter as the page showed it: `<id>@<version>`. */
const seenLetter = Joi.string()
  .max(80)
  .custom((value: string, helpers) => {
    const [, id, version] = /^(.+)@(\d{1,9})$/.exec(value) ?? [];
    return id === undefined
      ? helpers.error('any.invalid')
      : ({ id, version: Number(version) } satisfies SeenLetter);
  });

export interface JoinGroupForm {
  readonly days: HotWindow;
  readonly letter: readonly SeenLetter[];
}

export const joinGroupForm = Joi.object<JoinGroupForm>({
  days,
  letter: Joi.array().items(seenLetter).single().min(2).max(MOST_JOINED).required(),
});

const id = Joi.string().max(60).required();
// A line break is one character here, as in the counter beside the field.
const words = Joi.string().replace(/\r\n?/g, '\n').trim().required();

export interface NoticeForm {
  readonly id: string;
  readonly about: string;
  readonly title: string;
  readonly text: string;
  readonly isPreview: boolean;
}

export const noticeForm = Joi.object<NoticeForm>({
  id: Joi.string().guid().required(),
  about: id,
  title: words.min(NOTICE_LIMITS.title.min).max(NOTICE_LIMITS.title.max),
  text: words.min(NOTICE_LIMITS.text.min).max(NOTICE_LIMITS.text.max),
  isPreview: Joi.boolean().default(false).failover(false),
});

export const takeDownForm = Joi.object<{ readonly reason: string }>({
  reason: words.min(2).max(NOTICE_LIMITS.reason.max),
});
