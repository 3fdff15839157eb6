import { startClock, type TownTime } from '../clocks/matter-clock.ts';
import { isSecret, type Letter } from '../letters/letter.ts';
import { particularsOf, suggestRedactions } from '../publication/redaction.ts';
import type { UnitSuggestion } from '../routing/suggest-units.ts';
import type { TopicGuess } from '../routing/topics.ts';
import { answerFingerprint } from '../replies/answer-fingerprint.ts';
import { CITIZEN } from '../permissions/permissions.ts';
import type { Answer, EventActor, Matter, MatterEvent, Origin, PublicationDecision } from './matter.ts';
import type { RefusalGround } from './refusal-grounds.ts';

export interface Opening {
  readonly id: string;
  readonly number: string;
  readonly letter: Letter;
  readonly suggestions: readonly UnitSuggestion[];
  readonly topic?: TopicGuess | null;
}

/** Every letter opens its own matter, and its clock starts with it. */
export function openMatter(opening: Opening, town: TownTime, by: EventActor = CITIZEN): Matter {
  const { letter } = opening;
  const event: MatterEvent = {
    seq: 1,
    what: 'open',
    at: letter.receivedAt,
    by,
    from: 'received',
    to: 'received',
  };
  return {
    ...opening,
    topic: opening.topic ?? null,
    version: 1,
    state: 'received',
    stateBefore: null,
    lead: null,
    supporting: [],
    handler: null,
    returns: 0,
    joinedTo: null,
    sharedAnswer: null,
    heldOut: [],
    accused: [],
    clock: startClock(letter.receivedAt, town),
    rounds: [],
    answer: null,
    resolution: null,
    publication: null,
    rating: null,
    refusal: null,
    origin: null,
    history: [event],
    changedAt: letter.receivedAt,
  };
}

/** How a letter of former years ended, where its archive says so. */
export const OLD_OUTCOMES = ['answered', 'refused', 'withdrawn', 'repeat'] as const;
export type OldOutcome = (typeof OLD_OUTCOMES)[number];

export interface OldReply {
  readonly text: string;
  readonly unit: string;
  readonly answeredAt: Date;
  readonly isPublished: boolean;
}

export interface OldEnding {
  readonly outcome: OldOutcome | null;
  /** Who had the letter, answered or not; empty when the archive does not say. */
  readonly unit: string;
}

/** An archive says that a letter was refused, not why: it is taken that another organ had to decide. */
const REFUSED_ON: Partial<Record<OldOutcome, RefusalGround>> = { refused: 'other-organ', repeat: 'answered' };

/** A letter of former years with its old reply: keeps its dates, is over, and wakes no clock. */
export function openImportedMatter(
  opening: Opening,
  origin: Origin,
  reply: OldReply | null,
  town: TownTime,
  ending: OldEnding = { outcome: null, unit: reply?.unit ?? '' },
): Matter {
  const by: EventActor = { id: 'import', name: origin.source, role: 'clock', unit: null };
  // Without a ladder: what is over climbs none.
  const matter = openMatter(opening, { ...town, policy: { ...town.policy, ladder: [] } }, by);
  const ended: Matter = {
    ...matter,
    state: 'archived',
    lead: ending.unit === '' ? null : ending.unit,
    origin,
  };
  const ground = ending.outcome && REFUSED_ON[ending.outcome];
  if (ground) {
    const refusal = { ground, text: reply?.text ?? '', at: reply?.answeredAt ?? opening.letter.receivedAt };
    return { ...ended, resolution: 'refused', refusal };
  }
  const resolution = ending.outcome === 'withdrawn' ? 'withdrawn' : 'explained';
  if (!reply) return { ...ended, resolution: resolution === 'withdrawn' ? resolution : null };
  const { text, unit, answeredAt } = reply;
  const isOnTime = answeredAt <= matter.clock.reply.dueAt;
  const fingerprint = answerFingerprint(text);
  const answer: Answer = {
    text,
    fingerprint,
    resolution,
    unit,
    round: 1,
    approvedBy: '',
    answeredAt,
    isOnTime,
  };
  const isPublic = reply.isPublished && resolution !== 'withdrawn' && !isSecret(opening.letter);
  return {
    ...ended,
    answer,
    resolution,
    publication: isPublic ? publishedThen(opening.letter, answer) : null,
  };
}

/** Published in its day; what everyone may read of it now is redacted by today's patterns. */
function publishedThen(letter: Letter, answer: Answer): PublicationDecision {
  const known = particularsOf([letter.writer]);
  return {
    isPublished: true,
    decidedAt: answer.answeredAt,
    decidedBy: 'import',
    reason: '',
    title: suggestRedactions(letter.title, known),
    body: suggestRedactions(letter.body, known),
    answer: suggestRedactions(answer.text, known),
  };
}
