import { Router, type Request, type Response } from 'express';
import type { DirectoryStore } from '../directory/directory-store.ts';
import { dayOf, isDay } from '../domain/clocks/zoned-day.ts';
import { DomainError } from '../domain/domain-error.ts';
import type { Clock } from '../platform/clock.ts';
import { describeFields, parseForm, type FieldMessage } from '../platform/http/form-errors.ts';
import { onForm } from '../platform/http/on-form.ts';
import { pageLocals } from '../platform/http/page-locals.ts';
import { needsRight, signedIn, signInFirst } from '../platform/http/signed-in.ts';
import { textUploadReader } from '../platform/http/uploads.ts';
import type { Log } from '../platform/log.ts';
import { textIn } from '../platform/rows/text-file.ts';
import type { Translate } from '../platform/words.ts';
import { calendarText, readCalendarTexts, type CalendarText } from './calendar-file-forms.ts';
import type { ReadCalendar, Remark } from './calendar-file.ts';
import { calendarQuery, dayForm, toTownDay } from './calendar-forms.ts';
import type { CalendarStore } from './calendar-store.ts';
import { calendarView, dayFields, importView } from './calendar.view.ts';
import type { GetTownTimes } from './get-town-times.ts';
import type { KeepCalendar } from './keep-calendar.ts';
import type { ReckoningSum } from './reckon-clocks.ts';
import { countedIn, inAddress } from './sum-forms.ts';

export interface CalendarRoutesDeps {
  readonly calendar: Pick<CalendarStore, 'years' | 'townDays'>;
  readonly keepCalendar: KeepCalendar;
  readonly getTownTimes: GetTownTimes;
  readonly directory: Pick<DirectoryStore, 'people'>;
  readonly clock: Clock;
  readonly log: Log;
}

const HOME = '/administration/calendar';
const FILES = { count: 10, bytes: 1_048_576 };

/** Days off and days worked: looked at, taken from files, and the town's own. */
export function calendarRoutes(deps: CalendarRoutesDeps): Router {
  const readUpload = textUploadReader('files', FILES);
  const router = Router();
  router.use(HOME, signInFirst, needsRight('administer'));
  router.get(HOME, async (req, res) => renderCalendar(req, res, {}));
  router.post(`${HOME}/import`, showImport);
  router.post(`${HOME}/years`, takeYears);
  router.post(`${HOME}/days`, onForm(setDay, showDayAgain));
  router.post(`${HOME}/days/:day/remove`, removeDay);
  return router;

  async function known() {
    const { calendar } = await deps.getTownTimes();
    return { calendar, today: dayOf(deps.clock.now(), calendar.zone) };
  }

  async function renderCalendar(req: Request, res: Response, more: object): Promise<void> {
    const { year } = parseForm(calendarQuery, req.query);
    const facts = {
      ...(await known()),
      imported: await deps.calendar.years(),
      townDays: await deps.calendar.townDays(),
      people: await deps.directory.people(),
      asked: year ?? null,
    };
    res.render('administration/calendar', {
      ...calendarView(facts, pageLocals(res).t),
      fields: dayFields(null),
      pasted: '',
      limits: { files: FILES.count, megabytes: FILES.bytes / 1_048_576 },
      isSaved: req.query['saved'] === 'yes',
      counted: countedIn(req.query),
      ...more,
    });
  }

  async function showImport(req: Request, res: Response): Promise<void> {
    const { t } = pageLocals(res);
    const upload = await readUpload(req, res);
    const pasted = typeof req.body.text === 'string' ? req.body.text : '';
    const texts: CalendarText[] = [];
    for (const { name, bytes } of upload.files) texts.push({ name, text: await textIn(bytes) });
    if (pasted.trim() !== '') texts.push({ name: t('clocks:calendar.import.pasted'), text: pasted });
    const nothing = { field: 'files', rule: 'any.required' };
    const fault = upload.fault ?? (texts.length === 0 ? nothing : null);
    if (fault) {
      const errors = describeFields([fault], t, 'clocks:calendar.import');
      await renderCalendar(req, res.status(422), { errors, pasted });
      return;
    }
    await showYears(req, res, await readCalendarTexts(texts), pasted);
  }

  async function showYears(req: Request, res: Response, read: ReadCalendar, pasted: string): Promise<void> {
    const { t, lang } = pageLocals(res);
    if (read.faults.length > 0) {
      await renderCalendar(req, res.status(422), { errors: faultMessages(read, pasted, t), pasted });
      return;
    }
    const { calendar } = await known();
    res.render('administration/calendar-import', {
      years: importView(read.years, calendar, lang),
      doubts: read.doubts.map((doubt) => remarkWords(doubt, t)),
      text: calendarText(read.years),
    });
  }

  async function takeYears(req: Request, res: Response): Promise<void> {
    const text = typeof req.body.years === 'string' ? req.body.years : '';
    const { years } = await readCalendarTexts([{ name: '', text }]);
    // The text comes from our own page: what does not read was changed on its way.
    if (years.length === 0) throw new DomainError('INVALID_INPUT', { params: { because: 'unreadable' } });
    const actor = signedIn(req);
    const sum = await deps.keepCalendar.takeYears(years, actor);
    deps.log.info({ actor: actor.id, years: years.map(({ year }) => year) }, 'clocks.years-taken');
    toCalendar(res, sum);
  }

  async function setDay(req: Request, res: Response): Promise<void> {
    const { today } = await known();
    const day = toTownDay(parseForm(dayForm(today), req.body));
    const actor = signedIn(req);
    const sum = await deps.keepCalendar.setDay(day, actor);
    deps.log.info({ actor: actor.id, day: day.day, isWorking: day.isWorking }, 'clocks.day-set');
    toCalendar(res, sum);
  }

  async function showDayAgain(refusal: DomainError, req: Request, res: Response): Promise<void> {
    const names = Object.keys(dayFields(null));
    const fields = Object.fromEntries(names.map((name) => [name, String(req.body[name] ?? '')]));
    const errors = describeFields(refusal.fields, pageLocals(res).t, 'clocks:calendar.day');
    await renderCalendar(req, res.status(422), { errors, fields });
  }

  async function removeDay(req: Request, res: Response): Promise<void> {
    const day = String(req.params['day']);
    const isThere = isDay(day) && (await deps.calendar.townDays()).some((each) => each.day === day);
    if (!isThere) throw new DomainError('NOT_FOUND');
    const sum = await deps.keepCalendar.removeDay(day);
    deps.log.info({ actor: signedIn(req).id, day }, 'clocks.day-removed');
    toCalendar(res, sum);
  }
}

const toCalendar = (res: Response, sum: ReckoningSum): void =>
  res.redirect(303, `${HOME}?saved=yes&${inAddress(sum)}`);

const MOST_SHOWN = 20;

/** The faults of all files, at the field they came by. */
function faultMessages({ faults }: ReadCalendar, pasted: string, t: Translate): FieldMessage[] {
  const name = t('clocks:calendar.import.pasted');
  const shown = faults.slice(0, MOST_SHOWN).map((fault) => ({
    field: pasted.trim() !== '' && fault.file === name ? 'text' : 'files',
    message: remarkWords(fault, t),
  }));
  const left = faults.length - shown.length;
  return left > 0 ? [...shown, { field: 'files', message: t('clocks:file.more', { count: left }) }] : shown;
}

/** File, line, and what is wrong there. */
const remarkWords = ({ file, line, rule, params }: Remark<string>, t: Translate): string =>
  t(line === null ? 'clocks:file.at' : 'clocks:file.atLine', {
    file,
    line: line ?? 0,
    what: t(`clocks:file.rule.${rule}`, params),
  });
