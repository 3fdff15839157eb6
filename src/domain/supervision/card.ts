import type { Bilingual } from '../bilingual.ts';
import type { CountedSpan, TimeLimit } from '../clocks/due-date.ts';
import type { LadderStep, Recipient } from '../clocks/ladder.ts';
import type { ClockAdjustment } from '../clocks/matter-clock.ts';
import type { Day } from '../clocks/zoned-day.ts';
import type { EventActor } from '../matters/matter.ts';
import type { OrderGround } from './order-grounds.ts';

/** 黄牌, 红牌, 催办通知书, 督办单: the steps of the ladder that are documents. */
export const CARD_KINDS = [
  'yellowCard',
  'redCard',
  'urgingNotice',
  'supervisionOrder',
] as const satisfies readonly LadderStep[];
export type CardKind = (typeof CARD_KINDS)[number];

export const isCardKind = (text: string | undefined): text is CardKind =>
  CARD_KINDS.some((kind) => kind === text);

/** A card or notice is issued, perhaps appealed against; an order waits for the unit's answer, then for the supervisor. */
export const CARD_STATES = [
  'issued',
  'appealed',
  'upheld',
  'awaitingAnswer',
  'answered',
  'closed',
  'withdrawn',
] as const;
export type CardState = (typeof CARD_STATES)[number];

export const CARD_ACTIONS = [
  'explain',
  'appeal',
  'uphold',
  'withdraw',
  'answer',
  'sendBack',
  'close',
] as const;
export type CardAction = (typeof CARD_ACTIONS)[number];

/** A running number for each kind and year, as in 黄牌〔2026〕12号. A number may be missing, none is given twice. */
export interface CardNumber {
  readonly year: number;
  readonly sequence: number;
}

/** One line of what happened to a document. Appended, never edited. */
export interface CardEvent {
  /** 1, 2, 3 … ; the version the document has after it. */
  readonly seq: number;
  readonly what: 'issue' | CardAction;
  readonly at: Date;
  readonly by: EventActor;
  readonly from: CardState;
  readonly to: CardState;
  /** Words typed with it: an explanation, grounds, reasons. */
  readonly text: string;
}

/** Somebody who was told of it, by what they were then. */
export interface Told {
  readonly role: Recipient;
  readonly unit: string;
  readonly post: Bilingual;
}

/** The facts as they stood when it was issued; what becomes of the matter afterwards does not change them. */
export interface CardFacts {
  /** Without the writer's particulars; null for a secret letter, of which no words leave its own page. */
  readonly title: string | null;
  readonly receivedAt: Date;
  /** When the unit was handed the matter; null for the office, which had it from the beginning. */
  readonly assignedAt: Date | null;
  readonly limit: TimeLimit;
  readonly startedOn: Day;
  readonly dueOn: Day;
  /** The sum that led to `dueOn`; empty where the clock had moved on before the document was written. */
  readonly arithmetic: readonly CountedSpan[];
  readonly isProvisional: boolean;
  readonly adjustments: readonly ClockAdjustment[];
  /** Working days after the due day, up to the answer if there was one, else up to issue. */
  readonly daysLate: number;
  readonly told: readonly Told[];
}

/** 督办: what the unit must answer in writing. */
export interface Order {
  readonly ground: OrderGround;
  readonly words: string;
}

/** A numbered document about one matter and one unit, with its history inside. */
export interface Card {
  /** `matter/v1/redCard` of a step of the ladder, which is issued once; a random one when issued by hand. */
  readonly id: string;
  /** Rises by one with every change; a change is written only over the version it was made from. */
  readonly version: number;
  readonly kind: CardKind;
  readonly number: CardNumber;
  readonly matterId: string;
  readonly matterNumber: string;
  /** Of a 举报 letter: read by its readers only, and never by a unit it accuses. */
  readonly isSecret: boolean;
  readonly accused: readonly string[];
  /** The unit addressed. */
  readonly unit: string;
  readonly issuedAt: Date;
  readonly issuedOn: Day;
  /** Null when issued by hand. */
  readonly clockVersion: number | null;
  readonly facts: CardFacts;
  readonly order: Order | null;
  readonly state: CardState;
  /** Until when whoever has the next word should say it: an appeal, the decision on it, an answer. Null: no one has to. */
  readonly nextBy: Deadline | null;
  readonly history: readonly CardEvent[];
}

export interface Deadline {
  readonly on: Day;
  /** Close of business on that day. */
  readonly at: Date;
}

/** A change as it is written. */
export interface CardChange {
  readonly before: Card;
  readonly card: Card;
  readonly event: CardEvent;
}
