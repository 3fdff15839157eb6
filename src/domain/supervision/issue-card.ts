import { workingDaysBetween } from '../clocks/working-calendar.ts';
import { dayOf, yearOf, type Day } from '../clocks/zoned-day.ts';
import type { TownTime } from '../clocks/matter-clock.ts';
import { DomainError } from '../domain-error.ts';
import { isSecret } from '../letters/letter.ts';
import { ANSWERED_STATES } from '../matters/lifecycle.ts';
import type { Matter, MatterEvent } from '../matters/matter.ts';
import { hasRight, mayRead, type Actor } from '../permissions/permissions.ts';
import { particularsOf, redact, suggestRedactions } from '../publication/redaction.ts';
import {
  isCardKind,
  type Card,
  type CardFacts,
  type CardKind,
  type CardState,
  type Deadline,
  type Order,
  type Told,
} from './card.ts';
import { namedDay } from './card-acts.ts';
import type { HandGround } from './order-grounds.ts';
import { deadline } from './deadline.ts';

/** A step of the ladder that is a document. */
export interface CardStep {
  readonly id: string;
  readonly kind: CardKind;
  readonly clockVersion: number;
  readonly event: MatterEvent;
}

/** The documents that a matter's history asks for, in order: all of them, so that none is lost with whoever was to hear of it. */
export function cardStepsOf({ id, history, origin }: Pick<Matter, 'id' | 'history' | 'origin'>): CardStep[] {
  if (origin) return [];
  return history.flatMap((event) => {
    const { what, step: kind, clockVersion } = event;
    if (what !== 'step' || clockVersion === undefined || !isCardKind(kind)) return [];
    return [{ id: `${id}/v${clockVersion}/${kind}`, kind, clockVersion, event }];
  });
}

/** Who had the matter when something happened; null: the office. */
export function unitAt({ history }: Pick<Matter, 'history'>, seq: number): string | null {
  let unit: string | null = null;
  for (const event of history) {
    if (event.seq > seq) break;
    if (event.what === 'assign') unit = event.unit ?? null;
    if (event.what === 'takeBack' || event.what === 'acceptReturn') unit = null;
  }
  return unit;
}

/** What must be looked up before a document can be written. */
export interface Issue {
  readonly sequence: number;
  /** The unit addressed. */
  readonly unit: string;
  readonly told: readonly Told[];
}

export const issueYear = (at: Date, zone: string): number => yearOf(dayOf(at, zone));

/** The document of a step of the ladder. */
export function cardOfStep(matter: Matter, step: CardStep, issue: Issue, time: TownTime): Card {
  const { event, kind, clockVersion } = step;
  const isOrder = kind === 'supervisionOrder';
  return newCard(matter, event.at, issue, time, {
    id: step.id,
    kind,
    clockVersion,
    by: event.by,
    dueOn: dueOnOf(matter, clockVersion),
    isCurrent: matter.clock.version === clockVersion,
    order: isOrder ? { ground: 'redCard', words: '' } : null,
    nextBy: nextByOf(kind, event.at, time),
  });
}

function nextByOf(kind: CardKind, at: Date, time: TownTime): Deadline | null {
  if (kind === 'urgingNotice') return null;
  const { answerOrder, appeal } = time.policy;
  return deadline(kind === 'supervisionOrder' ? answerOrder : appeal, at, time);
}

export interface HandOrder {
  readonly id: string;
  readonly ground: HandGround;
  readonly words: string;
  readonly answerBy: Day;
}

/** Whether this person may order the unit of a matter to answer. Letters of former years are history. */
export const mayOrder = (matter: Matter, actor: Actor): boolean =>
  hasRight(actor, 'superviseCards') && mayRead(actor, matter) && matter.origin === null;

/** 督办 by hand: with a ground, in the supervisor's words, to be answered by a day. */
export function orderByHand(
  matter: Matter,
  input: HandOrder,
  issue: Issue,
  actor: Actor,
  now: Date,
  time: TownTime,
): Card {
  if (!mayOrder(matter, actor)) throw new DomainError('FORBIDDEN');
  return newCard(matter, now, issue, time, {
    id: input.id,
    kind: 'supervisionOrder',
    clockVersion: null,
    by: { id: actor.id, name: actor.name, role: actor.role, unit: actor.unit },
    dueOn: matter.clock.reply.dueOn,
    isCurrent: true,
    order: { ground: input.ground, words: input.words },
    nextBy: namedDay(input.answerBy, now, time),
  });
}

interface NewCard {
  readonly id: string;
  readonly kind: CardKind;
  readonly clockVersion: number | null;
  readonly by: MatterEvent['by'];
  readonly dueOn: Day;
  /** The clock still stands as it did at issue. */
  readonly isCurrent: boolean;
  readonly order: Order | null;
  readonly nextBy: Deadline | null;
}

function newCard(matter: Matter, at: Date, issue: Issue, { calendar }: TownTime, given: NewCard): Card {
  const issuedOn = dayOf(at, calendar.zone);
  const state: CardState = given.order ? 'awaitingAnswer' : 'issued';
  const { reply, adjustments } = matter.clock;
  const facts: CardFacts = {
    title: titleOf(matter),
    receivedAt: matter.letter.receivedAt,
    assignedAt: assignedAt(matter, at, issue.unit),
    limit: reply.limit,
    startedOn: reply.startedOn,
    dueOn: given.dueOn,
    arithmetic: given.isCurrent ? reply.arithmetic : [],
    isProvisional: given.isCurrent && reply.isProvisional,
    adjustments: adjustments.slice(0, given.clockVersion === null ? undefined : given.clockVersion - 1),
    daysLate: workingDaysBetween(given.dueOn, answeredBefore(issuedOn, matter, calendar.zone), calendar),
    told: issue.told,
  };
  return {
    id: given.id,
    version: 1,
    kind: given.kind,
    number: { year: issueYear(at, calendar.zone), sequence: issue.sequence },
    matterId: matter.id,
    matterNumber: matter.number,
    isSecret: isSecret(matter.letter),
    accused: matter.accused,
    unit: issue.unit,
    issuedAt: at,
    issuedOn,
    clockVersion: given.clockVersion,
    facts,
    order: given.order,
    state,
    nextBy: given.nextBy,
    history: [{ seq: 1, what: 'issue', at, by: given.by, from: state, to: state, text: '' }],
  };
}

/** The due day of a version of the clock: every later version left the day before it on file. */
const dueOnOf = ({ clock }: Matter, version: number): Day =>
  clock.adjustments[version - 1]?.before ?? clock.reply.dueOn;

function titleOf({ letter }: Matter): string | null {
  if (isSecret(letter)) return null;
  return redact(letter.title, suggestRedactions(letter.title, particularsOf([letter.writer])));
}

const assignedAt = ({ history }: Matter, at: Date, unit: string): Date | null =>
  history.findLast((event) => event.what === 'assign' && event.unit === unit && event.at <= at)?.at ?? null;

/** The day of the answer that stands, or the day of issue when there was none by then. */
function answeredBefore(issuedOn: Day, { state, answer }: Matter, zone: string): Day {
  const answeredOn = answer && ANSWERED_STATES.includes(state) ? dayOf(answer.answeredAt, zone) : issuedOn;
  return answeredOn < issuedOn ? answeredOn : issuedOn;
}
