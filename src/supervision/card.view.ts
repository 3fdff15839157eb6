import { inLanguage, type Bilingual, type Language } from '../domain/bilingual.ts';
import type { WorkingCalendar } from '../domain/clocks/working-calendar.ts';
import type { DomainErrorCode } from '../domain/domain-error.ts';
import type { Actor } from '../domain/permissions/permissions.ts';
import { isAppealInTime } from '../domain/supervision/card-acts.ts';
import { allowedCardActions } from '../domain/supervision/card-lifecycle.ts';
import { cardAddress } from '../domain/supervision/card-number.ts';
import type { Card, CardAction, CardEvent, CardFacts, Deadline } from '../domain/supervision/card.ts';
import { daysLeft } from '../matters/due.ts';
import { namesOf } from '../matters/worklist.view.ts';
import { wordsFor } from '../matters/wording.ts';
import type { CardFile } from './open-card.ts';

export interface CardReader {
  readonly actor: Actor;
  readonly lang: Language;
  readonly calendar: WorkingCalendar;
}

/** A form that came back: what was typed into it, and why it was not taken. */
export interface RefusedAct {
  readonly action: CardAction;
  readonly typed: Readonly<Record<string, unknown>>;
  readonly code: DomainErrorCode;
}

export const cardHref = (card: Pick<Card, 'kind' | 'number'>): string =>
  `/supervision/cards/${cardAddress(card)}`;

/** A document as its page shows it to one reader. */
export function cardView(file: CardFile, reader: CardReader, refused: RefusedAct | null) {
  const { card, matter } = file;
  const { actor, lang } = reader;
  const say = (both: Bilingual): string => inLanguage(lang, both);
  const unitNames = namesOf(file.units, lang);
  const unit = (id: string): string => unitNames.get(id) ?? id;
  const words = matter ? wordsFor(actor, matter.letter.writer) : (text: string) => text;
  const people = new Map(file.people.map(({ id, name }) => [id, say(name)]));
  const who = ({ id, name, role, unit: of }: CardEvent['by']) => ({
    role,
    name: role === 'clock' ? null : (people.get(id) ?? name),
    unit: of === null ? null : unit(of),
  });
  const [issued, ...since] = card.history;
  return {
    address: cardHref(card),
    version: card.version,
    kind: card.kind,
    number: { ...card.number },
    state: card.state,
    isSecret: card.isSecret,
    head: { town: file.town ? say(file.town.name) : '', mailbox: file.town ? say(file.town.mailbox) : '' },
    unit: unit(card.unit),
    matter: {
      number: card.matterNumber,
      href: file.mayOpenMatter ? `/desk/${encodeURIComponent(card.matterId)}` : null,
    },
    issuedAt: card.issuedAt,
    issuedOn: card.issuedOn,
    issuer: issued && issued.by.role !== 'clock' ? who(issued.by) : null,
    order: card.order && { ground: card.order.ground, words: words(card.order.words) },
    facts: factsView(card.facts, card, say, unit),
    next: card.nextBy && deadlineView(card.nextBy, file.now, reader.calendar),
    history: since.map(({ what, at, by, text }) => ({ what, at, by: who(by), text: words(text) })),
    // Last said by the supervisor: it stands on the document itself.
    withdrawn: withdrawnView(card, words),
    buttons: cardButtons(card, actor, file.now, refused),
  };
}

function factsView(
  facts: CardFacts,
  card: Card,
  say: (both: Bilingual) => string,
  unit: (id: string) => string,
) {
  return {
    title: facts.title,
    receivedAt: facts.receivedAt,
    assignedAt: facts.assignedAt,
    limit: { ...facts.limit },
    startedOn: facts.startedOn,
    dueOn: facts.dueOn,
    isDue: card.issuedOn >= facts.dueOn,
    daysLate: facts.daysLate,
    isProvisional: facts.isProvisional,
    counted: facts.arithmetic.reduce((sum, span) => sum + (span.isCounted ? span.days : 0), 0),
    spans: facts.arithmetic.map(({ name, ...span }) => ({ ...span, festival: name && say(name) })),
    adjustments: facts.adjustments.map((each) => ({ ...each })),
    told: facts.told.map((each) => ({ role: each.role, unit: unit(each.unit), post: say(each.post) })),
  };
}

function withdrawnView({ state, history }: Card, words: (text: string) => string) {
  const event = state === 'withdrawn' ? history.at(-1) : undefined;
  return event ? { at: event.at, text: words(event.text) } : null;
}

/** Until when somebody should say the next word. */
export const deadlineView = ({ on, at }: Deadline, now: Date, calendar: WorkingCalendar) => ({
  on,
  at,
  days: daysLeft(on, at, now, calendar),
});

/** Actions that cannot be taken back by the next press. */
const WEIGHTY: readonly CardAction[] = ['uphold', 'withdraw', 'close'];
const NAMES_A_DAY: readonly CardAction[] = ['sendBack'];

/** The forms of the page: what the table allows, less what is too late by now, which is said instead. */
function cardButtons(card: Card, actor: Actor, now: Date, refused: RefusedAct | null) {
  return allowedCardActions(card, actor).map((name) => ({
    name,
    address: `${cardHref(card)}/${name}`,
    isWeighty: WEIGHTY.includes(name),
    namesADay: NAMES_A_DAY.includes(name),
    isOpen: refused?.action === name,
    obstacle: name === 'appeal' && !isAppealInTime(card, now) ? ('APPEAL_TOO_LATE' as const) : null,
    typed: refused?.action === name ? typedText(refused) : { text: '', answerBy: '' },
  }));
}

export const typedText = ({ typed }: Pick<RefusedAct, 'typed'>) => ({
  text: textOf(typed['text']),
  answerBy: textOf(typed['answerBy']),
});

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
