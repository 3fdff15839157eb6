import Joi from 'joi';
import { addDays, daysBetween, isDay, type Day } from '../domain/clocks/zoned-day.ts';

export interface PeriodForm {
  readonly from: Day;
  readonly to: Day;
}

const LONGEST_YEARS = 30;

const day = Joi.string()
  .trim()
  .empty('')
  .custom((value: string, helpers) => (isDay(value) ? value : helpers.error('string.isoDate')));

/** From the first day of the year to today, unless told otherwise; the first day comes before the last. */
export const periodForm = (today: Day): Joi.ObjectSchema<PeriodForm> =>
  Joi.object<PeriodForm>({
    from: day.default(`${today.slice(0, 4)}-01-01`),
    to: day.default(today).custom((to: string, helpers) => {
      const from: unknown = helpers.state.ancestors[0]?.from;
      if (typeof from !== 'string' || !isDay(from)) return to;
      if (daysBetween(from, to) < 0) return helpers.error('date.min', { limit: from });
      const latest = addDays(from, LONGEST_YEARS * 366);
      return to > latest ? helpers.error('date.max', { limit: latest }) : to;
    }),
  });
