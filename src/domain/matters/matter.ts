import type { MatterClock } from '../clocks/matter-clock.ts';
import type { LadderStep } from '../clocks/ladder.ts';
import type { Letter } from '../letters/letter.ts';
import type { Role } from '../permissions/permissions.ts';
import type { ReplyRound } from '../replies/reply-rounds.ts';
import type { RedactionSpan } from '../publication/redaction.ts';
import type { UnitSuggestion } from '../routing/suggest-units.ts';
import type { Judgement } from '../repeats/judgement.ts';
import type { RepeatKind } from '../repeats/repeat-kind.ts';
import type { TopicGuess } from '../routing/topics.ts';
import type { Resolution } from './resolution.ts';
import type { ActionName, MatterState } from './lifecycle.ts';
import type { RefusalGround } from './refusal-grounds.ts';

/** The answer as the citizen gets it: the text of the approved reply round. */
export interface Answer {
  readonly text: string;
  /** Finds an answer that was sent to a second matter. */
  readonly fingerprint: string;
  readonly resolution: Resolution;
  readonly unit: string;
  readonly round: number;
  readonly approvedBy: string;
  readonly answeredAt: Date;
  readonly isOnTime: boolean;
}

/** The office's side of publication, with the spans that are blacked out in the copy everyone may read. */
export interface PublicationDecision {
  readonly isPublished: boolean;
  readonly decidedAt: Date;
  readonly decidedBy: string;
  readonly reason: string;
  readonly title: readonly RedactionSpan[];
  readonly body: readonly RedactionSpan[];
  readonly answer: readonly RedactionSpan[];
}

/** 评价 of an answer; the first one stands. */
export interface Rating {
  readonly overall: 1 | 2 | 3 | 4 | 5;
  readonly solved: 'yes' | 'partly' | 'no';
  readonly words: string;
  readonly at: Date;
}

/** 一并答复: the answer of the primary as it counts for one joined letter. The text stays with the primary. */
export interface SharedAnswer {
  /** Id of the matter that was answered. */
  readonly primary: string;
  readonly number: string;
  readonly round: number;
  readonly unit: string;
  readonly resolution: Resolution;
  /** When this letter had the answer: when it was given, or when the letter was joined to it afterwards. */
  readonly answeredAt: Date;
  /** By the hour on which this letter itself was due. */
  readonly isOnTime: boolean;
  /** As it ran when the answer stopped it; it runs on from here when the letter is separated. */
  readonly clock: MatterClock;
}

/** A matter that a person looked at and found to be another one. */
export interface HeldOut {
  readonly other: string;
  readonly number: string;
  readonly by: string;
  readonly at: Date;
}

/** What the office may tell a citizen it cannot accept, and where to turn instead. */
export interface Refusal {
  readonly ground: RefusalGround;
  readonly text: string;
  readonly at: Date;
}

export interface EventActor {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly unit: string | null;
}

/** One line of a matter's history. Appended, never edited. */
export interface MatterEvent {
  /** 1, 2, 3 … within the matter; the version the matter has after it. */
  readonly seq: number;
  /** `reckon`: the clock was reckoned anew because calendar or policy changed. `withdrawCard`: a card was taken back. */
  readonly what: 'open' | 'step' | 'reckon' | 'withdrawCard' | ActionName;
  readonly at: Date;
  readonly by: EventActor;
  readonly from: MatterState;
  readonly to: MatterState;
  /** Words typed with it: a question, a ground, a note, a comment. */
  readonly text?: string;
  readonly unit?: string;
  readonly step?: LadderStep;
  readonly clockVersion?: number;
  /** Why the clock was reckoned anew. */
  readonly why?: 'calendar' | 'policy';
  /** Working days asked for or granted. */
  readonly days?: number;
  readonly resolution?: Resolution;
  readonly round?: number;
  /** The number of the other matter: joined to, held out from, answered with, or where a note was written. */
  readonly other?: string;
  /** Of a note that was written on the other matter: its place in that one's history. */
  readonly otherSeq?: number;
  /** What the letter is to the set it joined. */
  readonly repeat?: RepeatKind;
  /** What was thought of the two letters when a person decided. */
  readonly evidence?: Judgement;
  /** Reply guards that fired and were confirmed by hand. */
  readonly guards?: readonly string[];
}

/** Where an imported matter came from; imported history is counted apart. */
export interface Origin {
  readonly source: string;
  readonly externalId: string;
}

/** 事项: what the office handles. One document with its history inside. */
export interface Matter {
  readonly id: string;
  /** Rises by one with every change; a change is written only over the version it was made from. */
  readonly version: number;
  readonly number: string;
  readonly letter: Letter;
  readonly state: MatterState;
  /** The state to which `before` rows lead back. */
  readonly stateBefore: MatterState | null;
  readonly lead: string | null;
  readonly supporting: readonly string[];
  readonly handler: string | null;
  readonly suggestions: readonly UnitSuggestion[];
  /** Guessed when the letter came; null for reports, for letters of former years and where too little was understood. */
  readonly topic: TopicGuess | null;
  readonly returns: number;
  readonly joinedTo: string | null;
  readonly sharedAnswer: SharedAnswer | null;
  readonly heldOut: readonly HeldOut[];
  /** Of a report: the units it is about, as the office read it. They never see it. */
  readonly accused: readonly string[];
  readonly clock: MatterClock;
  readonly rounds: readonly ReplyRound[];
  readonly answer: Answer | null;
  readonly resolution: Resolution | null;
  readonly publication: PublicationDecision | null;
  readonly rating: Rating | null;
  readonly refusal: Refusal | null;
  readonly origin: Origin | null;
  readonly history: readonly MatterEvent[];
  readonly changedAt: Date;
}

/** A change as it is written: the matter before and after, and the one line of history between them. */
export interface Change {
  readonly before: Matter;
  readonly matter: Matter;
  readonly event: MatterEvent;
}
