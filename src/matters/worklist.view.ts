import type { WorkingCalendar } from '../domain/clocks/working-calendar.ts';
import type { Unit } from '../domain/directory/directory.ts';
import type { Language } from '../domain/bilingual.ts';
import { isSecret } from '../domain/letters/letter.ts';
import { hasRight, type Actor } from '../domain/permissions/permissions.ts';
import { redact, suggestRedactions } from '../domain/publication/redaction.ts';
import { dueView } from './due.ts';
import type { MatterSummary } from './matter-store.ts';
import { PER_PAGE, type Desk } from './worklist.ts';

interface Reader {
  readonly actor: Actor;
  readonly units: readonly Unit[];
  readonly lang: Language;
  readonly now: Date;
  readonly calendar: WorkingCalendar;
}

/** The desk as its page shows it. */
export function worklistView(desk: Desk, asked: { page: number; find: string }, reader: Reader) {
  const unitNames = namesOf(reader.units, reader.lang);
  const unit = desk.unit ?? '';
  const list = (tab: string, page: number) => listAddress({ tab, unit, page });
  return {
    tabs: desk.tabs.map(({ tab, count }) => ({
      key: tab.key,
      href: list(tab.key, 1),
      count,
      isHere: tab.key === desk.current.key,
    })),
    current: desk.current.key,
    rows: desk.items.map((item) =>
      rowView(item, reader, unitNames, listAddress({ tab: desk.current.key, unit, page: asked.page })),
    ),
    total: desk.total,
    page: asked.page,
    pages: Math.max(1, Math.ceil(desk.total / PER_PAGE)),
    base: list(desk.current.key, 1),
    cards: desk.cards && {
      ...desk.cards,
      href: list('cards', 1),
    },
    unitChoice:
      desk.unit === null
        ? null
        : {
            value: unit,
            options: reader.units.map(({ id }) => ({ value: id, label: unitNames.get(id) ?? id })),
          },
    find: asked.find,
  };
}

export const namesOf = (units: readonly Unit[], lang: Language): ReadonlyMap<string, string> =>
  new Map(units.map(({ id, name }) => [id, lang === 'en' ? name.en : name.zh]));

/** The address of a list: only what differs from its beginning is written. */
export function listAddress({ tab, unit, page }: { tab: string; unit: string; page: number }): string {
  const query = new URLSearchParams({
    ...(tab && { tab }),
    ...(unit && { unit }),
    ...(page > 1 && { page: String(page) }),
  }).toString();
  return query ? `/desk?${query}` : '/desk';
}

function rowView(
  item: MatterSummary,
  { actor, now, calendar }: Reader,
  unitNames: ReadonlyMap<string, string>,
  list: string,
) {
  const maySee = hasRight(actor, 'seeContactData');
  return {
    number: item.number,
    // The words of a secret letter stand on its own page only, where every look is recorded.
    title: isSecret(item) ? null : maySee ? item.title : redact(item.title, suggestRedactions(item.title)),
    kind: item.kind,
    href: `/desk/${encodeURIComponent(item.id)}?list=${encodeURIComponent(list)}`,
    state: item.state,
    unit: item.lead === null ? null : (unitNames.get(item.lead) ?? item.lead),
    receivedAt: item.receivedAt,
    due: dueView(item, item.state, now, calendar),
    card: item.card,
  };
}
