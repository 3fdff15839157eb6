import Joi from 'joi';
import type { TownDay } from '../domain/clocks/working-calendar.ts';
import { isDay, yearOf, type Day } from '../domain/clocks/zoned-day.ts';

/** The forms of the calendar's page; their words are `clocks:calendar.<form>.<field>`. */

const line = Joi.string().trim().max(60).required();

interface DayForm {
  readonly day: Day;
  readonly is: 'off' | 'worked';
  readonly 'name.zh': string;
  readonly 'name.en': string;
}

/** A year or two around today: what lies further off is a slip of the keyboard. */
const near =
  (today: Day): Joi.CustomValidator<string> =>
  (value, helpers) => {
    if (!isDay(value)) return helpers.error('date.base');
    return Math.abs(yearOf(value) - yearOf(today)) > 2 ? helpers.error('day.far') : value;
  };

export const dayForm = (today: Day): Joi.ObjectSchema<DayForm> =>
  Joi.object<DayForm>({
    day: Joi.string().trim().required().custom(near(today)),
    is: Joi.string().valid('off', 'worked').required(),
    'name.zh': line,
    'name.en': line,
  });

export const toTownDay = (form: DayForm): TownDay => ({
  day: form.day,
  isWorking: form.is === 'worked',
  name: { zh: form['name.zh'], en: form['name.en'] },
});

export const calendarQuery = Joi.object<{ readonly year?: number }>({
  year: Joi.number().empty('').integer().min(1990).max(2100),
});
