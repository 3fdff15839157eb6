import { startClock, type TownTime } from '../clocks/matter-clock.ts';
import { isSecret, type Letter } from '../letters/letter.ts';
import { suggestRedactions } from '../publication/redaction.ts';
import type { UnitSuggestion } from '../routing/suggest-units.ts';
import { answerFingerprint } from '../replies/answer-fingerprint.ts';
import type { Answer, EventActor, Matter, MatterEvent, Origin, PublicationDecision } from './matter.ts';
import type { RefusalGround } from './refusal-grounds.ts';

const CITIZEN: EventActor = { id: 'citizen', name: '', role: 'citizen', unit: null };

export interface Opening {
  readonly id: string;
  readonly number: string;
  readonly letter: Letter;
  readonly suggestions: readonly UnitSuggestion[];
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
    version: 1,
    state: 'received',
    stateBefore: null,
    lead: null,
    supporting: [],
    handler: null,
    returns: 0,
    joinedTo: null,
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

export interface OldEnding {
  readonly outcome: OldOutcome | null;
  readonly reply: { readonly text: string; readonly answeredAt: Date } | null;
  /** Empty when the archive does not say who had the letter. */
  readonly unit: string;
  readonly isPublished: boolean;
}

/** An archive says that a letter was refused, not why: it is taken that another organ had to decide. */
const REFUSED_ON: Partial<Record<OldOutcome, RefusalGround>> = { refused: 'other-organ', repeat: 'answered' };

/** A letter of former years with its old reply: keeps its dates, is over, and wakes no clock. */
export function openImportedMatter(
  opening: Opening,
  origin: Origin,
  ending: OldEnding,
  town: TownTime,
): Matter {
  const matter = openMatter(opening, town, { id: 'import', name: origin.source, role: 'clock', unit: null });
  const { reply, unit } = ending;
  const ground = ending.outcome && REFUSED_ON[ending.outcome];
  const answer: Answer | null =
    reply && !ground
      ? {
          text: reply.text,
          fingerprint: answerFingerprint(reply.text),
          resolution: ending.outcome === 'withdrawn' ? 'withdrawn' : 'explained',
          unit,
          round: 1,
          approvedBy: '',
          answeredAt: reply.answeredAt,
          isOnTime: reply.answeredAt <= matter.clock.reply.dueAt,
        }
      : null;
  return {
    ...matter,
    state: 'archived',
    lead: unit === '' ? null : unit,
    answer,
    resolution: ground
      ? 'refused'
      : ending.outcome === 'withdrawn'
        ? 'withdrawn'
        : (answer?.resolution ?? null),
    refusal: ground
      ? { ground, text: reply?.text ?? '', at: reply?.answeredAt ?? opening.letter.receivedAt }
      : null,
    origin,
    clock: { ...matter.clock, plan: [] },
    publication: ending.isPublished && answer ? publishedThen(opening.letter, answer) : null,
  };
}

/** Published in its day; what everyone may read of it now is redacted by today's patterns. */
function publishedThen(letter: Letter, answer: Answer): PublicationDecision | null {
  if (isSecret(letter) || answer.resolution === 'withdrawn') return null;
  const { name, phone, mail, address } = letter.writer;
  const known = [
    { words: name, kind: 'name' },
    { words: phone, kind: 'phone' },
    { words: mail, kind: 'mail' },
    { words: address, kind: 'address' },
  ] as const;
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
