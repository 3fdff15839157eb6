import { missingYear } from '../clocks/check-calendar.ts';
import type { TownTimes } from '../domain/clocks/town-times.ts';
import { dayOf, yearOf, type Day } from '../domain/clocks/zoned-day.ts';
import type { Person, Town, Unit } from '../domain/directory/directory.ts';
import { isAway } from '../domain/directory/stand-in.ts';
import { inLanguage, type Language } from '../domain/bilingual.ts';
import type { RoutingRule } from '../domain/routing/suggest-units.ts';
import { NOTICE_STATES, type Notice } from '../notices/notice.ts';
import type { OutboxTrouble } from '../notices/outbox-troubles.ts';
import type { JobState } from '../platform/job-runs-store.ts';
import { troubled } from './jobs.view.ts';

const YEARS_SHOWN = 3;

/** The administrator's first page: how things stand. */
export function overviewView(facts: {
  readonly town: Town | null;
  readonly units: readonly Unit[];
  readonly people: readonly Person[];
  readonly rules: readonly RoutingRule[];
  readonly notices: ReadonlyMap<Notice['state'], number>;
  readonly outboxTroubles: readonly OutboxTrouble[];
  readonly jobs: readonly JobState[];
  readonly times: TownTimes;
  readonly now: Date;
  readonly lang: Language;
}) {
  const { calendar, policyOn } = facts.times;
  const isDemonstration = facts.town?.isDemonstration ?? false;
  const today = dayOf(facts.now, calendar.zone);
  const thisYear = yearOf(today);
  return {
    mailboxes: facts.town?.mailboxes?.length ?? 0,
    units: facts.units.length,
    people: facts.people.length,
    rules: facts.rules.length,
    jobs: facts.jobs.length,
    troubled: troubled(facts.jobs, facts.now),
    isDemonstration,
    // Nothing of a demonstration leaves it, whatever is set.
    outboxTroubles: isDemonstration ? [] : facts.outboxTroubles,
    outbox: NOTICE_STATES.map((state) => ({ state, count: facts.notices.get(state) ?? 0 })),
    years: calendar.years.filter((year) => year > thisYear - YEARS_SHOWN),
    nextYear: thisYear + 1,
    isNextYearKnown: calendar.years.includes(thisYear + 1),
    policy: inLanguage(facts.lang, policyOn(today).name),
    missing: missingYear(today, calendar.years),
  };
}

const sideOf = (lang: Language) => (lang === 'en' ? 'en' : 'zh');

/** The first mailbox has its name only; the others an id beside it. */
export const mailboxesView = (town: Town | null, lang: Language) => ({
  first: town?.mailbox[sideOf(lang)] ?? '',
  rows: (town?.mailboxes ?? []).map(({ id, name }) => ({ id, zh: name.zh, en: name.en })),
});

export const unitsView = (units: readonly Unit[], people: readonly Person[], lang: Language) => ({
  rows: units.map(({ id, name, kind, phone }) => ({
    id,
    name: name[sideOf(lang)],
    kind,
    phone,
    people: people.filter(({ unit }) => unit === id).length,
    href: `/administration/units/${encodeURIComponent(id)}`,
  })),
});

/** A unit as its form's fields. */
export const unitFields = (unit: Unit) => ({
  id: unit.id,
  'name.zh': unit.name.zh,
  'name.en': unit.name.en,
  kind: unit.kind,
  'duties.zh': unit.duties.zh,
  'duties.en': unit.duties.en,
  phone: unit.phone,
  'address.zh': unit.address.zh,
  'address.en': unit.address.en,
});

export const PEOPLE_PER_PAGE = 50;

export function peopleView(
  people: readonly Person[],
  units: readonly Unit[],
  asked: { unit: string; page: number },
  today: Day,
  lang: Language,
) {
  const side = sideOf(lang);
  const awayOn = ({ absence }: Person) =>
    absence && isAway({ absence }, today)
      ? {
          to: absence.to,
          standIn: people.find(({ id }) => id === absence.standIn)?.name[side] ?? absence.standIn,
        }
      : null;
  const names = new Map(units.map(({ id, name }) => [id, name[side]]));
  const chosen = asked.unit ? people.filter(({ unit }) => unit === asked.unit) : people;
  const from = (asked.page - 1) * PEOPLE_PER_PAGE;
  return {
    unit: asked.unit,
    units: unitChoice(units, lang),
    total: chosen.length,
    page: asked.page,
    pages: Math.max(1, Math.ceil(chosen.length / PEOPLE_PER_PAGE)),
    base: asked.unit
      ? `/administration/people?unit=${encodeURIComponent(asked.unit)}`
      : '/administration/people',
    rows: chosen.slice(from, from + PEOPLE_PER_PAGE).map((person) => ({
      name: person.name[side],
      username: person.username,
      role: person.role,
      unit: names.get(person.unit) ?? person.unit,
      away: awayOn(person),
      href: `/administration/people/${encodeURIComponent(person.id)}`,
    })),
  };
}

export const unitChoice = (units: readonly Unit[], lang: Language) =>
  units.map(({ id, name }) => ({ value: id, label: name[sideOf(lang)] }));

/** Who can stand in for somebody: everybody else, with their unit, since names repeat. */
export function standInChoice(people: readonly Person[], units: readonly Unit[], id: string, lang: Language) {
  const side = sideOf(lang);
  const names = new Map(units.map((unit) => [unit.id, unit.name[side]]));
  return people
    .filter((person) => person.id !== id)
    .map((person) => ({
      value: person.id,
      label: `${person.name[side]} · ${names.get(person.unit) ?? person.unit}`,
    }));
}

/** A person as their form's fields; never a password. */
export const personFields = (person: Person) => ({
  username: person.username,
  'name.zh': person.name.zh,
  'name.en': person.name.en,
  'post.zh': person.post.zh,
  'post.en': person.post.en,
  role: person.role,
  unit: person.unit,
  phone: person.phone,
  mail: person.mail,
  'away.from': person.absence?.from ?? '',
  'away.to': person.absence?.to ?? '',
  'away.standIn': person.absence?.standIn ?? '',
});

export function routingView(rules: readonly RoutingRule[], units: readonly Unit[], lang: Language) {
  const names = new Map(units.map(({ id, name }) => [id, name[sideOf(lang)]]));
  return {
    rows: rules.map(({ id, any, all = [], unless = [], unit }) => ({
      id,
      any: [...any],
      all: [...all],
      unless: [...unless],
      unit: names.get(unit) ?? unit,
    })),
    units: units.map(({ id, name }) => ({ id, name: name[sideOf(lang)] })),
  };
}

/** One rule a line: short enough to read, and its order is its meaning. */
export const rulesText = (rules: readonly RoutingRule[]): string =>
  rules.length === 0 ? '[]' : `[\n${rules.map((rule) => `  ${JSON.stringify(rule)}`).join(',\n')}\n]`;
