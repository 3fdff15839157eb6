import { Router, type Request, type RequestHandler, type Response } from 'express';
import Joi from 'joi';
import type { CredentialStore } from '../accounts/credential-store.ts';
import type { Passwords } from '../accounts/sign-in.ts';
import type { GetTownTimes } from '../clocks/get-town-times.ts';
import { dayOf } from '../domain/clocks/zoned-day.ts';
import { DomainError } from '../domain/domain-error.ts';
import type { NoticeStore } from '../notices/notice-store.ts';
import type { OutboxTrouble } from '../notices/outbox-troubles.ts';
import { describeFields, parseForm } from '../platform/http/form-errors.ts';
import { onForm } from '../platform/http/on-form.ts';
import { pageLocals } from '../platform/http/page-locals.ts';
import { needsRight, signedIn, signInFirst } from '../platform/http/signed-in.ts';
import type { Ids } from '../platform/ids.ts';
import { mailboxesRoutes } from './mailboxes.routes.ts';
import { makeAdminister, STAFF_ROLES, type Administer } from './administer.ts';
import {
  newPersonForm,
  parseRules,
  passwordOnlyForm,
  personForm,
  toPerson,
  toUnit,
  UNIT_KINDS,
  unitForm,
} from './administration-forms.ts';
import {
  overviewView,
  peopleView,
  personFields,
  routingView,
  rulesText,
  standInChoice,
  unitChoice,
  unitFields,
  unitsView,
} from './administration.view.ts';
import type { DirectoryStore } from './directory-store.ts';
import { jobsRoutes, type JobsDeps } from './jobs.routes.ts';

interface AdministrationDeps extends JobsDeps {
  readonly directory: DirectoryStore;
  readonly credentials: CredentialStore;
  readonly passwords: Passwords;
  readonly notices: Pick<NoticeStore, 'countByState'>;
  readonly outboxTroubles: readonly OutboxTrouble[];
  readonly getTownTimes: GetTownTimes;
  readonly ids: Ids;
}

type Context = AdministrationDeps & { readonly administer: Administer };

const HOME = '/administration';

export function administrationRoutes(deps: AdministrationDeps): Router {
  const router = Router();
  const context: Context = { ...deps, administer: makeAdminister(deps) };
  router.use(HOME, signInFirst, needsRight('administer'));
  router.get(HOME, showOverview(context));
  router.get(`${HOME}/units`, showUnits(context));
  router.get(`${HOME}/units/:id`, showUnit(context));
  router.post(`${HOME}/units/:id`, saveUnit(context));
  router.get(`${HOME}/people`, showPeople(context));
  router.get(`${HOME}/people/:id`, showPerson(context));
  router.post(`${HOME}/people/:id`, savePerson(context));
  router.post(`${HOME}/people/:id/password`, savePassword(context));
  router.get(`${HOME}/routing`, showRouting(context));
  router.post(`${HOME}/routing`, saveRouting(context));
  router.use(jobsRoutes(deps));
  router.use(mailboxesRoutes(context));
  return router;
}

/** The last part of the address of a form for something that is not there yet. */
const NEW = 'new';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const idOf = (req: Request): string => textOf(req.params['id']);
const isDone = (req: Request): boolean => req.query['done'] === 'yes';

const showOverview =
  ({ directory, notices, outboxTroubles, scheduler, getTownTimes, clock }: Context): RequestHandler =>
  async (_req, res) => {
    const [town, units, people, rules, counts, jobs] = await Promise.all([
      directory.town(),
      directory.units(),
      directory.people(),
      directory.routingRules(),
      notices.countByState(),
      scheduler.state(),
    ]);
    const now = { times: await getTownTimes(), now: clock.now(), lang: pageLocals(res).lang };
    const facts = { town, units, people, rules, notices: counts, outboxTroubles, jobs, ...now };
    res.render('administration/overview', overviewView(facts));
  };

const showUnits =
  ({ directory }: Context): RequestHandler =>
  async (req, res) => {
    const [units, people] = await Promise.all([directory.units(), directory.people()]);
    res.render('administration/units', {
      ...unitsView(units, people, pageLocals(res).lang),
      isDone: isDone(req),
    });
  };

const showUnit =
  ({ directory }: Context): RequestHandler =>
  async (req, res) => {
    const id = idOf(req);
    const unit = (await directory.units()).find((each) => each.id === id);
    if (!unit && id !== NEW) throw new DomainError('NOT_FOUND');
    res.render('administration/unit', {
      fields: unit ? unitFields(unit) : {},
      isNew: !unit,
      kinds: UNIT_KINDS,
    });
  };

const saveUnit = ({ administer, log }: Context): RequestHandler =>
  onForm(
    async (req, res) => {
      const isNew = idOf(req) === NEW;
      const unit = toUnit(parseForm(unitForm, isNew ? req.body : { ...req.body, id: idOf(req) }));
      await (isNew ? administer.addUnit(unit) : administer.changeUnit(unit));
      log.info({ actor: signedIn(req).id, unit: unit.id }, 'directory.unit-saved');
      res.redirect(303, `${HOME}/units?done=yes`);
    },
    (refusal, req, res) => {
      const isNew = idOf(req) === NEW;
      const errors = describeFields(refusal.fields, pageLocals(res).t, 'administration:unit');
      const fields = isNew ? typed(req) : { ...typed(req), id: idOf(req) };
      res.status(422).render('administration/unit', { fields, isNew, kinds: UNIT_KINDS, errors });
    },
  );

const peopleQuery = Joi.object<{ unit: string; page: number }>({
  unit: Joi.string().max(60).allow('').default(''),
  page: Joi.number().integer().min(1).max(10_000).default(1),
});

const showPeople =
  ({ directory, getTownTimes, clock }: Context): RequestHandler =>
  async (req, res) => {
    const asked = parseForm(peopleQuery, req.query);
    const [people, units] = await Promise.all([directory.people(), directory.units()]);
    const today = dayOf(clock.now(), (await getTownTimes()).calendar.zone);
    const view = peopleView(people, units, asked, today, pageLocals(res).lang);
    res.render('administration/people', { ...view, isDone: isDone(req) });
  };

const showPerson =
  (context: Context): RequestHandler =>
  async (req, res) => {
    const id = idOf(req);
    const person = await context.directory.person(id);
    if (!person && id !== NEW) throw new DomainError('NOT_FOUND');
    await renderPerson(context, req, res, person ? personFields(person) : {});
  };

async function renderPerson(
  context: Context,
  req: Request,
  res: Response,
  fields: object,
  refusal: DomainError | null = null,
): Promise<void> {
  if (refusal) {
    res.locals.errors = describeFields(refusal.fields, pageLocals(res).t, 'administration:person');
    res.status(422);
  }
  const id = idOf(req);
  const { lang } = pageLocals(res);
  const units = await context.directory.units();
  res.render('administration/person', {
    fields,
    address: `${HOME}/people/${encodeURIComponent(id)}`,
    isNew: id === NEW,
    units: unitChoice(units, lang),
    roles: STAFF_ROLES,
    standIns: standInChoice(await context.directory.people(), units, id, lang),
  });
}

const savePerson = (context: Context): RequestHandler =>
  onForm(
    async (req, res) => {
      const { administer, ids, log } = context;
      const isNew = idOf(req) === NEW;
      const id = isNew ? ids.next() : idOf(req);
      if (isNew) {
        const form = parseForm(newPersonForm, req.body);
        await administer.addPerson(toPerson(id, form), form.password);
      } else await administer.changePerson(toPerson(id, parseForm(personForm, req.body)), signedIn(req));
      log.info({ actor: signedIn(req).id, person: id }, 'directory.person-saved');
      res.redirect(303, `${HOME}/people?done=yes`);
    },
    async (refusal, req, res) => {
      await renderPerson(context, req, res, typed(req), refusal);
    },
  );

const savePassword = (context: Context): RequestHandler =>
  onForm(
    async (req, res) => {
      const { password } = parseForm(passwordOnlyForm, req.body);
      await context.administer.setPassword(idOf(req), password);
      context.log.info({ actor: signedIn(req).id, person: idOf(req) }, 'directory.password-set');
      res.redirect(303, `${HOME}/people?done=yes`);
    },
    async (refusal, req, res) => {
      const person = await context.directory.person(idOf(req));
      if (!person) throw new DomainError('NOT_FOUND');
      await renderPerson(context, req, res, personFields(person), refusal);
    },
  );

const showRouting =
  (context: Context): RequestHandler =>
  async (req, res) => {
    await renderRouting(context, req, res, rulesText(await context.directory.routingRules()));
  };

async function renderRouting(context: Context, req: Request, res: Response, text: string): Promise<void> {
  const [rules, units] = await Promise.all([context.directory.routingRules(), context.directory.units()]);
  const view = routingView(rules, units, pageLocals(res).lang);
  res.render('administration/routing', { ...view, text, isDone: isDone(req) });
}

const saveRouting = (context: Context): RequestHandler =>
  onForm(
    async (req, res) => {
      await context.administer.changeRoutingRules(parseRules(req.body.rules));
      context.log.info({ actor: signedIn(req).id }, 'directory.routing-saved');
      res.redirect(303, `${HOME}/routing?done=yes`);
    },
    async (refusal, req, res) => {
      const { t } = pageLocals(res);
      // Every fault lies in the one field; its place in the table is said in words.
      res.locals.errors = refusal.fields.flatMap((each) => {
        const place = Number(each.field.split('.')[1] ?? Number.NaN) + 1;
        return describeFields([each], t, 'administration:routing').map(({ message }) => ({
          field: 'rules',
          message: place > 0 ? t('administration:routing.at', { place, message }) : message,
        }));
      });
      res.status(422);
      await renderRouting(context, req, res, textOf(req.body.rules));
    },
  );

/** What was typed, for the form to show again; a password is typed anew. */
const typed = (req: Request): Record<string, string> =>
  Object.fromEntries(
    Object.entries(req.body).flatMap(([key, value]) =>
      typeof value === 'string' && key !== 'password' ? [[key, value]] : [],
    ),
  );
