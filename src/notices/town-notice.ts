import type { GetTownTimes } from '../clocks/get-town-times.ts';
import type { DirectoryStore } from '../directory/directory-store.ts';
import type { WorkingCalendar } from '../domain/clocks/working-calendar.ts';
import { dayOf } from '../domain/clocks/zoned-day.ts';
import { UNIT_STATES } from '../domain/matters/lifecycle.ts';
import { dueView, type DueView } from '../matters/due.ts';
import type { MatterStore, MatterSummary } from '../matters/matter-store.ts';
import type { Say } from './compose-message.ts';
import type { Notice } from './notice.ts';
import type { Prepared } from './prepared.ts';

/** A notice that is about no single matter. */
export type ComposeTownNotice = (notice: Notice, now: Date) => Promise<Prepared>;

/** A digest names so many matters, the most delayed first, and counts the rest. */
const MOST_NAMED = 30;
/** Nobody has more open than these; of all of them is told how many are late. */
const MOST_COUNTED = 1000;

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
      perPage: MOST_COUNTED,
    });
    if (total === 0) return { unsent: 'moot' };
    const stands = items.map((item) => ({ item, stand: standOf(item, now, calendar) }));
    const late = stands.filter(({ stand }) => stand.word === 'late').length;
    const named = stands.slice(0, MOST_NAMED);
    const lines = named.map(({ item, stand }) => lineOf(item, stand, say));
    const rest = total - named.length;
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

interface Stand {
  readonly word: 'late' | 'today' | 'left' | 'paused';
  readonly days: number;
}

function standOf(
  { dueOn, dueAt, isProvisional, state }: MatterSummary,
  now: Date,
  calendar: WorkingCalendar,
): Stand {
  const due = dueView({ dueOn, dueAt, isProvisional }, state, now, calendar);
  return { word: wordOf(due), days: Math.abs(due.days) };
}

function wordOf({ state, days }: DueView): Stand['word'] {
  // The next word is the citizen's: the day on file is not the one by which the unit has to answer.
  if (state === 'paused') return 'paused';
  if (days < 0) return 'late';
  return days === 0 ? 'today' : 'left';
}

/** A report is named by its number alone. */
const lineOf = (
  { number, title, kind, dueOn, state }: MatterSummary,
  { word, days }: Stand,
  say: (key: string, params: Readonly<Record<string, string>>) => string,
): string =>
  say(`notices:staff.digest.${word}`, {
    letter: kind === 'report' ? number : `${number} ${title}`,
    dueOn,
    days: String(days),
    state: say(`desk:state.${state}`, {}),
  });
