import { DomainError } from '../domain/domain-error.ts';
import { OPEN_STATES, type MatterState } from '../domain/matters/lifecycle.ts';
import { cardOf } from '../domain/matters/advance-clock.ts';
import type { Matter } from '../domain/matters/matter.ts';
import { hasRight, mayRead, type Actor, type Role } from '../domain/permissions/permissions.ts';
import type { FactStore } from '../statistics/fact-store.ts';
import type { MatterStore, MatterSummary, Worklist } from './matter-store.ts';

/** A tab of a desk: the states it gathers, or the matters with a card. */
export interface WorklistTab {
  readonly key: string;
  readonly states: readonly MatterState[];
  readonly shows: 'states' | 'cards' | 'awaitsPublication';
  readonly order: Worklist['order'];
}

const tab = (key: string, states: readonly MatterState[], patch: Partial<WorklistTab> = {}): WorklistTab => ({
  key,
  states,
  shows: 'states',
  order: 'dueFirst',
  ...patch,
});

const CARDS = tab('cards', OPEN_STATES, { shows: 'cards' });
const OPEN = tab('open', OPEN_STATES);
const ANSWERED = tab('answered', ['answered'], { order: 'newestFirst' });
const ALL = tab('all', [], { order: 'newestFirst' });
const DECIDE = tab('decide', ['returnAsked', 'extensionAsked']);
const UNIT_TABS = {
  sign: tab('sign', ['assigned']),
  hand: tab('hand', ['signedFor', 'inHand', 'paused', 'returnAsked', 'extensionAsked']),
  drafts: tab('drafts', ['drafted']),
  review: tab('review', ['inReview']),
};
const OVERSEEING = [CARDS, OPEN, ANSWERED, ALL];

/** What lies on whose desk, most pressing first. */
const TABS: Readonly<Partial<Record<Role, readonly WorklistTab[]>>> = {
  dispatcher: [
    tab('sort', ['received', 'sorting']),
    tab('asked', ['asked']),
    DECIDE,
    tab('reopened', ['reopened']),
    tab('publish', ['answered', 'closed'], { shows: 'awaitsPublication' }),
    OPEN,
    ALL,
  ],
  handler: [UNIT_TABS.sign, UNIT_TABS.hand, UNIT_TABS.drafts, UNIT_TABS.review, ANSWERED, ALL],
  head: [UNIT_TABS.review, UNIT_TABS.sign, UNIT_TABS.hand, UNIT_TABS.drafts, ANSWERED, ALL],
  supervisor: [CARDS, tab('decide', ['extensionAsked']), OPEN, ANSWERED, ALL],
  leader: OVERSEEING,
  deputyLeader: OVERSEEING,
  auditor: [OPEN, ANSWERED, ALL],
};

export const tabsOf = (role: Role): readonly WorklistTab[] => TABS[role] ?? [];

export const PER_PAGE = 25;

export interface Desk {
  readonly tabs: readonly { readonly tab: WorklistTab; readonly count: number | null }[];
  readonly current: WorklistTab;
  readonly items: readonly MatterSummary[];
  readonly total: number;
  /** Null: the reader sees own matters only and has no units to choose from. */
  readonly unit: string | null;
  /** Null on desks without a tab for them. */
  readonly cards: { readonly yellow: number; readonly red: number } | null;
}

/** What a member of staff finds on the desk. @throws DomainError NOT_FOUND for a tab that is not theirs. */
export function makeOpenDesk(deps: { matters: MatterStore; facts: FactStore }) {
  return async (asked: { tab: string; unit: string; page: number }, actor: Actor): Promise<Desk> => {
    const tabs = tabsOf(actor.role);
    const wanted = tabs.find(({ key }) => key === asked.tab);
    if (asked.tab && !wanted) throw new DomainError('NOT_FOUND');
    const scope = scopeOf(actor, asked.unit);
    const hasCards = tabs.some(({ shows }) => shows === 'cards');
    const cards = hasCards ? await cardsOf(deps, scope) : NO_CARDS;
    const counts = await deps.matters.countByState(scope.unit, scope.withSecret, scope.notAccusing);
    const undecided = tabs.find(({ shows }) => shows === 'awaitsPublication');
    const unpublished = undecided ? (await page(deps.matters, undecided, scope, 1)).total : 0;
    const countOf = ({ shows, states }: WorklistTab): number | null => {
      if (shows === 'cards') return cards.ids.length;
      if (shows === 'awaitsPublication') return unpublished;
      return states.length === 0 ? null : states.reduce((sum, state) => sum + (counts.get(state) ?? 0), 0);
    };
    // Unless asked otherwise, the most pressing list that has something in it.
    const current = wanted ?? tabs.find((each) => (countOf(each) ?? 0) > 0) ?? tabs[0];
    if (!current) throw new DomainError('NOT_FOUND');
    const { items, total } =
      current.shows === 'cards'
        ? await pageOfCards(deps.matters, cards.ids, asked.page, actor)
        : await page(deps.matters, current, scope, asked.page);
    return {
      tabs: tabs.map((each) => ({ tab: each, count: countOf(each) })),
      current,
      items,
      total,
      unit: hasRight(actor, 'readAllMatters') ? asked.unit : null,
      cards: hasCards ? { yellow: cards.yellow, red: cards.red } : null,
    };
  };
}

interface Scope {
  readonly unit: string | null;
  readonly withSecret: boolean;
  readonly notAccusing: string | null;
}

/** Units see what is theirs; the store keeps secret letters from supporting units. */
function scopeOf(actor: Actor, askedUnit: string): Scope {
  // All units answer to the leader, who reads what is said of any of them.
  const notAccusing = actor.role === 'leader' ? null : actor.unit;
  if (hasRight(actor, 'readAllMatters')) {
    return { unit: askedUnit || null, withSecret: hasRight(actor, 'readSecretLetters'), notAccusing };
  }
  if (actor.unit === null) throw new DomainError('FORBIDDEN');
  return { unit: actor.unit, withSecret: true, notAccusing };
}

const page = (matters: MatterStore, { states, shows, order }: WorklistTab, scope: Scope, number: number) =>
  matters.list({
    ...scope,
    states,
    order,
    awaitsPublication: shows === 'awaitsPublication',
    page: number,
    perPage: PER_PAGE,
  });

const NO_CARDS = { red: 0, yellow: 0, ids: [] };

/** Open matters with a card, red before yellow and the longest due first. */
async function cardsOf({ facts }: { facts: FactStore }, { unit, withSecret }: Scope) {
  const open = (await facts.openNow()).filter(
    (fact) =>
      fact.card !== null &&
      OPEN_STATES.includes(fact.state) &&
      (unit === null || fact.unit === unit) &&
      (withSecret || fact.kind !== 'report'),
  );
  const red = open.filter(({ card }) => card === 'red');
  const yellow = open.filter(({ card }) => card === 'yellow');
  const byDue = (list: typeof open) =>
    list.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime()).map(({ id }) => id);
  return { red: red.length, yellow: yellow.length, ids: [...byDue(red), ...byDue(yellow)] };
}

async function pageOfCards(matters: MatterStore, ids: readonly string[], number: number, actor: Actor) {
  const wanted = ids.slice((number - 1) * PER_PAGE, number * PER_PAGE);
  const found = await Promise.all(wanted.map((id) => matters.byId(id)));
  const items = found.flatMap((matter) => (matter && mayRead(actor, matter) ? [summaryOf(matter)] : []));
  return { items, total: ids.length };
}

const summaryOf = (matter: Matter): MatterSummary => ({
  id: matter.id,
  number: matter.number,
  title: matter.letter.title,
  kind: matter.letter.kind,
  receivedAt: matter.letter.receivedAt,
  state: matter.state,
  lead: matter.lead,
  handler: matter.handler,
  dueAt: matter.clock.reply.dueAt,
  dueOn: matter.clock.reply.dueOn,
  isProvisional: matter.clock.reply.isProvisional,
  card: cardOf(matter),
  overall: matter.rating?.overall ?? null,
});
