import type { RepeatKind } from '../repeats/repeat-kind.ts';
import { cardOf } from '../matters/advance-clock.ts';
import type { Day } from '../clocks/zoned-day.ts';
import { dayOf, daysBetween } from '../clocks/zoned-day.ts';
import type { LetterChannel, LetterKind } from '../letters/letter.ts';
import { OPEN_STATES, type MatterState } from '../matters/lifecycle.ts';
import type { Matter } from '../matters/matter.ts';
import type { Resolution } from '../matters/resolution.ts';

/** What the figures need to know of one matter: no words, no names. Derived from the matter, rebuilt at will. */
export interface CaseFact {
  readonly id: string;
  /** The matter's own: a fact of an earlier version never takes the place of a later one. */
  readonly version: number;
  readonly number: string;
  /** `own`, or the name of the imported source. */
  readonly source: string;
  readonly kind: LetterKind;
  readonly channel: LetterChannel;
  readonly receivedOn: Day;
  readonly unit: string | null;
  readonly state: MatterState;
  readonly resolution: Resolution | null;
  /** Refused, withdrawn or joined letters are received but not valid (有效信件). */
  readonly isValid: boolean;
  readonly dueAt: Date;
  readonly answeredAt: Date | null;
  readonly answeredOn: Day | null;
  readonly isOnTime: boolean | null;
  /** Calendar days from receipt to answer. */
  readonly daysToAnswer: number | null;
  readonly isPublished: boolean;
  readonly overall: number | null;
  /** What a joined letter is to its set; null when it is joined to nothing. */
  readonly repeat: RepeatKind | null;
  /** A joined letter whose writer got the one answer of the set: a reply that nobody had to write again. */
  readonly isAnsweredTogether: boolean;
  readonly card: 'yellow' | 'red' | null;
}

export function caseFact(matter: Matter, zone: string): CaseFact {
  const { letter, clock } = matter;
  // A reopened matter waits for its next answer: the former one is not counted meanwhile.
  const answer = OPEN_STATES.includes(matter.state) ? null : matter.answer;
  const receivedOn = dayOf(letter.receivedAt, zone);
  const answeredOn = answer && dayOf(answer.answeredAt, zone);
  return {
    id: matter.id,
    version: matter.version,
    number: matter.number,
    source: matter.origin?.source ?? 'own',
    kind: letter.kind,
    channel: letter.channel,
    receivedOn,
    // An archive may hold answers of which nobody knows the unit.
    unit: matter.sharedAnswer?.unit || matter.answer?.unit || matter.lead,
    state: matter.state,
    resolution: matter.resolution,
    isValid: matter.refusal === null && matter.resolution !== 'withdrawn' && matter.joinedTo === null,
    dueAt: clock.reply.dueAt,
    answeredAt: answer?.answeredAt ?? null,
    answeredOn,
    isOnTime: answer?.isOnTime ?? null,
    daysToAnswer: answeredOn === null ? null : daysBetween(receivedOn, answeredOn),
    isPublished: answer !== null && (matter.publication?.isPublished ?? false),
    overall: matter.rating?.overall ?? null,
    repeat: repeatOf(matter),
    isAnsweredTogether: matter.sharedAnswer !== null,
    card: cardOf(matter),
  };
}

const repeatOf = ({ joinedTo, history }: Matter): RepeatKind | null =>
  joinedTo === null ? null : (history.findLast(({ what }) => what === 'join')?.repeat ?? null);
