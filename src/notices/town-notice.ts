import type { GetTownTimes } from '../clocks/get-town-times.ts';
import type { DirectoryStore } from '../directory/directory-store.ts';
import { workingDaysBetween, type WorkingCalendar } from '../domain/clocks/working-calendar.ts';
import { dayOf } from '../domain/clocks/zoned-day.ts';
import { UNIT_STATES } from '../domain/matters/lifecycle.ts';
import type { MatterStore, MatterSummary } from '../matters/matter-store.ts';
import type { Say } from './compose-message.ts';
import type { Notice } from './notice.ts';
import type { Prepared } from './prepare-notice.ts';

/** A notice that is about no single matter. */
export type ComposeTownNotice = (notice: Notice, now: Date) => Promise<Prepared>;

/** A digest names so many matters, the most delayed first, and counts the rest. */
const MOST_IN_DIGEST = 30;

/** The words of the heads' digest and of the warning that next year's calendar is missing. */
export function makeComposeTownNotice(deps: {
  directory: Pick<DirectoryStore, 'town' | 'person'>;
  matters: Pick<MatterStore, 'list'>;
  getTownTimes: GetTownTimes;
  say: Say;
  baseUrl: string;
}): ComposeTownNotice {
  const say = (key: string, params: Readonly<Record<string, string>>): string =>
    deps.say('zh-CN', key, params);
  return async (notice, now) => {
    const person = await deps.directory.person(notice.recipient.personId ?? '');
    if (!person?.mail) return { unsent: 'no address' };
    const mailbox = (await deps.directory.town())?.mailbox.zh ?? '';
    const { template } = notice;
    if (template === 'calendarMissing') {
      const params = { mailbox, year: notice.number, link: `${deps.baseUrl}/administration/calendar` };
      return {
        to: person.mail,
        subject: say('notices:staff.calendarMissing.subject', params),
        text: say('notices:staff.calendarMissing.mail', params),
        template,
        params,
      };
    }
    const { calendar } = await deps.getTownTimes();
    // There is a newer one, or it is a day off.
    if (dayOf(now, calendar.zone) !== dayOf(notice.plannedAt, calendar.zone)) return { unsent: 'moot' };
    const { items, total } = await deps.matters.list({
      states: UNIT_STATES,
      unit: notice.number,
      // Whoever stands in from another unit may not open its reports, which may be about that unit.
      withSecret: person.unit === notice.number,
      order: 'dueFirst',
      page: 1,
      perPage: MOST_IN_DIGEST,
    });
    if (total === 0) return { unsent: 'moot' };
    const late = items.filter(({ dueAt }) => dueAt < now).length;
    const lines = items.map((item) => lineOf(item, now, calendar, say));
    const rest = total - items.length;
    if (rest > 0) lines.push(say('notices:staff.digest.rest', { count: String(rest) }));
    const params = { mailbox, count: String(total), late: String(late), link: `${deps.baseUrl}/desk` };
    return {
      to: person.mail,
      subject: say('notices:staff.digest.subject', params),
      text: say('notices:staff.digest.mail', { ...params, lines: lines.join('\n') }),
      template,
      params,
    };
  };
}

/** A report is named by its number alone. */
function lineOf(
  { number, title, kind, dueOn, dueAt, state }: MatterSummary,
  now: Date,
  calendar: WorkingCalendar,
  say: (key: string, params: Readonly<Record<string, string>>) => string,
): string {
  const today = dayOf(now, calendar.zone);
  const isLate = dueAt < now;
  const days = isLate
    ? Math.max(1, workingDaysBetween(dueOn, today, calendar))
    : workingDaysBetween(today, dueOn, calendar);
  return say(`notices:staff.digest.${isLate ? 'late' : 'left'}`, {
    number,
    title: kind === 'report' ? '' : title,
    dueOn,
    days: String(days),
    state: say(`desk:state.${state}`, {}),
  });
}
